"""The key figures of the portfolio; only active projects count."""

import datetime
from dataclasses import dataclass
from typing import Any

from projects.models.lifecycle import Lifecycle
from projects.models.project_queryset import ProjectQuerySet
from projects.models.status_report import Status


@dataclass(frozen=True)
class StatusFigure:
    """How many active projects have a status; `change` is None when there is nothing to compare."""

    status: Status
    count: int
    change: int | None


@dataclass(frozen=True)
class KeyFigures:
    """What stands above the list of projects; `total` alone counts those of every lifecycle."""

    total: int
    statuses: list[StatusFigure]
    without_report: int
    overdue_milestones: int
    overdue_projects: int


def key_figures(projects: ProjectQuerySet, *, today: datetime.date) -> KeyFigures:
    """Count the projects, which come `for_overview`, in one query.

    The change compares like with like: of the projects that have two reports, how
    many have the status now, less how many had it in the report before.
    """
    rows = projects.count_by_status(today=today)
    active = [row for row in rows if row["lifecycle"] == Lifecycle.ACTIVE]
    twice = [row for row in active if row["previous_status"]]

    def figure(status: Status) -> StatusFigure:
        now, before = _count(twice, "status", status), _count(twice, "previous_status", status)
        change = now - before if twice else None
        return StatusFigure(status, _count(active, "status", status), change)

    return KeyFigures(
        total=sum(row["count"] for row in rows),
        statuses=[figure(status) for status in Status],
        without_report=_count(active, "status", None),
        overdue_milestones=rows[0]["overdue"] if rows else 0,
        overdue_projects=_count(active, "is_overdue", True),
    )


def _count(rows: list[dict[str, Any]], field: str, value: str | bool | None) -> int:
    return sum(row["count"] for row in rows if row[field] == value)
