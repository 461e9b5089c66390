"""The past: what is loaded with the day it was true, and that no day once shown is rewritten."""

import datetime
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from fkj_portfolio.history import as_of, true_from
from milestones.actions import move_milestone, set_baseline
from milestones.models import Baseline, DateMove, Milestone
from projects.models import Project, StrategicGoal
from tests.factories import OwnerFactory, ProjectFactory, UserFactory
from tests.past import COMPUTED, day

pytestmark = pytest.mark.django_db


class TestStory:
    @pytest.mark.parametrize(
        ("on", "status", "moves", "obsolete"),
        [
            ("2023-02-15", "on_track", 0, 1),
            ("2023-03-09", "on_track", 0, 1),
            ("2023-03-10", "on_track", 1, 1),
            ("2023-03-20", "on_track", 2, 1),
            ("2023-04-12", "challenges", 2, 1),
            ("2023-06-14", "major_challenges", 2, 1),
            ("2023-06-15", "major_challenges", 2, 2),
        ],
    )
    def test_shows_each_day_as_it_was(self, story, on, status, moves, obsolete):
        with as_of(day(on)):
            project = Project.objects.with_latest_report().get()

            assert project.status == status
            assert DateMove.objects.count() == moves
            assert Milestone.objects.filter(is_obsolete=True).count() == obsolete
            assert [str(user) for user in project.managers.all()] == ["Kari Nordmann"]

    def test_has_nothing_before_the_first_day(self, story):
        with as_of(day("2023-02-14")):
            assert not Project.objects.exists()
            assert not Milestone.objects.exists()

    def test_ends_as_it_stands_now(self, story):
        now = Project.objects.with_milestone_counts(today=day("2023-07-01")).get()

        assert (now.delivered_count, now.milestone_count, now.obsolete_count) == (5, 8, 2)
        assert list(story.milestones.overdue(today=day("2023-07-01")).values_list("code")) != []


def milestone(code: str) -> Milestone:
    return Milestone.objects.get(code=code)


def manager(project: Project):
    return project.managers.get()


#: Each way to change what a day shows of a project, whatever table it is kept in.
WAYS: dict[str, Callable[[Project], object]] = {
    "deliver": lambda project: milestone("MP5").deliver(on=day("2023-03-01"), by=manager(project)),
    "add": lambda project: Milestone.objects.create(project=project, title="Ny"),
    "delete": lambda project: milestone("MP8").delete(),
    "in_bulk": lambda project: Milestone.objects.update(description="Ny"),
    "move": lambda project: move_milestone(
        milestone=milestone("MP8"), to=day("2023-12-01"), by=None
    ),
    "move_only": lambda project: DateMove.objects.create(
        milestone=milestone("MP8"),
        from_date=day("2023-06-30"),
        to_date=day("2023-12-01"),
        moved_at=timezone.now(),
    ),
    "report": lambda project: project.report(
        status="on_track", risk_level="low", on=day("2023-05-20"), by=None
    ),
    "title": lambda project: Project.objects.update(title="Ny"),
    "unpublish": lambda project: project.unpublish(),
    "manager": lambda project: project.managers.add(UserFactory()),
    "no_manager": lambda project: project.managers.clear(),
    "goal": lambda project: project.further_goals.add(StrategicGoal.objects.get(number=1)),
    "baseline": lambda project: set_baseline(
        project=project,
        milestones=[milestone("MP5")],
        decision="Sak 1/23",
        decided_on=day("2023-03-30"),
        by=manager(project),
    ),
    "baseline_only": lambda project: Baseline.objects.create(
        project=project, decision="?", decided_on=day("2023-03-30"), set_by=manager(project)
    ),
    "by_sql": lambda project: connection.cursor().execute(
        "UPDATE milestones_milestone SET title = 'Et annet navn' WHERE code = 'MP5'"
    ),
}
refused = pytest.mark.parametrize("way", WAYS)


def assert_is_refused(on: datetime.date, do: Callable[[], object]) -> None:
    match = "a_day_that_has_been_shown_is_not_rewritten"
    with pytest.raises(IntegrityError, match=match), true_from(on):
        do()


