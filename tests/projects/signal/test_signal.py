"""The signal: what the dates say of a project, and why."""

import datetime

import pytest

from milestones.actions import set_baseline
from projects.models import Lifecycle, PortfolioSettings, Project, Signal, Status
from projects.models.signal import is_greener
from projects.words import signal_reason
from tests.factories import MilestoneFactory
from tests.projects.signal.measures import day

pytestmark = pytest.mark.django_db

FAR_AHEAD = datetime.date(2027, 1, 1)


def measured(project, today, **rules):
    return Project.objects.with_signal(
        rules=PortfolioSettings(**rules).signal_rules, today=today
    ).get(pk=project.pk)


def signal(original, today, *, due=FAR_AHEAD, **rules):
    """The signal of a project with one milestone, which is due far ahead unless it is said."""
    milestone = MilestoneFactory(original_due_on=day(original), due_on=due)
    return measured(milestone.project, day(today), **rules).signal


class TestSignal:
    @pytest.mark.parametrize(
        ("original", "today", "expected"),
        [
            # One month: the day before, on it and after.
            ("2026-03-10", "2026-04-09", "green"),
            ("2026-03-10", "2026-04-10", "green"),
            ("2026-03-10", "2026-04-11", "yellow"),
            # Three months.
            ("2026-03-10", "2026-06-09", "yellow"),
            ("2026-03-10", "2026-06-10", "yellow"),
            ("2026-03-10", "2026-06-11", "red"),
            # Months of different lengths: three months after 28 February is 28 May.
            ("2026-02-28", "2026-05-28", "yellow"),
            ("2026-02-28", "2026-05-29", "red"),
            ("2026-02-28", "2026-05-31", "red"),
            # One month after 31 January is 28 February.
            ("2026-01-31", "2026-02-28", "green"),
            ("2026-01-31", "2026-03-01", "yellow"),
            # Over the new year.
            ("2025-12-31", "2026-03-31", "yellow"),
            ("2025-12-31", "2026-04-01", "red"),
        ],
    )
    def test_turns_after_whole_months(self, original, today, expected):
        assert signal(original, today) == expected

    @pytest.mark.parametrize(
        ("today", "expected"),
        [("2026-03-09", "green"), ("2026-03-10", "green"), ("2026-03-11", "yellow")],
    )
    def test_is_yellow_when_something_is_overdue(self, today, expected):
        assert signal("2026-03-10", today, due=day("2026-03-10")) == expected

    def test_keeps_to_the_settings(self):
        rules = {"yellow_after_months": 0, "red_after_months": 2}

        assert signal("2026-03-10", "2026-03-10", **rules) == "green"
        assert signal("2026-03-10", "2026-03-11", **rules) == "yellow"
        assert signal("2026-03-10", "2026-05-10", **rules) == "yellow"
        assert signal("2026-03-10", "2026-05-11", **rules) == "red"

    def test_can_be_asked_for_the_first_day_of_all(self, project):
        assert measured(project, datetime.date.min).signal == "green"

    @pytest.mark.parametrize(
        "state",
        [
            {"delivered": True},
            {"obsolete": True},
            {"original_due_on": None},
        ],
    )
    def test_looks_only_at_outstanding_ones_with_a_date(self, state):
        milestone = MilestoneFactory(**{"original_due_on": day("2020-01-01")} | state)

        assert measured(milestone.project, day("2026-07-10")).signal == "green"

    @pytest.mark.parametrize("lifecycle", [Lifecycle.PLANNED, Lifecycle.PAUSED, Lifecycle.CLOSED])
    def test_is_none_for_a_project_that_is_not_active(self, lifecycle):
        milestone = MilestoneFactory(
            project__lifecycle=lifecycle, original_due_on=day("2020-01-01")
        )

        assert measured(milestone.project, day("2026-07-10")).signal is None

    def test_is_that_of_the_real_project(self, story):
        before, after = day("2023-06-01"), day("2023-06-27")

        assert measured(story, before).signal == "yellow"
        assert signal_reason(measured(story, before), before) == (
            "MP5 er 92 dager etter opprinnelig frist og ikke levert."
        )
        assert measured(story, after).signal == "red"
        assert signal_reason(measured(story, after), after) == (
            "MP5 er 118 dager etter opprinnelig frist og ikke levert."
        )


class TestReason:
    def reason(self, today, **milestone):
        made = MilestoneFactory(code="MP5", **milestone)
        return signal_reason(measured(made.project, day(today)), day(today))

    def test_names_what_is_overdue(self):
        assert self.reason("2026-07-05", original_due_on=day("2026-06-30")) == (
            "MP5 er 5 dager over fristen."
        )

    def test_speaks_of_one_day(self):
        assert self.reason("2026-07-01", original_due_on=day("2026-06-30")) == (
            "MP5 er 1 dag over fristen."
        )

    def test_says_that_all_is_well(self, project):
        assert signal_reason(measured(project, day("2026-07-01")), day("2026-07-01")) == (
            "Ingen leveranser er forsinket."
        )

    def test_does_not_say_so_of_what_was_moved(self):
        moved = {"original_due_on": day("2026-06-30"), "due_on": FAR_AHEAD}

        assert self.reason("2026-07-05", **moved) == "Ingen leveranser er forfalt."

    def test_counts_from_a_new_baseline_and_says_so(self, story, manager):
        milestone = story.milestones.get(code="MP5")
        set_baseline(
            project=story,
            milestones=[milestone],
            decision="Sak 12/23",
            decided_on=day("2023-06-01"),
            by=manager,
        )
        # What MP6 promises does not count here.
        story.milestones.exclude(code="MP5").update(is_delivered=True)

        found = measured(story, day("2023-09-02"))
        assert found.signal == "red"
        assert signal_reason(found, day("2023-09-02")) == (
            "MP5 er 93 dager etter fristen i ny grunnlinje og ikke levert."
        )
        assert measured(story, day("2023-09-01")).signal == "yellow"

    def test_takes_the_title_of_what_has_no_code(self):
        made = MilestoneFactory(title="Mandat", original_due_on=day("2026-06-30"))

        assert signal_reason(measured(made.project, day("2026-07-05")), day("2026-07-05")) == (
            "Mandat er 5 dager over fristen."
        )


class TestGap:
    @pytest.mark.parametrize(
        ("status", "signal", "expected"),
        [
            (Status.ON_TRACK, Signal.GREEN, False),
            (Status.ON_TRACK, Signal.YELLOW, True),
            (Status.ON_TRACK, Signal.RED, True),
            (Status.CHALLENGES, Signal.YELLOW, False),
            (Status.CHALLENGES, Signal.RED, True),
            (Status.MAJOR_CHALLENGES, Signal.RED, False),
            (Status.ON_TRACK, None, False),
        ],
    )
    def test_is_where_the_status_is_greener(self, status, signal, expected):
        assert is_greener(status, signal) is expected
