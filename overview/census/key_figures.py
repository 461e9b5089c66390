"""The key figures of the portfolio; only active projects count."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from overview.census.count import OVERDUE_MILESTONES, Census, key_in_text
from projects.addresses import overview_address
from projects.dimensions.lifecycle import LIFECYCLE_VALUES
from projects.dimensions.parts import NOT_REPORTED
from projects.dimensions.status import STATUS_VALUES
from projects.models import Lifecycle, Status

ACTIVE = LIFECYCLE_VALUES[Lifecycle.ACTIVE]


@dataclass(frozen=True)
class StatusFigure:
    """How many active projects have a status; `change` is None when there is nothing to compare."""

    status: Status
    count: int
    change: int | None

    @property
    def change_in_words(self) -> str:
        """The change with its sign, or that there is none."""
        if not self.change:
            return _("(unchanged)")
        sign = "+" if self.change > 0 else "\N{MINUS SIGN}"
        return f"({sign}{abs(self.change)})"

    @property
    def address(self) -> str:
        """The list behind it."""
        return overview_address(status=STATUS_VALUES[self.status], lifecycle=ACTIVE)


@dataclass(frozen=True)
class KeyFigures:
    """What stands above the list of projects; `total` alone counts those of every lifecycle."""

    total: int
    statuses: list[StatusFigure]
    without_report: int
    overdue_milestones: int
    overdue_projects: int

    @property
    def address_without_report(self) -> str:
        return overview_address(status=NOT_REPORTED, lifecycle=ACTIVE)

    @property
    def address_of_overdue(self) -> str:
        return overview_address(lifecycle=ACTIVE, overdue="ja")


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
