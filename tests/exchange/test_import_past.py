"""Versions of a page read with the day they were true: in order, out of order, twice, too late."""

import datetime
from itertools import chain

import pytest
from django.core.management import call_command
from django.utils import timezone

from fkj_portfolio.history import as_of
from milestones.models import DateMove, Milestone
from projects.models import Contact, Owner, Project, Segment, StatusReport
from tests.exchange.import_page.imports import SEED, run
from tests.factories import UserFactory

FEBRUARY = datetime.date(2023, 2, 15)
APRIL = datetime.date(2023, 4, 12)
MAY = datetime.date(2023, 5, 15)
JUNE = datetime.date(2023, 6, 15)
DAYS = [FEBRUARY, APRIL, datetime.date(2023, 5, 1), MAY, JUNE, datetime.date(2025, 1, 1)]
OLDER = "Siden er eldre enn det som er ført her"


@pytest.fixture(autouse=True)
def vocabularies(db):
    call_command("make_vocabularies")


@pytest.fixture
def version(tmp_path):
    """Write a version of the seed where MP6 has another date, and maybe the status too."""

    def write(due: str, status: str = "Under kontroll"):
        text = SEED.read_text().replace("Leveransedato: 15.03.2023", f"Leveransedato: {due}")
        path = tmp_path / f"{due}-{status}.txt"
        path.write_text(text.replace("Under kontroll", status))
        return path

    return write


def shown(day: datetime.date) -> tuple[str | None, str]:
    """Return what a day shows of the project: its status, and when MP6 is due."""
    with as_of(day):
        project = Project.objects.with_latest_report().first()
        if project is None:
            return (None, "")
        return (project.status, str(Milestone.objects.get(code="MP6").due_on))


def all_shown() -> list[tuple[str | None, str]]:
    return [shown(day) for day in DAYS]


class TestInOrder:
    def test_shows_each_day_as_its_page_said(self, version):
        run(SEED, on=FEBRUARY)
        run(version("01.06.2023"), on=APRIL)
        said = run(version("15.09.2023", "Noen utfordringer"), on=MAY)

        assert all_shown() == [
            ("on_track", "2023-03-15"),
            ("on_track", "2023-06-01"),
            ("on_track", "2023-06-01"),
            ("challenges", "2023-09-15"),
            ("challenges", "2023-09-15"),
            ("challenges", "2023-09-15"),
        ]
        assert shown(FEBRUARY - datetime.timedelta(days=1)) == (None, "")
        assert "Det som er nytt, er ført som sant fra 15.05.2023." in said

    def test_keeps_when_it_was_recorded_beside_when_it_was_true(self):
        run(SEED, on=FEBRUARY)

        project = Project.objects.get()
        things = [project, *StatusReport.objects.all(), *Milestone.objects.all()]
        assert {type(thing) for thing in things} == {Project, StatusReport, Milestone}
        things += [project.owner, project.contact]
        events = [list(thing.events.all()) for thing in things]
        assert all(events)
        for event in chain.from_iterable(events):
            assert timezone.localdate(event.pgh_true_from) == FEBRUARY
            assert timezone.localdate(event.pgh_created_at) == timezone.localdate()

    def test_records_new_owners_contacts_and_segments_from_that_day(self, version):
        text = version("15.03.2023").read_text()
        (path := version("15.03.2023")).write_text(text.replace("Koordinere", "Følge med"))

        run(path, on=FEBRUARY)

        for thing in (Owner.objects.get(), Contact.objects.get(), Segment.objects.last()):
            assert thing.events.get().pgh_true_from.date() == FEBRUARY
        with as_of(FEBRUARY):
            project = Project.objects.get()
            assert str(project.owner) == "KS"
            assert str(project.contact) == "Håkon Grimstad"
            assert str(project.segment) == "Følge med"

    def test_reads_the_page_of_today_as_true_from_now(self, version):
        run(SEED, on=FEBRUARY)
        before = all_shown()

        said = run(version("15.09.2023"))

        assert all_shown() == before
        assert shown(timezone.localdate()) == ("on_track", "2023-09-15")
        assert "sant fra" not in said

    def test_corrects_the_last_day_that_was_read(self, version):
        run(SEED, on=FEBRUARY)
        run(version("01.06.2023"), on=FEBRUARY)

        assert shown(FEBRUARY) == ("on_track", "2023-06-01")


