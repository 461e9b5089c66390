"""Each truth that the database guards is named by a test that breaks it; here are those with no other home."""

import ast
import datetime
import re
from pathlib import Path

import pgtrigger
import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from milestones.actions import move_milestone, set_baseline
from milestones.models import Baseline, BaselineDate, DateMove
from tests.factories import MilestoneFactory, ProjectFactory, UserFactory

TESTS = Path(__file__).resolve().parent
OURS = ("accounts", "projects", "milestones")
JUNE, LATER = datetime.date(2026, 6, 30), datetime.date(2026, 9, 30)


def find_truths() -> dict[str, str]:
    """Return what breaking each constraint and trigger says, by its label."""
    truths = {}
    for model in apps.get_models():
        meta = model._meta
        if meta.app_label not in OURS or hasattr(model, "pgh_tracked_model"):
            continue
        prefix = f"{meta.app_label}_{meta.model_name}_"
        for constraint in meta.constraints:
            name = constraint.name.removeprefix(prefix)
            truths[f"{meta.label}: {name}"] = f"({prefix}|{meta.model_name}_)?{name}"
        for trigger in getattr(meta, "triggers", []):
            if isinstance(trigger, pgtrigger.Protect):
                truths[f"{meta.label}: {trigger.name}"] = f"rows from {meta.db_table}"
            elif not isinstance(trigger, pgtrigger.Composer):
                truths[f"{meta.label}: {trigger.name}"] = trigger.name
    return truths


def find_texts() -> str:
    """Return every text in the tests, without their names and comments."""
    return "\n".join(
        node.value
        for file in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def test_each_is_broken_by_a_test():
    texts, truths = find_texts(), find_truths()

    unbroken = [
        label
        for label, said in truths.items()
        if not re.search(rf"(?<![a-z_]){said}(?![a-z_])", texts)
    ]

    assert len(truths) > 30
    assert unbroken == []


@pytest.mark.django_db
class TestProject:
    @pytest.mark.parametrize(
        ("fields", "truth"),
        [
            ({"lifecycle": "asleep"}, "lifecycle_is_known"),
            ({"published_at": None}, "published_since_a_time"),
            ({"link_text": "The project's site"}, "link_text_has_a_link"),
        ],
    )
    def test_is_refused_by_the_database(self, fields, truth):
        with pytest.raises(IntegrityError, match=truth):
            ProjectFactory(**fields)


@pytest.mark.django_db
class TestBaseline:
    @pytest.fixture
    def set_once(self):
        milestone = MilestoneFactory()
        move_milestone(milestone=milestone, to=LATER, by=None)
        return set_baseline(
            project=milestone.project,
            milestones=[milestone],
            decision="Sak 1",
            decided_on=JUNE,
            by=UserFactory(),
        )

    def test_gives_each_milestone_one_date(self, set_once):
        date = set_once.dates.get()

        with pytest.raises(IntegrityError, match="is_one_for_each_milestone"):
            set_once.dates.create(milestone=date.milestone, from_date=JUNE, to_date=LATER)

    def test_gives_a_milestone_another_day(self, set_once):
        milestone = MilestoneFactory(project=set_once.project)

        with pytest.raises(IntegrityError, match="baselinedate_is_another_day"):
            set_once.dates.create(milestone=milestone, from_date=JUNE, to_date=JUNE)

    def test_refers_to_a_decision(self, project):
        with pytest.raises(IntegrityError, match="baseline_refers_to_a_decision"):
            Baseline.objects.create(
                project=project, decision="", decided_on=JUNE, set_by=UserFactory()
            )

    def test_without_dates_stays_with_its_project(self, project):
        baseline = Baseline.objects.create(
            project=project, decision="Sak 1", decided_on=JUNE, set_by=UserFactory()
        )
        baseline.delete()

        with pytest.raises(IntegrityError, match="stays_with_its_project"):
            # Asks now what is otherwise asked when the transaction ends.
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_follows_a_first_date(self, set_once):
        dates = "original_due_on = NULL, due_on = NULL"
        with (
            pytest.raises(IntegrityError, match="new_baseline_follows_a_first"),
            pgtrigger.ignore(
                "milestones.Milestone:original_due_date_is_locked",
                "milestones.Milestone:moved_due_date_is_on_record",
            ),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE milestones_milestone SET {dates}")

    @pytest.mark.parametrize(
        ("model", "change", "said"),
        [
            (DateMove, {"reason": "Another"}, "rows from milestones_datemove"),
            (Baseline, {"decision": "Another"}, "rows from milestones_baseline"),
            (BaselineDate, {"to_date": JUNE}, "rows from milestones_baselinedate"),
        ],
    )
    def test_never_changes(self, set_once, model, change, said):
        with pytest.raises(DatabaseError, match=f"Cannot update {said} table"):
            model.objects.update(**change)
