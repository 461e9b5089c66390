"""Reads the portfolio as it stood on two days, and what happened to milestones between."""

import datetime
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from fkj_portfolio.history import as_of, end_of
from milestones.models import Cause, DateMove, Milestone
from projects.as_of import address_on
from projects.models import Project, StatusReport
from reporting.states import MilestoneState, Move, ProjectState, Snapshot

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class Period:
    """Two days, compared as each of them ended; `today` is when somebody asks."""

    start: datetime.date
    end: datetime.date
    today: datetime.date

    def touched(self, tracked: type[models.Model]) -> Any:
        """Select the ids of what has a change that became true in the period."""
        return (
            _events(tracked)
            .filter(pgh_true_from__gte=end_of(self.start), pgh_true_from__lt=end_of(self.end))
            .values("id")
        )

    def as_of(self, day: datetime.date) -> AbstractContextManager[None]:
        """Read a day; the present needs no looking back."""
        return nullcontext() if day == self.today else as_of(day)


@dataclass(frozen=True)
class Reading:
    """What was read of the two days.

    `still_there` are the projects of the first day that exist on the last, read or not.
    """

    then: Snapshot
    now: Snapshot
    still_there: frozenset[int]
    moves: list[Move]


def read(period: Period, *, user: "User | AnonymousUser") -> Reading:
    """Read what a person may see of both days; readers see what was public on the day itself."""
    with period.as_of(period.start):
        then = _read_day(period.start, period, user=user)
    with period.as_of(period.end):
        now = _read_day(period.end, period, user=user)
        known = Project.objects.filter(pk__in=list(then.projects)).values_list("pk", flat=True)
        return Reading(then, now, frozenset(known), _read_moves(period, now.projects))


def _read_day(day: datetime.date, period: Period, *, user: "User | AnonymousUser") -> Snapshot:
    projects = _read_projects(user, as_of=None if day == period.today else day)
    return Snapshot(day, projects, _read_milestones(period, projects))


def _read_projects(
    user: "User | AnonymousUser", *, as_of: datetime.date | None
) -> dict[int, ProjectState]:
    newest_first = StatusReport.objects.filter(project=OuterRef("pk")).newest_first()
    rows = (
        Project.objects.visible_to(user)
        .in_order()
        .with_latest_report()
        .annotate(newest=Subquery(newest_first.values("pk")[:1]))
        .values_list(
            "pk", "title", "slug", "lifecycle", "is_published", "is_example", "status", "newest"
        )
    )
    return {row[0]: ProjectState(*row, address_on(_address(row[2]), as_of)) for row in rows}


def _events(tracked: type[models.Model]) -> Any:
    return tracked.pgh_event_model.objects  # type: ignore[attr-defined]


def _address(slug: str) -> str:
    return reverse("projects:project_detail", args=[slug])


def _read_milestones(period: Period, projects: Iterable[int]) -> dict[int, MilestoneState]:
    rows = (
        Milestone.objects.filter(pk__in=period.touched(Milestone), project__in=list(projects))
        .annotate(baseline=Coalesce("new_baseline_on", "original_due_on"))
        .values_list(
            "pk", "project", "code", "title", "position", "baseline", "due_on",
            "is_delivered", "delivered_on", "is_obsolete", "obsolete_on", "obsolete_reason",
        )
    )  # fmt: skip
    return {row[0]: MilestoneState(*row) for row in rows}


def _read_moves(period: Period, projects: Iterable[int]) -> list[Move]:
    """Read the moves that became true in the period, as they are known at its end."""
    rows = (
        DateMove.objects.filter(
            pk__in=period.touched(DateMove), milestone__project__in=list(projects)
        )
        .order_by("moved_at", "pk")
        .values_list("milestone", "from_date", "to_date", "cause", "reason", "moved_at")
    )
    causes = {cause.value: str(cause.label) for cause in Cause} | {"": ""}
    return [Move(*row[:3], causes[row[3]], *row[4:]) for row in rows]
