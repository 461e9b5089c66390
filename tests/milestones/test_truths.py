"""Truths of milestones and moves: what the database refuses, whatever the way it comes."""

import datetime

import pgtrigger
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from milestones.actions import move_milestone, set_baseline
from milestones.models import Baseline, BaselineDate, DateMove, Milestone
from tests.factories import DateMoveFactory, MilestoneFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
LATER = datetime.date(2026, 9, 30)


class TestMilestone:
    def test_does_not_move_without_a_move_on_record(self):
        milestone = MilestoneFactory()

        for unseen in (LATER, None):
            with (
                pytest.raises(IntegrityError, match="moved_due_date_is_on_record"),
                transaction.atomic(),
            ):
                Milestone.objects.filter(pk=milestone.pk).update(due_on=unseen)

        move_milestone(milestone=milestone, to=LATER, by=None)
        assert milestone.due_on == LATER

    def test_may_be_planned_anew_until_its_project_is_published(self):
        milestone = MilestoneFactory(project=ProjectFactory(draft=True))

        Milestone.objects.update(original_due_on=LATER, due_on=LATER)

        milestone.refresh_from_db()
        assert milestone.due_on == LATER

    def test_keeps_its_new_baseline(self):
        milestone, office = MilestoneFactory(), UserFactory()
        move_milestone(milestone=milestone, to=LATER, by=None)
        set_baseline(
            project=milestone.project,
            milestones=[milestone],
            decision="Sak 1",
            decided_on=LATER,
            by=office,
        )

        with pytest.raises(IntegrityError, match="new_baseline_refers_to_a_decision"):
            Milestone.objects.update(new_baseline_on=None)

    @pytest.mark.parametrize("title", ["", " ", "\t\n"])
    def test_has_a_title(self, title):
        with pytest.raises(IntegrityError, match="milestone_has_a_title"):
            MilestoneFactory(title=title)

    def test_is_not_withdrawn_for_a_blank_reason(self):
        with pytest.raises(IntegrityError, match="withdrawn_on_a_day_for_a_reason"):
            MilestoneFactory(obsolete=True, obsolete_reason="  ")


def at_commit():
    """Ask now what the database asks when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestDateMove:
    def test_by_somebody_has_a_reason_that_can_be_read(self):
        with pytest.raises(IntegrityError, match="by_somebody_has_cause_and_reason"):
            DateMoveFactory(moved_by=UserFactory(), reason="  ", moved_at=timezone.now())

    def test_of_long_ago_excuses_no_move_today(self):
        milestone = MilestoneFactory()
        first = milestone.due_on
        for day in (LATER, first):
            move_milestone(milestone=milestone, to=day, by=None)

        with pytest.raises(IntegrityError, match="moved_due_date_is_on_record"):
            Milestone.objects.update(due_on=LATER)

    def test_is_kept_as_long_as_its_milestone(self):
        move_milestone(milestone=MilestoneFactory(), to=LATER, by=None)

        with transaction.atomic():
            DateMove.objects.all().delete()
            with pytest.raises(IntegrityError, match="stays_with_its_milestone"):
                at_commit()
            transaction.set_rollback(True)
        Milestone.objects.all().delete()
        at_commit()

        assert not DateMove.objects.exists()


class TestBaseline:
    @pytest.fixture
    def twice(self):
        """A milestone that has been given a new baseline twice."""
        milestone, office = MilestoneFactory(), UserFactory()
        for day in (datetime.date(2026, 8, 1), LATER):
            move_milestone(milestone=milestone, to=day, by=None)
            set_baseline(
                project=milestone.project,
                milestones=[milestone],
                decision="Sak 1",
                decided_on=datetime.date(2026, 6, 1),
                by=office,
            )
        return milestone

    def test_is_never_set_back_to_an_older_one(self, twice):
        with pytest.raises(IntegrityError, match="new_baseline_refers_to_a_decision"):
            Milestone.objects.update(new_baseline_on=datetime.date(2026, 8, 1))

    @pytest.mark.parametrize(
        ("model", "truth"),
        [
            (Baseline, "stays_with_its_(project|milestone)"),
            (BaselineDate, "stays_with_its_milestone"),
        ],
    )
    def test_is_kept_as_long_as_what_it_is_about(self, twice, model, truth):
        with transaction.atomic():
            model.objects.all().delete()
            with pytest.raises(IntegrityError, match=truth):
                at_commit()
            transaction.set_rollback(True)

    @pytest.mark.parametrize(
        ("values", "truth"),
        [
            ({"decision": "  "}, "baseline_refers_to_a_decision"),
            ({"decided_on": datetime.date(2999, 1, 1)}, "decided_on_is_not_in_future"),
        ],
    )
    def test_refers_to_a_decision_that_has_been_made(self, twice, values, truth):
        decided = {"decision": "Sak 2", "decided_on": LATER, "set_by": UserFactory()}

        with pytest.raises(IntegrityError, match=truth):
            Baseline.objects.create(project=twice.project, **decided | values)


class TestHistory:
    def test_stands_although_the_session_ignores_the_triggers_of_the_models(self):
        milestone = MilestoneFactory()

        for change in (
            lambda events: events.update(title="Et annet navn"),
            lambda events: events.delete(),
        ):
            with (
                pgtrigger.ignore("milestones.MilestoneEvent:append_only"),
                pytest.raises(IntegrityError, match="history_is_never_changed_or_lost"),
                transaction.atomic(),
            ):
                change(milestone.events.all())

    def test_guards_every_table_of_events(self):
        tables = {
            model._meta.db_table
            for model in apps.get_models()
            if getattr(model, "pgh_tracked_model", None)
        }

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger"
                " WHERE tgname IN ('history_stands', 'reports_stand')"
            )
            guarded = {row[0] for row in cursor.fetchall()}
        assert tables
        assert guarded == tables | {"accounts_securityevent", "projects_statusreport"}
