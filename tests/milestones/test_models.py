"""The truths of milestones and their moves, which the database guards, and what is asked of them."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from milestones.actions import move_milestone
from milestones.models import DateMove, Milestone
from tests.factories import DateMoveFactory, MilestoneFactory, ProjectFactory, UserFactory

DAY = datetime.date(2026, 6, 1)
pytestmark = pytest.mark.django_db


class TestMilestone:
    @pytest.mark.parametrize(
        ("fields", "constraint"),
        [
            ({"original_due_on": None, "due_on": DAY}, "has_both_due_dates_or_none"),
            ({"original_due_on": DAY, "due_on": None}, "has_both_due_dates_or_none"),
            ({"delivered_on": DAY}, "delivered_on_and_by_only_when_delivered"),
            ({"obsolete_on": DAY}, "obsolete_on_and_why_only_when_obsolete"),
            ({"obsolete_reason": "Why"}, "obsolete_on_and_why_only_when_obsolete"),
            ({"is_obsolete": True, "obsolete_on": DAY}, "withdrawn_on_a_day_for_a_reason"),
            (
                {"is_delivered": True, "delivered_on": datetime.date(2999, 1, 1)},
                "delivered_on_is_not_in_future",
            ),
            (
                {
                    "is_obsolete": True,
                    "obsolete_on": datetime.date(2999, 1, 1),
                    "obsolete_reason": "Why",
                },
                "obsolete_on_is_not_in_future",
            ),
        ],
    )
    def test_is_refused_by_the_database(self, fields, constraint):
        with pytest.raises(IntegrityError, match=constraint):
            MilestoneFactory(**fields)

    def test_is_delivered_by_somebody_on_a_day(self):
        with pytest.raises(IntegrityError, match="delivered_by_somebody_on_a_day"):
            MilestoneFactory(is_delivered=True, delivered_by=UserFactory())

    def test_shares_its_code_with_no_other_that_stands(self):
        milestone = MilestoneFactory(code="MP1")

        with pytest.raises(IntegrityError, match="code_is_unique_among_the_standing"):
            MilestoneFactory(code="MP1", project=milestone.project)

    def test_may_share_its_code_with_other_projects_and_the_obsolete(self):
        obsolete = MilestoneFactory(code="MP1", obsolete=True)

        MilestoneFactory(code="MP1", project=obsolete.project)
        MilestoneFactory(code="MP1")
        MilestoneFactory.create_batch(2, code="", project=obsolete.project)

    def test_may_be_delivered_without_dates_as_on_old_pages(self):
        MilestoneFactory(is_delivered=True, original_due_on=None)

    def test_is_called_by_its_code_or_its_title(self):
        assert Milestone(code="MP1", title="Mandate").label == "MP1"
        assert Milestone(title="Mandate").label == "Mandate"

    @pytest.mark.parametrize(
        ("due_on", "state", "overdue"),
        [
            (datetime.date(2026, 5, 31), {}, True),
            (DAY, {}, False),
            (None, {}, False),
            (datetime.date(2026, 5, 31), {"delivered": True}, False),
            (datetime.date(2026, 5, 31), {"obsolete": True}, False),
        ],
    )
    def test_is_overdue_after_its_due_date_while_outstanding(self, due_on, state, overdue):
        milestone = MilestoneFactory(original_due_on=due_on, **state)

        assert milestone.is_overdue(today=DAY) is overdue
        assert Milestone.objects.overdue(today=DAY).exists() is overdue

    def test_keeps_who_delivered_it_first(self):
        milestone, first, second = MilestoneFactory(), UserFactory(), UserFactory()
        seen_by_the_second = Milestone.objects.get(pk=milestone.pk)

        assert milestone.deliver(on=DAY, by=first)
        assert not seen_by_the_second.deliver(on=datetime.date(2026, 6, 2), by=second)

        assert seen_by_the_second.delivered_by == first
        assert seen_by_the_second.delivered_on == DAY

    def test_is_not_delivered_once_it_is_obsolete(self):
        assert not MilestoneFactory(obsolete=True).deliver(on=DAY, by=UserFactory())

    def test_keeps_the_first_reason_it_was_withdrawn_for(self):
        milestone = MilestoneFactory()

        assert milestone.withdraw(on=DAY, reason="First")
        assert not milestone.withdraw(on=DAY, reason="Second")

        assert milestone.obsolete_reason == "First"

    def test_takes_back_only_what_was_done(self):
        milestone = MilestoneFactory()

        assert not milestone.reopen()
        assert not milestone.restore()

    def test_can_not_stand_again_when_its_code_is_taken(self):
        obsolete = MilestoneFactory(code="MP1", obsolete=True)
        MilestoneFactory(code="MP1", project=obsolete.project)

        with pytest.raises(IntegrityError, match="code_is_unique_among_the_standing"):
            obsolete.restore()

    def test_is_promised_a_first_date_freely_and_no_second(self):
        milestone = MilestoneFactory(original_due_on=None)

        assert milestone.promise(on=DAY)
        assert not milestone.promise(on=datetime.date(2026, 6, 2))

        assert milestone.original_due_on == milestone.due_on == DAY

    def test_is_promised_any_date_before_the_project_is_published(self):
        milestone = MilestoneFactory(project=ProjectFactory(draft=True))

        assert milestone.promise(on=DAY)

        assert milestone.original_due_on == DAY

    @pytest.mark.parametrize(("place", "order"), [(1, "cab"), (2, "acb"), (3, "abc"), (99, "abc")])
    def test_is_put_in_its_place(self, project, place, order):
        for title in "abc":
            MilestoneFactory(project=project, title=title, position=7)
        moved = project.milestones.get(title="c")

        moved.put_in_place(place)

        assert "".join(each.title for each in project.milestones.in_order()) == order
        assert moved.find_place() == min(place, 3)

    def test_goes_after_the_last(self, project):
        assert project.milestones.next_position() == 1
        MilestoneFactory(project=project, position=4)
        assert project.milestones.next_position() == 5

    def test_needs_as_many_queries_for_many(self, project, django_assert_num_queries):
        for milestone in MilestoneFactory.create_batch(3, project=project):
            DateMoveFactory.create_batch(2, milestone=milestone)

        # The milestones, their moves and their baselines.
        with django_assert_num_queries(3):
            for milestone in project.milestones.for_project_page():
                assert [str(move.moved_by) for move in milestone.date_moves.all()]


class TestDateMove:
    @pytest.mark.parametrize(
        ("fields", "constraint"),
        [
            ({"from_date": DAY, "to_date": DAY}, "goes_to_another_day"),
            ({"cause": "weather"}, "cause_is_known"),
            ({"cause": ""}, "by_somebody_has_cause_and_reason"),
            ({"reason": ""}, "by_somebody_has_cause_and_reason"),
        ],
    )
    def test_is_refused_by_the_database(self, fields, constraint):
        with pytest.raises(IntegrityError, match=constraint):
            DateMoveFactory(**fields)

    def test_may_lack_cause_and_reason_when_read_from_an_old_page(self):
        DateMoveFactory(moved_by=None, cause="", reason="")

    def test_never_changes(self):
        move = DateMoveFactory()

        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            DateMove.objects.filter(pk=move.pk).update(reason="Another")

        move.refresh_from_db()
        assert move.reason == "The supplier is late."

    @pytest.mark.parametrize(("to_date", "days"), [((2026, 7, 1), 1), ((2026, 6, 20), -10)])
    def test_counts_its_days(self, to_date, days):
        assert DateMoveFactory(to_date=datetime.date(*to_date)).days == days


class TestMoveMilestone:
    def test_keeps_the_move_and_the_original_date(self):
        milestone, user = MilestoneFactory(original_due_on=DAY), UserFactory()
        to = datetime.date(2026, 8, 1)

        move_milestone(milestone=milestone, to=to, by=user, cause="supplier", reason="Late.")

        assert (milestone.original_due_on, milestone.due_on) == (DAY, to)
        move = milestone.date_moves.get()
        assert (move.from_date, move.to_date, move.moved_by) == (DAY, to, user)

    def test_to_the_same_day_does_nothing(self):
        milestone = MilestoneFactory(original_due_on=DAY)

        move_milestone(milestone=milestone, to=DAY, by=None)

        assert not milestone.date_moves.exists()
