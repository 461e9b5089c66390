"""The key figures of the portfolio; only active projects count."""

from dataclasses import dataclass

from overview.census.count import OVERDUE_MILESTONES, Census, key_in_text
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


def key_figures(census: Census) -> KeyFigures:
    """Take the key figures from a count of all that a person sees.

    The change compares like with like: of the projects that have two reports, how
    many have the status now, less how many had it in the report before.
    """
    active = [row for row in census.by("previous_status") if row.is_active]
    twice = [row for row in active if row.key]

    def figure(status: Status) -> StatusFigure:
        now = sum(row.found for row in twice if row.status == status)
        before = sum(row.found for row in twice if row.key == status)
        count = sum(row.found for row in active if row.status == status)
        return StatusFigure(status, count, now - before if twice else None)

    return KeyFigures(
        total=census.found,
        statuses=[figure(status) for status in Status],
        without_report=sum(row.found for row in active if row.status is None),
        overdue_milestones=sum(row.found for row in census.by(OVERDUE_MILESTONES) if row.is_active),
        overdue_projects=sum(
            row.found
            for row in census.by("overdue")
            if row.is_active and row.key == key_in_text(True)
        ),
    )
