"""Days that cannot be shown, and the address of those that can."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django.asserts import assertContains, assertRedirects

from projects.as_of import address_on
from projects.models import Project
from tests.factories import (
    ProjectFactory,
)
from tests.past import at, day
from tests.projects.as_of.pages import soup, words

pytestmark = pytest.mark.django_db


def note(client, address):
    """Ask for an address; return where it leads, and what is said there."""
    response = client.get(address, follow=True)
    assert response.status_code == 200
    path = response.redirect_chain[-1][0] if response.redirect_chain else address
    return path, words(soup(response).select_one("#messages"))


class TestBadInput:
    @pytest.mark.parametrize("typed", ["01.04.2026", "1.4.26", " 2026-04-01 ", "1. 4. 2026"])
    def test_is_none_when_people_write_dates_as_they_do(self, client, past, typed):
        response = client.get("/", {"eier": "eier", "per": typed})

        assertRedirects(response, "/?eier=eier&per=2026-04-01")

    @pytest.mark.parametrize("page", ["/", "/prosjekter/alfa/"])
    def test_leaves_out_what_is_empty_or_today(self, client, past, page):
        today = timezone.localdate()
        for value in ("", " ", today.isoformat(), f"{today:%d.%m.%Y}"):
            assert note(client, f"{page}?per={value}") == (page, "")

    @pytest.mark.parametrize("page", ["/", "/prosjekter/alfa/"])
    @pytest.mark.parametrize(
        "value", ["i-fjor", "31.02.2026", "2026-04-01%00", "%00", "0", "2026-4-1-1", "%C3%A6" * 300]
    )
    def test_says_that_it_is_no_date(self, client, past, page, value):
        path, said = note(client, f"{page}?per={value}")

        assert path == page
        assert said.startswith("Vi forstår ikke datoen «")
        assert said.endswith("». Du ser hvordan det er i dag.")
        assert len(said) < 120

    @pytest.mark.parametrize("page", ["/", "/prosjekter/alfa/"])
    def test_says_that_the_day_has_not_come(self, client, past, page):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        for value in (tomorrow, day("9999-12-31")):
            assert note(client, f"{page}?per={value}") == (
                page,
                f"{date_format(value)} har ikke vært ennå. Du ser hvordan det er i dag.",
            )

    @pytest.mark.parametrize("page", ["/", "/prosjekter/alfa/"])
    @pytest.mark.parametrize("value", ["2026-03-01", "0001-01-01", "1.1.1900"])
    def test_leads_to_the_first_day_there_is(self, client, past, page, value):
        assert note(client, f"{page}?per={value}") == (
            f"{page}?per=2026-03-02",
            "Det finnes ingen opplysninger fra før 2. mars 2026. Du ser hvordan det var den dagen.",
        )

    def test_tells_readers_nothing_of_days_when_nothing_was_public(self, client, past):
        with at("2026-01-01"):
            ProjectFactory(draft=True)

        assert note(client, "/?per=2026-01-01")[0] == "/?per=2026-03-02"

    @pytest.mark.parametrize("page", ["/", "/prosjekter/ny/"])
    def test_leads_to_today_when_that_is_the_first_day(self, client, page):
        ProjectFactory(slug="ny")

        assert note(client, f"{page}?per=2026-04-01") == (
            page,
            "Det finnes ingen opplysninger fra før i dag. Du ser hvordan det er i dag.",
        )

    def test_leads_to_today_when_the_project_was_not_to_be_seen(self, client, past):
        Project.objects.get(slug="beta").publish()

        assert note(client, "/prosjekter/beta/?per=2026-06-01") == (
            "/prosjekter/beta/",
            "Beta ble ikke vist 1. juni 2026. Du ser hvordan det er i dag.",
        )

    def test_shows_an_empty_portfolio_when_there_never_was_one(self, client):
        assertContains(client.get("/?per=2026-04-01"), "Ingen prosjekter ennå")

    @pytest.mark.parametrize("page", ["/prosjekter/finnes-ikke/", "/prosjekter/utkast/"])
    def test_does_not_find_what_is_not_there(self, client, past, page):
        for value in ("2026-04-01", "0001-01-01", "i-fjor", "9999-12-31"):
            assert client.get(f"{page}?per={value}", follow=True).status_code == 404

    def test_uses_the_last_of_several(self, client, past):
        assertRedirects(client.get("/?per=x&per=2026-03-05&per=2026-04-01"), "/?per=2026-04-01")

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    @pytest.mark.parametrize("page", ["/", "/prosjekter/alfa/"])
    def test_is_only_read(self, client, past, page, method):
        assert getattr(client, method)(f"{page}?per=2026-04-01").status_code == 405


class TestAddressOn:
    def test_keeps_the_query_and_the_place_on_the_page(self):
        assert address_on("/a/", None) == "/a/"
        assert address_on("/a/?b=c#d", day("2026-04-01")) == "/a/?b=c&per=2026-04-01#d"
