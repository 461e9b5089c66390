"""Until when a project is funded: one drawer, and everything that reads it."""

import datetime

import pytest
from pytest_django.asserts import assertContains

from tests.factories import ProjectFactory
from tests.past import at
from tests.portfolio import soup, titles
from tests.sending import fill_in

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]


def day(month):
    return datetime.date(2026, month, 28)


def facts(response):
    terms = soup(response).select(".key-info dt")
    return {term.text: term.find_next_sibling("dd").text.strip() for term in terms}


class TestFunding:
    def test_is_set_by_the_manager_and_shown_and_told_of(self, client, project, manager):
        client.force_login(manager)

        form = client.get("/prosjekter/fkj/rediger/")
        client.post(*fill_in(client, "/prosjekter/fkj/rediger/", funded_until="31.12.2027"))

        assertContains(form, "dd.mm.åååå, for eksempel 15.03.2027")
        assert facts(client.get("/prosjekter/fkj/"))["Finansiert til"] == "31.12.2027"
        history = client.get("/prosjekter/fkj/historikk/?felt=finansiering")
        assertContains(history, "satte siste dag med finansiering til 31.12.2027")

    def test_is_not_mentioned_where_nothing_is_given(self, client, project):
        assert "Finansiert til" not in facts(client.get("/prosjekter/fkj/"))

    def test_is_what_it_was_on_a_past_day(self, client):
        with at("2026-03-01"):
            project = ProjectFactory(slug="fkj", funded_until=day(6))
        project.funded_until = day(12)
        project.save()

        then, now = client.get("/prosjekter/fkj/?per=2026-04-01"), client.get("/prosjekter/fkj/")

        assert facts(then)["Finansiert til"] == "28.06.2026"
        assert facts(now)["Finansiert til"] == "28.12.2026"
        assert titles(client.get("/?finansiert-til=2026-06-30&per=2026-04-01")) == [project.title]

    def test_is_a_filter_between_two_days(self, client):
        for title, funded_until in (("A", day(6)), ("B", day(9)), ("C", day(12)), ("D", None)):
            ProjectFactory(title=title, funded_until=funded_until)

        response = client.get("/?finansiert-fra=2026-09-01&finansiert-til=2026-11-01")

        assert titles(response) == ["B"]
        chips = [chip.text for chip in soup(response).select(".chips li")]
        assert chips == [
            "Fjern filter: Finansiert til, tidligst: 01.09.2026",
            "Fjern filter: Finansiert til, senest: 01.11.2026",
            "Fjern alle",
        ]
        assert titles(client.get("/?finansiert-fra=2026-09-01")) == ["B", "C"]

    def test_says_that_its_days_end_before_they_begin(self, client):
        ProjectFactory(funded_until=day(6))

        response = client.get("/?finansiert-fra=2026-09-01&finansiert-til=2026-08-01")

        assertContains(response, "Datoene for finansiering slutter før de begynner")

    def test_is_a_column(self, client):
        ProjectFactory(title="A", funded_until=day(6))
        ProjectFactory(title="B")

        response = client.get("/?kolonner=finansiert&sorter=-finansiert")

        cells = soup(response).select("td[data-label='Finansiert til']")
        assert [cell.text.strip() for cell in cells] == ["28.06.2026", "Ikke oppgitt"]
