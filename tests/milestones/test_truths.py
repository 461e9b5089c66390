"""What the database refuses of milestones and moves, whatever the way it comes."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from milestones.actions import move_milestone, set_baseline
from milestones.models import Milestone
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


class TestDateMove:
    def test_by_somebody_has_a_reason_that_can_be_read(self):
        with pytest.raises(IntegrityError, match="by_somebody_has_cause_and_reason"):
            DateMoveFactory(moved_by=UserFactory(), reason="  ", moved_at=timezone.now())