class TestTwice:
    def test_changes_nothing(self, version):
        may = version("15.09.2023", "Noen utfordringer")
        run(SEED, on=FEBRUARY)
        run(may, on=MAY)
        before = all_shown()

        assert "Ingenting er endret." in run(may, on=MAY)
        run(SEED, on=FEBRUARY)
        run(may, on=JUNE)

        assert all_shown() == before
        assert (StatusReport.objects.count(), DateMove.objects.count()) == (2, 1)


class TestOutOfOrder:
    def test_takes_only_the_report_and_records_it_today(self, version):
        run(SEED, on=FEBRUARY)
        run(version("15.09.2023"), on=MAY)
        before = all_shown()

        said = run(version("01.06.2023", "Noen utfordringer"), on=APRIL)

        assert OLDER in said
        assert all_shown() == before
        report = StatusReport.objects.newest_first().first()
        assert report.reported_on == APRIL
        assert timezone.localdate(report.events.get().pgh_true_from) == timezone.localdate()
        assert Milestone.objects.get(code="MP6").due_on == datetime.date(2023, 9, 15)

    def test_takes_a_page_older_than_the_first_likewise(self, version):
        run(SEED, on=MAY)
        before = all_shown()

        said = run(version("01.06.2023", "Noen utfordringer"), on=FEBRUARY)

        assert OLDER in said
        assert all_shown() == before
        assert StatusReport.objects.newest_first().first().reported_on == MAY


class TestAfterWorkHere:
    def test_takes_only_the_report_when_a_milestone_was_changed_here(self, version):
        run(SEED, on=FEBRUARY)
        Milestone.objects.get(code="MP5").deliver(on=MAY, by=UserFactory())
        before = all_shown()

        said = run(version("01.06.2023", "Noen utfordringer"), on=APRIL)

        assert OLDER in said
        assert "Ny statusrapport for 12.04.2023" in said
        assert all_shown() == before
        assert Milestone.objects.get(code="MP6").due_on == datetime.date(2023, 3, 15)
        assert shown(timezone.localdate())[0] == "challenges"

    @pytest.mark.parametrize("change", ["project", "report", "goal"])
    def test_takes_only_the_report_whatever_was_changed_here(self, change, version):
        run(SEED, on=FEBRUARY)
        project = Project.objects.get()
        if change == "project":
            Project.objects.update(ingress="Ny ingress")
        elif change == "report":
            project.report(status="challenges", risk_level="low", on=FEBRUARY, by=None)
        else:
            project.further_goals.add(project.main_goal.strategy.goals.get(number=1))
        before = all_shown()

        assert OLDER in run(version("01.06.2023"), on=APRIL)

        assert all_shown() == before

    def test_takes_all_that_the_page_says_as_true_today_without_a_day(self, version):
        run(SEED, on=FEBRUARY)
        Project.objects.update(ingress="Ny ingress")
        before = all_shown()

        run(version("01.06.2023"))

        assert all_shown() == before
        assert Milestone.objects.get(code="MP6").due_on == datetime.date(2023, 6, 1)

    def test_takes_only_the_report_of_a_project_that_was_made_here(self, project):
        before = all_shown()

        said = run(SEED, on=FEBRUARY)

        assert OLDER in said
        assert all_shown() == before
        assert not project.milestones.exists()
        assert project.status_reports.get().reported_on == FEBRUARY

    def test_lets_a_manager_be_given_before_the_next_page(self, version):
        run(SEED, on=FEBRUARY)
        Project.objects.get().managers.add(UserFactory())

        run(version("01.06.2023"), on=APRIL)

        assert shown(APRIL) == ("on_track", "2023-06-01")


class TestAfterADeletion:
    @pytest.fixture
    def without_status(self, tmp_path):
        """A page that gives no report, so that its project can be deleted."""
        text = SEED.read_text().replace("Status\n\nUnder kontroll\n", "")
        (path := tmp_path / "uten.txt").write_text(text)
        return path

    def test_does_not_stand_twice_on_days_when_the_deleted_one_stood(self, without_status):
        run(without_status, on=FEBRUARY)
        Project.objects.all().delete()

        said = run(SEED, on=APRIL)

        assert "Et annet prosjekt, som siden er slettet" in said
        with as_of(MAY):
            assert not Project.objects.get().status_reports.exists()
        with as_of(timezone.localdate()):
            assert Project.objects.get().status_reports.get().reported_on == APRIL
        assert timezone.localdate(Project.objects.get().published_at) == timezone.localdate()
