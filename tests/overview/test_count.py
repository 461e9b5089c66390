"""The one count of the overview, which all its figures are read from."""

import datetime

import pytest

from overview.census.count import OVERDUE_MILESTONES, Census, Counted, count
from projects.dimensions import DIMENSIONS
from projects.models import Lifecycle, Project, Status
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.portfolio import YESTERDAY, reported

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]

TODAY = datetime.date(2026, 7, 10)
GREEN, YELLOW, RED = Status


def counted(**chosen):
    projects = Project.objects.for_overview(today=TODAY)
    return Census.of(count(projects, dimensions=DIMENSIONS, chosen=chosen, today=TODAY))


def selects(name, value):
    choices = next(each.choices for each in DIMENSIONS if each.name == name)
    return next(option.condition for option in choices.options if option.value == value)


class TestCount:
    @pytest.mark.parametrize("number", [3, 30])
    def test_needs_one_query(self, django_assert_num_queries, number):
        for _number in range(number):
            reported(GREEN, before=RED)

        with django_assert_num_queries(1):
            census = counted()

        assert census.found == number

    def test_knows_that_nothing_is_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            nothing = Project.objects.for_overview(today=TODAY).none()
            census = Census.of(count(nothing, dimensions=DIMENSIONS, chosen={}, today=TODAY))

        assert (census.found, census.by("status"), census.left("status", None)) == (0, [], 0)

    def test_counts_by_key_lifecycle_and_status(self):
        owner = OwnerFactory()
        project = reported(RED, owner=owner)
        MilestoneFactory.create_batch(2, project=project, delivered=True)
        MilestoneFactory(project=project, original_due_on=YESTERDAY)
        ProjectFactory(owner=owner, lifecycle=Lifecycle.PAUSED)

        census = counted()

        assert sorted(census.by("owner")) == [
            Counted("owner", str(owner.pk), "active", "major_challenges", 1, 1, 3, 2),
            Counted("owner", str(owner.pk), "paused", None, 1, 1, 0, 0),
        ]
        assert [row.found for row in census.by(OVERDUE_MILESTONES)] == [1]

    def test_leaves_out_a_filters_own_choice_where_it_counts_what_the_others_would_leave(self):
        for status in (GREEN, GREEN, RED):
            reported(status)
        reported(RED, risk_level="high")

        census = counted(status=selects("status", "betydelige-utfordringer"))

        assert census.found == 2
        assert [census.left("status", each) for each in Status] == [2, 0, 2]
        assert census.left("risk_level", "high") == 1
        assert sum(row.found for row in census.by("status")) == 2

    def test_counts_a_goal_once_that_is_both_the_main_and_a_further_one(self):
        goal = StrategicGoalFactory()
        ProjectFactory(main_goal=goal).further_goals.add(goal)

        census = counted()

        assert (census.left("goal", goal.pk), census.besides("goal")) == (1, [])

    def test_tells_what_has_only_further_goals_from_what_has_none(self):
        goal = StrategicGoalFactory()
        ProjectFactory(main_goal=None).further_goals.add(goal)
        ProjectFactory.create_batch(2, main_goal=None)

        census = counted()

        assert (census.left("goal", goal.pk), census.left("goal", None)) == (1, 2)
        assert sum(row.found for row in census.by("goal")) == 3

    def test_counts_a_project_under_each_of_its_managers_and_what_has_none(self):
        one, other = UserFactory(), UserFactory()
        ProjectFactory().managers.add(one, other)
        ProjectFactory().managers.add(one)
        ProjectFactory()

        census = counted()

        assert [census.left("manager", key) for key in (one.pk, other.pk, None)] == [2, 1, 1]
