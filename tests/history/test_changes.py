"""Endret siden, through its address."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from fkj_portfolio.history import true_from
from milestones.actions import move_milestone
from projects.models import Lifecycle, Project, Status
from tests.cast import LOGGED_IN
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory

pytestmark = pytest.mark.django_db

MARCH, APRIL, MAY, JUNE = (datetime.date(2026, month, 1) for month in (3, 4, 5, 6))
BETWEEN = "/endringer/?fra=2026-03-15&til=2026-05-15"
STORY = "/endringer/?fra=2023-02-15&til=2023-06-30"


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(element):
    return " ".join(element.get_text(" ").split()).replace(" ,", ",").replace(" .", ".")


def section(page, anchor):
    """The words of a list, found by the id of its heading."""
    return text_of(page.find(id=anchor).parent)


def matrix(page):
    """The numbers of the table, without its sums: a list for each row."""
    rows = page.select(".matrix tbody tr")
    return [[text_of(cell).split(" ")[0] for cell in row.select("td")[:-1]] for row in rows]


def reported(status, *, on=MARCH, **values):
    """Make a project as true from a day, with a report of that day."""
    with true_from(on):
        project = ProjectFactory(**values)
        if status:
            StatusReportFactory(project=project, status=status, reported_on=on)
    return project


def report(project, status, text, *, on=APRIL):
    with true_from(on):
        StatusReportFactory(project=project, status=status, status_text=text, reported_on=on)


def change(project, *, on=APRIL, **values):
    with true_from(on):
        Project.objects.filter(pk=project.pk).update(**values)


class TestTheStory:
    def test_shows_who_became_red_with_the_words_of_the_reports(self, client, story):
        page = soup(client.get(STORY))

        red = section(page, "came-major-challenges")
        assert "Felles kommunal journal" in red
        assert "Beslutningsunderlaget er ikke klart til styremøtet. 15.05.2023" in red
        assert "Før: Under kontroll. Selskapet FKJI AS er under avvikling" in red
        assert section(page, "came-on-track").endswith(
            "Ikke lenger her: Felles kommunal journal (nå Betydelige utfordringer)"
        )
        assert text_of(page.find(class_="lead")) == "Ett prosjekt har fått det vanskeligere."

    def test_shows_the_moves_with_days_and_causes(self, client, story):
        moved = section(soup(client.get(STORY)), "moved")

        assert "Til sammen 184 dager senere. Årsaker: Leverandør (1), Avhengighet (1)." in moved
        assert (
            "Flyttet fra 01.03.2023 til 01.06.2023, 92 dager senere. Leverandør: "
            "Ekstern kvalitetssikrer trenger mer tid. 10.03.2023" in moved
        )
        assert "Flyttet fra 15.03.2023 til 15.06.2023, 92 dager senere. Avhengighet" in moved

    def test_shows_what_was_withdrawn_and_why(self, client, story):
        withdrawn = section(soup(client.get(STORY)), "withdrawn")

        assert "MP7 - Forankring kommuner utenfor Midt-Norge" in withdrawn
        assert "15.06.2023: Forankringen går videre i KS sine egne organer." in withdrawn

    def test_shows_only_what_lies_between_the_days(self, client, story):
        page = soup(client.get("/endringer/?fra=2023-03-10&til=2023-05-14"))

        assert section(page, "moved").startswith("Flyttet (1)")
        assert page.find(id="withdrawn") is None
        assert page.find(id="came-major-challenges") is None
        assert "Kvalitetssikringen tar lengre tid" in section(page, "came-challenges")

    def test_leads_to_the_page_of_the_last_day(self, client, story):
        page = soup(client.get(STORY))

        addresses = {link["href"] for link in page.select("main a[href^='/prosjekter/']")}
        assert f"{story.get_absolute_url()}?per=2023-06-30" in addresses
        mp7 = story.milestones.get(code="MP7")
        assert f"{story.get_absolute_url()}?per=2023-06-30#leveranse-{mp7.pk}" in addresses
        for address in addresses:
            assert client.get(address).status_code == 200


class TestMatrix:
    @pytest.fixture(autouse=True)
    def portfolio(self):
        reported(Status.ON_TRACK, title="Stille")
        worse = reported(Status.ON_TRACK, title="Verre")
        better = reported(Status.MAJOR_CHALLENGES, title="Bedre")
        first = reported(None, title="Første rapport")
        closed = reported(Status.CHALLENGES, title="Ferdig")
        paused = reported(Status.CHALLENGES, title="Venter")
        planned = reported(None, title="Kommer", lifecycle=Lifecycle.PLANNED)
        reported(None, title="Hele tiden på pause", lifecycle=Lifecycle.PAUSED)
        report(worse, Status.MAJOR_CHALLENGES, "Leverandøren er konkurs. Alt stopper.")
        report(better, Status.CHALLENGES, "Det løsner.")
        report(first, Status.ON_TRACK, "I gang.")
        change(closed, lifecycle=Lifecycle.CLOSED)
        change(paused, lifecycle=Lifecycle.PAUSED)
        change(planned, lifecycle=Lifecycle.ACTIVE)
        reported(Status.ON_TRACK, on=APRIL, title="Helt ny")

    def test_counts_status_then_against_now(self, client):
        page = soup(client.get(BETWEEN))

        assert matrix(page) == [
            ["1", "0", "1", "0", "0"],
            ["0", "0", "0", "0", "2"],
            ["0", "1", "0", "0", "0"],
            ["1", "0", "0", "0", "0"],
            ["1", "0", "0", "1", "–"],
        ]
        assert [text_of(row.select("td")[-1]) for row in page.select(".matrix tbody tr")] == [
            "2", "2", "1", "1", "2",
        ]  # fmt: skip
        assert [text_of(cell) for cell in page.select(".matrix tfoot td")] == [
            "3", "1", "1", "1", "2", "",
        ]  # fmt: skip

    def test_marks_what_is_unchanged_in_words(self, client):
        cells = soup(client.get(BETWEEN)).select(".matrix__unchanged")

        assert text_of(cells[0]) == "1 fra Under kontroll til Under kontroll uendret"

    def test_leads_from_each_number_to_the_names(self, client):
        page = soup(client.get(BETWEEN))

        names = {}
        for link in page.select(".matrix a"):
            heading = page.find(id=link["href"].removeprefix("#"))
            names[link["href"]] = [text_of(each) for each in heading.parent.select("li")]
        assert names == {
            "#on-track-on-track": ["Stille"],
            "#on-track-major-challenges": ["Verre"],
            "#challenges-not-counted": ["Ferdig", "Venter"],
            "#major-challenges-challenges": ["Bedre"],
            "#not-reported-on-track": ["Første rapport"],
            "#not-counted-on-track": ["Helt ny"],
            "#not-counted-not-reported": ["Kommer"],
        }

    def test_has_the_same_numbers_in_the_picture(self, client):
        page = soup(client.get(BETWEEN))

        drawn = sorted(int(text_of(each)) for each in page.select(".flow__number"))
        assert drawn == sorted([2, 2, 1, 1, 2, 3, 1, 1, 1, 2])
        told = text_of(page.find(id="flow-desc"))
        assert "Under kontroll, uendret: 1." in told
        assert "fra Under kontroll til Betydelige utfordringer: 1." in told

    def test_sums_up_in_one_sentence(self, client):
        assertContains(
            client.get(BETWEEN),
            "Ett prosjekt har fått det vanskeligere. Ett prosjekt har fått det bedre.",
        )

    def test_says_why_the_totals_differ(self, client):
        totals = text_of(soup(client.get(BETWEEN)).find(class_="totals"))

        assert totals == (
            "15. mars 2026: 6 aktive prosjekter. 15. mai 2026: 6 aktive prosjekter. "
            "Kommet med: Nye (1), Startet (1) Gått ut: Satt på pause (1), Avsluttet (1)"
        )

    def test_lists_what_happened_to_projects(self, client):
        page = soup(client.get(BETWEEN))

        assert section(page, "new") == "Nye (1) Helt ny Under kontroll"
        assert section(page, "started") == "Startet (1) Kommer Planlagt → Ikke rapportert"
        assert section(page, "closed") == "Avsluttet (1) Ferdig Noen utfordringer → Avsluttet"
        assert (
            section(page, "paused") == "Satt på pause (1) Venter Noen utfordringer → Satt på pause"
        )


class TestProjects:
    def test_was_resumed(self, client):
        project = reported(Status.ON_TRACK, lifecycle=Lifecycle.PAUSED)
        change(project, lifecycle=Lifecycle.ACTIVE)

        assert "Satt på pause → Under kontroll" in section(soup(client.get(BETWEEN)), "resumed")

    def test_was_deleted_and_is_named_without_a_link(self, client):
        project = reported(None, title="Borte")
        with true_from(APRIL):
            Project.objects.filter(pk=project.pk).delete()

        page = soup(client.get(BETWEEN))
        assert section(page, "deleted") == "Slettet (1) Borte Før: Ikke rapportert"
        assert not page.select("main a[href^='/prosjekter/']")

    def test_bears_the_mark_of_an_example(self, client):
        project = reported(Status.ON_TRACK, is_example=True)
        report(project, Status.CHALLENGES, "Nytt.")

        assert "Eksempel" in section(soup(client.get(BETWEEN)), "came-challenges")

    def test_text_is_never_read_as_html(self, client):
        project = reported(Status.ON_TRACK, title="<script>alert(1)</script>")
        report(project, Status.CHALLENGES, "<img src=x onerror=alert(1)> & mer.")

        response = client.get(BETWEEN)
        assertNotContains(response, "<script>alert")
        assertNotContains(response, "<img")

    def test_that_changed_and_changed_back_has_not_changed(self, client):
        project = reported(Status.ON_TRACK)
        report(project, Status.CHALLENGES, "Uro.")
        report(project, Status.ON_TRACK, "Ro.", on=MAY)

        assertContains(
            client.get(BETWEEN), "Ingenting er endret mellom 15. mars 2026 og 15. mai 2026."
        )

    @pytest.mark.parametrize(
        ("time", "paused_on"),
        [
            # The nights when the clocks change: at 01:00 UTC in March and in October.
            ("2026-03-28 23:59 +0100", "2026-03-28"),
            ("2026-03-29 00:00 +0100", "2026-03-29"),
            ("2026-03-29 23:59 +0200", "2026-03-29"),
            ("2026-03-30 00:00 +0200", "2026-03-30"),
            ("2026-10-25 23:59 +0100", "2026-10-25"),
            ("2026-10-26 00:00 +0100", "2026-10-26"),
        ],
    )
    def test_a_change_just_before_midnight_belongs_to_that_day(self, client, time, paused_on):
        project = reported(Status.ON_TRACK)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('portfolio.true_from', %s, true)", [time])
            Project.objects.filter(pk=project.pk).update(lifecycle=Lifecycle.PAUSED)
            cursor.execute("SELECT set_config('portfolio.true_from', '', true)")

        last = datetime.date.fromisoformat(paused_on)
        before = last - datetime.timedelta(days=1)
        page = soup(client.get(f"/endringer/?fra={before}&til={last}"))
        assert page.find(id="paused")
        page = soup(
            client.get(f"/endringer/?fra={before - datetime.timedelta(days=1)}&til={before}")
        )
        assert page.find(id="paused") is None


class TestMilestones:
    @pytest.fixture
    def project(self):
        return reported(Status.ON_TRACK, title="Prosjektet")

    def make(self, project, **values):
        with true_from(MARCH):
            return MilestoneFactory(project=project, original_due_on=APRIL, **values)

    def test_was_delivered(self, client, project, office):
        milestone = self.make(project, code="MP1", title="Plan")
        with true_from(MAY):
            milestone.deliver(on=MAY, by=office)

        delivered = section(soup(client.get(BETWEEN)), "delivered")
        assert "MP1 - Plan Prosjektet 01.05.2026, levert 30 dager etter frist" in delivered
        assert "registrert" not in delivered

    def test_was_delivered_before_and_recorded_within(self, client, project, office):
        milestone = self.make(project, code="MP1", title="Plan")
        with true_from(MAY):
            milestone.deliver(on=MARCH, by=office)

        delivered = section(soup(client.get(BETWEEN)), "delivered")
        words = "MP1 - Plan Prosjektet 01.03.2026, levert 31 dager før frist, registrert 01.05.2026"
        assert words in delivered

    def test_was_moved_twice(self, client, project, office):
        milestone = self.make(project)
        for day, to, cause in ((APRIL, MAY, "supplier"), (MAY, JUNE, "legal")):
            with true_from(day):
                move_milestone(milestone=milestone, to=to, by=office, cause=cause, reason="Fordi.")

        moved = section(soup(client.get(BETWEEN)), "moved")
        assert moved.startswith("Flyttet (1)")
        assert "Flyttet fra 01.04.2026 til 01.05.2026, 30 dager senere. Leverandør: Fordi." in moved
        assert "I alt 61 dager senere." in moved

    def test_moved_there_and_back_is_told(self, client, project, office):
        milestone = self.make(project)
        for day, to in ((APRIL, MAY), (MAY, APRIL)):
            with true_from(day):
                move_milestone(
                    milestone=milestone, to=to, by=office, cause="other", reason="Fordi."
                )

        assert "30 dager tidligere" in section(soup(client.get(BETWEEN)), "moved")

    def test_was_taken_back(self, client, project):
        reopened = self.make(project, code="MP1", delivered=True, delivered_on=MARCH)
        restored = self.make(project, code="MP2", obsolete=True)
        with true_from(APRIL):
            reopened.reopen()
            restored.restore()

        page = soup(client.get(BETWEEN))
        assert "MP1" in section(page, "reopened")
        assert "MP2" in section(page, "restored")

    def test_was_added_and_another_deleted(self, client, project):
        gone = self.make(project, code="MP1")
        with true_from(APRIL):
            MilestoneFactory(project=project, code="MP2")
            gone.delete()

        page = soup(client.get(BETWEEN))
        assert "MP2" in section(page, "added")
        assert "MP1" in section(page, "deleted")

    def test_of_a_new_project_counts_only_what_was_done_in_the_period(self, client):
        reported(Status.ON_TRACK)
        project = reported(Status.ON_TRACK, on=APRIL)
        with true_from(APRIL):
            MilestoneFactory(project=project, code="MP1", delivered=True, delivered_on=MARCH)
            MilestoneFactory(project=project, code="MP2", delivered=True, delivered_on=APRIL)

        page = soup(client.get(BETWEEN))
        assert "MP2" in section(page, "delivered")
        assert "MP1" not in section(page, "delivered")
        assert page.find(id="added") is None


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
