"""Reads the portfolio as it stood on two days, and what happened to milestones between."""

import datetime
from collections.abc import Container
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, OuterRef, Subquery, When

from fkj_portfolio.history import as_of, end_of
from history.between.states import MilestoneState, Move, ProjectState, Snapshot, StatusPlace
from milestones.models import DateMove, Milestone
from projects.models import Lifecycle, Project

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class Period:
    """Two days, compared as each of them ended; `today` is when somebody asks."""

    start: datetime.date
    end: datetime.date
    today: datetime.date

    def within(self, events: Any) -> Any:
        """Select the events that became true in the period."""
        return events.filter(
            pgh_true_from__gte=end_of(self.start), pgh_true_from__lt=end_of(self.end)
        )

    def as_of(self, day: datetime.date) -> AbstractContextManager[None]:
        """Read a day; the present needs no looking back."""
        return nullcontext() if day == self.today else as_of(day)


@dataclass(frozen=True)
class Reading:
    """What was read of the two days.

    `there` are all projects that exist on the last day, whether or not this person may read them.
    """

    then: Snapshot
    now: Snapshot
    there: frozenset[int]
    moves: list[Move]


def read(period: Period, *, user: "User | AnonymousUser") -> Reading:
    """Read what a person may see of both days; readers see what was public on the day itself."""
    with period.as_of(period.start):
        then = _read_day(period.start, period, user=user)
    with period.as_of(period.end):
        now = _read_day(period.end, period, user=user)
        there = frozenset(Project.objects.values_list("pk", flat=True))
        return Reading(then, now, there, _read_moves(period))


def _read_day(day: datetime.date, period: Period, *, user: "User | AnonymousUser") -> Snapshot:
    projects = _read_projects(user, as_of=None if day == period.today else day)
    return Snapshot(day, projects, _read_milestones(period, projects))


def _read_projects(
    user: "User | AnonymousUser", *, as_of: datetime.date | None
) -> dict[int, ProjectState]:
    rows: Any = (
        Project.objects.visible_to(user)
        .in_order()
        .with_latest_report()
        # The stubs do not see the annotations of a method.
        .values_list(  # type: ignore[misc]
            "pk", "title", "slug", "lifecycle", "is_published", "is_example", "status", "report_pk"
        )
    )
    return {
        row[0]: ProjectState._make([*row[:6], _place(row[3], row[6]), row[7], as_of])
        for row in rows
    }


def _place(lifecycle: str, status: str | None) -> StatusPlace:
    if lifecycle != Lifecycle.ACTIVE:
        return StatusPlace.NOT_COUNTED
    return StatusPlace(status) if status else StatusPlace.NOT_REPORTED


def _read_milestones(period: Period, projects: Container[int]) -> dict[int, MilestoneState]:
    """Read the milestones of some projects that were touched in the period."""
    events = period.within(_events(Milestone))
    delivered = events.filter(
        id=OuterRef("pk"), is_delivered=True, delivered_on=OuterRef("delivered_on")
    )
    recorded_at = Subquery(delivered.order_by("pgh_true_from").values("pgh_true_from")[:1])
    rows = (
        Milestone.objects.filter(pk__in=events.values("id"))
        .annotate(recorded_at=Case(When(delivered_on__lte=period.start, then=recorded_at)))
        .values_list(
            "pk", "project", "code", "title", "position", "original_due_on", "new_baseline_on",
            "due_on", "is_delivered", "delivered_on", "is_obsolete", "obsolete_on",
            "obsolete_reason", "recorded_at",
        )
    )  # fmt: skip
    return {row[0]: MilestoneState(*row) for row in rows if row[1] in projects}


def _read_moves(period: Period) -> list[Move]:
    """Read the moves that became true in the period, less those that were deleted in it.

    From the events, for a move never changes.
    """
    events = _events(DateMove)
    deleted = events.filter(pgh_label="delete", pgh_true_from__lt=end_of(period.end))
    moves = period.within(events).filter(pgh_label="insert").exclude(id__in=deleted.values("id"))
    fields = ("milestone", "from_date", "to_date", "cause", "reason", "moved_at")
    return [Move(*row) for row in moves.order_by("moved_at", "id").values_list(*fields)]


def _events(tracked: type[models.Model]) -> Any:
    return tracked.pgh_event_model.objects  # type: ignore[attr-defined]
