"""The past: what is loaded with the day it was true, and that no day once shown is rewritten."""

import datetime

import pytest

from fkj_portfolio.history import as_of
from milestones.models import DateMove, Milestone
from projects.models import Project

pytestmark = pytest.mark.django_db


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


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
