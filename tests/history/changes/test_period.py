"""The period, its readers, and pages with nothing or very much on them."""

import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from fkj_portfolio.history import true_from
from milestones.actions import move_milestone
from projects.models import Status
from tests.cast import LOGGED_IN
from tests.factories import MilestoneFactory
from tests.history.changes.portfolio import (
    APRIL,
    BETWEEN,
    JUNE,
    MARCH,
    change,
    report,
    reported,
    section,
    soup,
)

pytestmark = pytest.mark.django_db


class TestAccess:
    @pytest.fixture(autouse=True)
    def portfolio(self):
        """One that was never public, one that became so, one that is so no more and one that always was."""
        reported(Status.ON_TRACK, title="Alltid offentlig")
        draft = reported(Status.ON_TRACK, title="Kladd", draft=True)
        report(draft, Status.MAJOR_CHALLENGES, "Hemmelig.")
        public = reported(Status.ON_TRACK, title="Blir offentlig", draft=True)
        report(public, Status.CHALLENGES, "Åpent.")
        change(
            public,
            is_published=True,
            published_at=datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC),
        )
        gone = reported(Status.ON_TRACK, title="Trukket tilbake")
        change(gone, is_published=False)
        with true_from(APRIL):
            for each in (draft, gone):
                MilestoneFactory(
                    project=each, code="MP-HEMMELIG", delivered=True, delivered_on=APRIL
                )

    def test_a_reader_sees_what_was_public_on_each_day_and_still_is(self, client):
        response = client.get(BETWEEN)

        page = soup(response)
        for secret in ("Kladd", "HEMMELIG", "Hemmelig", "Trukket tilbake"):
            assertNotContains(response, secret)
        assert section(page, "new") == "Nye (1) Blir offentlig Noen utfordringer"
        assert page.find(id="unpublished") is None
        assert page.find(id="came-challenges") is None

    def test_staff_find_what_was_there_on_the_first_day(self, client, staff):
        client.force_login(staff)
        link = soup(client.get(BETWEEN)).find(id="unpublished").parent.find("a")

        assert link["href"].endswith("?per=2026-05-15")
        assert client.get(link["href"]).status_code == 200

    @pytest.mark.parametrize("name", LOGGED_IN)
    def test_everyone_with_a_login_sees_all(self, client, log_in, name):
        log_in(client, name)

        page = soup(client.get(BETWEEN))
        assert "Kladd" in section(page, "came-major-challenges")
        assert "Blir offentlig" in section(page, "came-challenges")
        assert section(page, "published").startswith("Publisert (1) Blir offentlig")
        assert section(page, "unpublished").startswith("Ikke lenger publisert (1) Trukket tilbake")

    def test_is_only_read(self, client):
        assert client.post("/endringer/").status_code == 405


