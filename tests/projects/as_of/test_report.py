"""A report as of a day in the past."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Project
from tests.cast import CAST
from tests.factories import (
    StatusReportFactory,
)
from tests.past import at, day
from tests.projects.as_of.pages import banner, soup, words

pytestmark = pytest.mark.django_db


class TestReport:
    """A report keeps to the day of the page that led to it."""

    @pytest.fixture
    def report(self, past):
        return past.status_reports.get(reported_on=day("2026-03-02"))

    def test_is_led_to_on_that_day(self, client, past, report):
        address = f"/prosjekter/alfa/rapporter/{report.pk}/?per="
        for on in ("2026-03-03", "2026-05-04"):
            page = client.get(f"/prosjekter/alfa/?per={on}")

            assertContains(page, f'href="{address}{on}"')

    def test_says_which_day_it_shows_and_keeps_to_it(self, client, past, report):
        later = past.status_reports.get(reported_on=day("2026-05-04"))
        address = f"/prosjekter/alfa/rapporter/{report.pk}/"

        page = soup(client.get(f"{address}?per=2026-05-03"))

        assert "Slik sto prosjektet 3. mai 2026." in words(page.select_one(".as-of-banner"))
        assert page.select_one("#as-of-today")["href"] == "/prosjekter/alfa/"
        links = [each["href"] for each in page.select(".ds-breadcrumbs a, .lead a")]
        assert links == ["/?per=2026-05-03"] + ["/prosjekter/alfa/?per=2026-05-03"] * 2
        assert "Alfa er ny" not in page.text
        assert not page.select("[rel=next]")
        page = soup(client.get(f"{address}?per=2026-05-04"))
        following = f"/prosjekter/alfa/rapporter/{later.pk}/?per=2026-05-04"
        assert page.select_one("[rel=next]")["href"] == following

    @pytest.mark.parametrize("user", CAST)
    def test_is_for_those_who_could_read_it_then_and_can_today(self, client, past, user, log_in):
        with at("2026-03-10"):
            beta = Project.objects.create(title="Gamma", slug="gamma")
            beta.publish()
            report = StatusReportFactory(project=beta, reported_on=day("2026-03-10"))
        with at("2026-05-04"):
            beta.unpublish()
        log_in(client, user)
        address = f"/prosjekter/gamma/rapporter/{report.pk}/"

        response = client.get(f"{address}?per=2026-04-01")

        assert response.status_code == (200 if user != "reader" else 404)
        if user != "reader":
            assert banner(response).select_one("a")["href"] == "/prosjekter/gamma/"
            assertNotContains(response, "Rett denne rapporten")
        assert client.get(f"{address}?per=2026-06-01").status_code == (
            200 if user != "reader" else 404
        )

    def test_leads_to_the_project_when_it_had_not_come_yet(self, client, past):
        later = past.status_reports.get(reported_on=day("2026-05-04"))
        address = "/prosjekter/alfa/rapporter/{}/?per=2026-05-03"

        response = client.get(address.format(later.pk), follow=True)

        assertRedirects(response, "/prosjekter/alfa/?per=2026-05-03")
        assertContains(response, "Rapporten var ikke kommet 3. mai 2026.")
        for pk in (0, 10**30, StatusReportFactory().pk):
            assert client.get(address.format(pk)).status_code == 404
