"""The timeline of the overview: the milestones of some projects on an axis.

Across, the picture is in parts of its width, so that it fits every screen without shrinking a
shape; down, it is in pixels. The template draws it, and the stylesheet colours it.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from overview.looks.timeline.axis import Axis, Scale, choose_axis
from overview.looks.timeline.items import Reader, Standing
from overview.looks.timeline.rows import TimelineRow, draw
from projects.as_of import address_on
from projects.models import Project

Address = Callable[..., str]


@dataclass(frozen=True)
class AxisStep:
    """What lies outside on one side: how many, and the address that shows the nearest of them."""

    count: int
    href: str


@dataclass(frozen=True)
class Figure:
    """A figure of the sentence, and the address of the list behind it, when there is one."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Timeline:
    """The picture, and what is said of it."""

    axis: Axis
    rows: list[TimelineRow]
    counts: Counter[Standing]
    address: Address
    #: Whether an address chose the periods.
    is_moved: bool
    shows_table: bool

    @property
    def scales(self) -> list[tuple[Scale, str]]:
        """Each scale with its address, which stays at the same time; by year it shows all."""
        here = self.axis.scale.value_of(self.axis.first) if self.is_moved else ""
        starts = {each: "" if each == Scale.YEAR else here for each in Scale}
        return [(each, self.address(scale=_value(each), start=starts[each])) for each in Scale]

    @property
    def states(self) -> list[tuple[Standing, int]]:
        """The legend: each state and how many there are; the rarest only when there are any."""
        return [
            (each, self.counts[each])
            for each in Standing
            if each != Standing.NOT_NEEDED or self.counts[each]
        ]

    @property
    def has_moved(self) -> bool:
        """Whether a line leads to any marker."""
        return any(marker.line_x for row in self.rows for marker in row.markers)

    @property
    def undated(self) -> int:
        return sum(len(row.undated) for row in self.rows)

    @property
    def earlier(self) -> AxisStep:
        days = self._days(lambda place: place < 0)
        first = self.axis.first - self.axis.count // 2
        if days:
            first = min(first, self.axis.scale.number_of(max(days)))
        return self._step(len(days), first)

    @property
    def later(self) -> AxisStep:
        days = self._days(lambda place: place >= 100)
        first = self.axis.first + self.axis.count // 2
        if days:
            first = max(first, self.axis.scale.number_of(min(days)) - self.axis.count + 1)
        return self._step(len(days), first)

    @property
    def address_of_today(self) -> str:
        """The periods around today; empty when they are shown."""
        return self.address(start="") if self.is_moved else ""

    @property
    def address_of_table(self) -> str:
        """The same with the table, or without it when it is shown."""
        return self.address(table="" if self.shows_table else "ja")

    @property
    def opening(self) -> str:
        """The sentence as far as the figures."""
        total = sum(self.counts[each] for each in Standing if each != Standing.OBSOLETE)
        deliveries = ngettext("%(count)s delivery", "%(count)s deliveries", total)
        words = ngettext(
            "%(count)s project on this page has %(deliveries)s",
            "%(count)s projects on this page have %(deliveries)s",
            len(self.rows),
        )
        return words % {"count": len(self.rows), "deliveries": deliveries % {"count": total}}

    @property
    def figures(self) -> list[Figure]:
        """What the deliveries of the sentence fall into; those made obsolete are not among them."""
        delivered = self.counts[Standing.DELIVERED] + self.counts[Standing.NOT_NEEDED]
        overdue, is_open = self.counts[Standing.OVERDUE], self.counts[Standing.OPEN]
        href = self.address(overdue="ja", page="") if overdue else ""
        return [
            Figure(_("%(count)s delivered") % {"count": delivered}),
            Figure(_("%(count)s overdue") % {"count": overdue}, href),
            Figure(_("%(count)s not delivered yet") % {"count": is_open}),
        ]

    def _days(self, is_outside: Callable[[float], bool]) -> list[datetime.date]:
        return [
            item.on
            for row in self.rows
            for item in row.items
            if item.on and is_outside(self.axis.place(item.on))
        ]

    def _step(self, count: int, first: int) -> AxisStep:
        return AxisStep(count, self.address(start=self.axis.scale.value_of(first)))


def timeline(
    projects: Iterable[Project],
    *,
    today: datetime.date,
    scale: Scale = Scale.QUARTER,
    start: datetime.date | None = None,
    address: Address,
    as_of: datetime.date | None = None,
    heading: Callable[[Project], str] = lambda project: "",
    shows_table: bool = False,
) -> Timeline:
    """Draw the milestones of projects that come `with_timeline_milestones`, in their order.

    `address` makes the overview's address with another `scale`, `start`, `table`, `overdue` or
    `page`; `heading` names the group of a project, if there are groups. The table is shown only
    when asked for, because it is as large as the picture.
    """
    reader = Reader(today=today)
    rows: list[TimelineRow] = []
    above = ""
    for project in projects:
        page = address_on(project.get_absolute_url(), as_of)
        items = [reader.read(each, page) for each in project.timeline_milestones]
        words = heading(project)
        rows.append(TimelineRow(project, page, words if words != above else "", items))
        above = words

    days = [day for row in rows for item in row.items for day in (item.on, item.was_on) if day]
    axis = choose_axis(Scale(scale), days, today=today, start=start)
    for row in rows:
        draw(row, axis)
    counts = Counter(item.state for row in rows for item in row.items)
    return Timeline(
        axis, rows, counts, address, is_moved=start is not None, shows_table=shows_table
    )


def _value(scale: Scale) -> str:
    """The scale in an address, which need not say the usual one."""
    return "" if scale == Scale.QUARTER else str(scale.value)