class TestGuard:
    @refused
    def test_refuses_a_day_before_the_last_that_was_loaded(self, story, way):
        assert_is_refused(day("2023-06-14"), lambda: WAYS[way](story))

    @refused
    def test_refuses_every_day_once_somebody_has_worked_on_the_project(self, story, way):
        Milestone.objects.filter(code="MP1").update(description="Rettet")

        for on in (day("2023-07-01"), timezone.localdate() - datetime.timedelta(days=1)):
            assert_is_refused(on, lambda: WAYS[way](story))

    @pytest.mark.parametrize("work", ["report", "title", "goal", "in_bulk"])
    def test_is_closed_by_work_of_any_kind(self, story, work):
        WAYS[work](story)

        assert_is_refused(day("2023-07-01"), lambda: WAYS["add"](story))

    @refused
    def test_refuses_the_day_when_the_project_was_first_recorded(self, story, way):
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        with connection.cursor() as cursor:
            # Only who may alter the tables can do this, to play that it was yesterday.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(
                "UPDATE projects_projectevent SET pgh_created_at = pgh_created_at - interval '1 day'"
            )
            cursor.execute("SET LOCAL session_replication_role = origin")

        assert_is_refused(yesterday, lambda: WAYS[way](story))

    def test_refuses_a_day_to_come(self, story):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)

        assert_is_refused(tomorrow, lambda: WAYS["title"](story))

    def test_refuses_what_is_written_into_the_history_itself(self, story):
        with pytest.raises(IntegrityError, match="is_not_rewritten"), connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO milestones_milestoneevent OVERRIDING USER VALUE
                SELECT (jsonb_populate_record(event, '{
                    "pgh_created_at": "2023-03-01T12:00:00+01:00",
                    "pgh_true_from": "2023-03-01T12:00:00+01:00"
                }')).* FROM milestones_milestoneevent event WHERE code = 'MP5'
                """
            )

    def test_refuses_to_rename_an_owner_in_the_past(self):
        owner = OwnerFactory(name="Gammelt")
        owner.name = "Nytt"

        assert_is_refused(day("2023-07-01"), owner.save)

    def test_stands_on_every_table_that_a_past_day_is_read_from(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name || 'event' FROM information_schema.views"
                " WHERE table_schema = 'as_of' AND table_name <> ALL (%s)",
                [COMPUTED],
            )
            # Who manages and which further goals have events by the names of their models.
            names = {"_managers": "manager", "_further_goals": "furthergoal"}
            shown = set()
            for (table,) in cursor.fetchall():
                for old, new in names.items():
                    table = table.replace(old, new)
                shown.add(table)
            cursor.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'past_is_in_order'"
            )
            guarded = {table for (table,) in cursor.fetchall()}

        assert shown
        assert shown == guarded


class TestOpenPast:
    @refused
    def test_takes_the_next_day_in_order(self, story, way):
        with true_from(day("2023-07-01")):
            WAYS[way](story)

        with as_of(day("2023-06-30")):
            assert milestone("MP5").due_on == day("2023-06-01")
            assert not milestone("MP5").is_delivered
            assert Project.objects.get().title == "Felles kommunal journal"
            assert Project.objects.get().managers.count() == 1
            assert DateMove.objects.count() == 2

    def test_takes_a_project_that_is_new_whatever_others_have(self, story):
        with true_from(day("2023-01-10")):
            ProjectFactory(title="Et annet")

        with as_of(day("2023-01-10")):
            assert [project.title for project in Project.objects.all()] == ["Et annet"]

    def test_keeps_when_it_was_recorded_beside_when_it_was_true(self, story):
        moved = DateMove.objects.order_by("pk").first()

        event = moved.events.get()
        assert timezone.localdate(event.pgh_true_from) == day("2023-03-10")
        assert timezone.localdate(event.pgh_created_at) == timezone.localdate()

    def test_records_what_is_done_without_a_day_as_true_from_now(self, story):
        story.unpublish()

        event = story.events.order_by("-pgh_id").first()
        assert event.pgh_true_from == event.pgh_created_at
