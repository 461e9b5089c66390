import datetime
import threading

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce

from fkj_portfolio.history import as_of
from milestones.actions import move_milestone, set_baseline
from milestones.models import Milestone
from projects.models import Project, ProjectFigures, Status
from tests.factories import (
    MilestoneFactory,
    ProjectFactory,
    StatusReportFactory,
)

JUNE, LATER = datetime.date(2026, 6, 30), datetime.date(2026, 9, 30)
OUTSTANDING = Q(is_delivered=False, is_obsolete=False)


def count_anew():
    """Return what the figures should be, counted from the milestones and the reports by other means."""
    expected = {}
    for project in Project.objects.all():
        milestones = project.milestones.all()
        often = milestones.filter(OUTSTANDING).annotate(moves=Count("date_moves"))
        newest = list(project.status_reports.newest_first()[:2])
        last = newest[0] if newest else None
        expected[project.pk] = {
            "milestone_count": milestones.filter(
                Q(is_delivered=True) | Q(is_obsolete=False)
            ).count(),
            "delivered_count": milestones.filter(is_delivered=True).count(),
            "obsolete_count": milestones.filter(is_obsolete=True).count(),
            "often_moved_count": often.filter(moves__gte=2).count(),
            **milestones.filter(OUTSTANDING).aggregate(
                next_due_on=Min("due_on"),
                furthest_behind_since=Min(Coalesce("new_baseline_on", "original_due_on")),
            ),
            "report_id": last and last.pk,
            "status": last and last.status,
            "risk_level": last and last.risk_level,
            "reported_on": last and last.reported_on,
            "previous_status": newest[1].status if len(newest) > 1 else None,
        }
    return expected


def kept():
    return {row.pop("project_id"): row for row in ProjectFigures.objects.values()}


@pytest.mark.django_db
class TestProjectFigures:
    def test_follow_every_change(self, project, office):
        other = ProjectFactory()
        assert kept() == count_anew()

        first, second, third = MilestoneFactory.create_batch(3, project=project)
        assert kept() == count_anew()
        first.deliver(on=JUNE, by=office)
        second.withdraw(reason="No longer needed.", on=JUNE)
        assert kept() == count_anew()
        for day in (LATER, JUNE, LATER):
            move_milestone(milestone=third, to=day, by=None)
            assert kept() == count_anew()
        set_baseline(
            project=project, milestones=[third], decision="Sak 1", decided_on=JUNE, by=office
        )
        assert kept() == count_anew()
        first.reopen()
        Milestone.objects.filter(pk=second.pk).update(project=other)
        assert kept() == count_anew()
        for status, day in ((Status.CHALLENGES, 2), (Status.ON_TRACK, 1), (Status.ON_TRACK, 2)):
            reported_on = datetime.date(2026, 3, day)
            StatusReportFactory(project=project, status=status, reported_on=reported_on)
            assert kept() == count_anew()
        Milestone.objects.all().delete()
        assert kept() == count_anew()
        other.delete()
        assert kept().keys() == {project.pk}

    def test_follow_many_changes_in_one_statement(self):
        projects = ProjectFactory.create_batch(3)
        Milestone.objects.bulk_create(
            MilestoneFactory.build(project=each, position=number)
            for each in projects
            for number in range(1, 5)
        )
        Milestone.objects.filter(position__in=[1, 3]).update(is_delivered=True)

        assert kept() == count_anew()
        assert {row["delivered_count"] for row in kept().values()} == {2}

    def test_follow_a_move_that_is_given_to_another_milestone(self):
        twice, never = MilestoneFactory.create_batch(2)
        for day in (LATER, JUNE):
            move_milestone(milestone=twice, to=day, by=None)

        # A move never changes, unless somebody has the guard ignored.
        with pgtrigger.ignore("milestones.DateMove:move_never_changes"):
            twice.date_moves.update(milestone=never)

        assert kept() == count_anew()
        assert kept()[never.project_id]["often_moved_count"] == 1

    @pytest.mark.parametrize("change", ["update", "delete"])
    def test_are_kept_by_the_database_alone(self, project, change):
        values = {"delivered_count": 9} if change == "update" else {}

        with pytest.raises(IntegrityError, match="figures_are_kept_by_the_database"):
            getattr(ProjectFigures.objects.all(), change)(**values)

    def test_of_a_past_day_are_those_of_that_day(self, story):
        seen = []
        for month in range(1, 13):
            with as_of(datetime.date(2023, month, 20)):
                assert kept() == count_anew()
                seen.append(kept())

        assert {} in seen
        assert len({str(figures) for figures in seen}) > 4


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_leave_the_figures_true(self):
        project = ProjectFactory()
        milestones = MilestoneFactory.create_batch(2, project=project)
        begun = threading.Barrier(2)
        has_changed = threading.Event()

        def deliver_slowly():
            with transaction.atomic():
                begun.wait()
                milestones[0].deliver(on=JUNE, by=None)
                has_changed.set()
                # The other has begun, and waits for this one to end.
                connection.cursor().execute("SELECT pg_sleep(0.3)")
            connection.close()

        def deliver_meanwhile():
            begun.wait()
            has_changed.wait()
            milestones[1].deliver(on=JUNE, by=None)
            connection.close()

        threads = [threading.Thread(target=each) for each in (deliver_slowly, deliver_meanwhile)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert kept() == count_anew()
        assert kept()[project.pk]["delivered_count"] == 2

    def test_emptied_tables_leave_none(self, project):
        MilestoneFactory(project=project)
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE milestones_milestone CASCADE")

        assert kept() == count_anew()
        assert kept()[project.pk]["milestone_count"] == 0