class TestPeriod:
    @pytest.fixture(autouse=True)
    def portfolio(self, time_machine):
        reported(Status.ON_TRACK)

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("fra=31.02.2026", "«31.02.2026» er ikke en dato og er ikke brukt."),
            ("fra=i+g%C3%A5r&til=%00", "«i går» er ikke en dato"),
            ("fra=%E2%80%8B", "Datoen har et usynlig tegn og er ikke brukt."),
            ("fra=01.04.2026%00", "Datoen har et usynlig tegn og er ikke brukt."),
            ("til=" + "9" * 500, "er ikke en dato"),
            ("til=01.01.9999", "1. januar 9999 har ikke vært ennå"),
            ("fra=31.12.9999", "31. desember 9999 har ikke vært ennå"),
            ("fra=2026-05-15&til=2026-03-15", "så de har byttet plass"),
            ("fra=1.1.1900", "Porteføljen er registrert fra og med 1. mars 2026."),
            ("fra=1.1.1900&til=2.1.1900", "Tidligere dager kan ikke vises."),
            ("fra=0001-01-01&til=9999-12-31", "Tidligere dager kan ikke vises."),
            ("fra=1.4.26&til=1.4.2026", "Begge datoene er den samme dagen."),
        ],
    )
    def test_says_what_it_can_not_use(self, client, query, words):
        response = client.get(f"/endringer/?{query}")

        assertContains(response, words)
        assert response.context["period"].start >= MARCH

    @pytest.mark.parametrize(
        "days", ["fra=15.03.2026&til=15.05.2026", "fra=15.3.26&til=2026-05-15"]
    )
    def test_understands_dates_as_people_write_them(self, client, days):
        response = client.get(f"/endringer/?{days}")

        assertContains(response, 'value="15.03.2026"')
        assertContains(response, 'value="15.05.2026"')
        assert not response.context["form"].notes

    @pytest.mark.time_machine("2026-11-30 12:00 +0100")
    def test_begins_three_months_ago(self, client):
        period = client.get("/endringer/").context["period"]

        assert (period.start, period.end) == (
            datetime.date(2026, 8, 30),
            datetime.date(2026, 11, 30),
        )

    @pytest.mark.time_machine("2026-04-10 12:00 +0200")
    def test_begins_with_the_first_record_when_that_is_later(self, client):
        assert client.get("/endringer/").context["period"].start == MARCH

    @pytest.mark.parametrize(
        ("query", "other"),
        [
            ("per=2026-05-15", "?til=2026-05-15"),
            ("fra=2026-03-15&per=2026-05-15", "?fra=2026-03-15&til=2026-05-15"),
            ("per=2026-05-15&til=2026-04-15", "?til=2026-04-15"),
            ("per=+", ""),
        ],
    )
    def test_ends_with_the_day_that_other_pages_are_read_as_of(self, client, query, other):
        response = client.get(f"/endringer/?{query}")

        assertRedirects(response, f"/endringer/{other}")

    def test_checks_that_day_like_any_other(self, client):
        assertContains(client.get("/endringer/?per=01.01.9999", follow=True), "har ikke vært ennå")

    def test_a_page_of_another_list_is_the_same_page(self, client):
        assertContains(client.get(f"{BETWEEN}&alle=ukjent&fra="), "Endret siden")


class TestEmpty:
    def test_a_portfolio_without_projects_says_so(self, client):
        assertContains(client.get("/endringer/"), "Ingenting er endret")


class TestLongLists:
    @pytest.fixture(autouse=True)
    def portfolio(self):
        for number in range(30):
            project = reported(Status.ON_TRACK, title=f"Prosjekt {number:02}")
            report(project, Status.CHALLENGES, f"Tekst {number:02}.")

    def test_are_cut(self, client):
        page = soup(client.get(BETWEEN))

        group = page.find(id="came-challenges").parent
        assert len(group.select("li")) == 20
        assert group.find("a", string="Vis alle 30")["href"] == (
            "?fra=2026-03-15&til=2026-05-15&alle=came-challenges#came-challenges"
        )

    def test_are_shown_whole_when_asked_for(self, client):
        page = soup(client.get(f"{BETWEEN}&alle=came-challenges"))

        assert len(page.find(id="came-challenges").parent.select("li")) == 30
        assert page.find("a", string="Vis alle 30") is None


class TestQueries:
    @pytest.mark.parametrize("count", [1, 12])
    def test_needs_as_many_for_many_projects(self, client, django_assert_num_queries, count):
        for _number in range(count):
            project = reported(Status.ON_TRACK)
            with true_from(MARCH):
                milestone = MilestoneFactory(project=project, original_due_on=APRIL)
            report(project, Status.CHALLENGES, "Tekst.")
            with true_from(APRIL):
                move_milestone(milestone=milestone, to=JUNE, by=None)

        # The snapshot; the first day that is known. For each of the two days: a savepoint, set, reset and
        # release; its projects and its milestones. At the end: what still exists, the moves.
        # The reports of those that changed.
        with django_assert_num_queries(17):
            client.get(BETWEEN)
