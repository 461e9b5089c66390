"""The axis of the timeline: which periods it shows, how an address names them, and where a day lies.

A period is known by its number, counted from the year 0 of its scale, so that no arithmetic
leaves the calendar. All periods are equally wide.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: The periods that are shown of quarters and half-years, and how many of them are before today's.
SHOWN, BEFORE = 8, 3
FEWEST_YEARS, MOST_YEARS = 3, 20
#: More years than this have no room for a label each.
MOST_LABELS = 10

_PERIOD = re.compile(r"(?!0000)(\d{4})(?:-(?:H([12])|K([1-4])))?", re.IGNORECASE | re.ASCII)


class Scale(models.TextChoices):
    """How long a period is; the values stand in addresses."""

    QUARTER = "kvartal", gettext_lazy("Quarter")
    HALF_YEAR = "halvar", gettext_lazy("Half-year")
    YEAR = "ar", gettext_lazy("Year")

    @property
    def months(self) -> int:
        return {Scale.QUARTER: 3, Scale.HALF_YEAR: 6, Scale.YEAR: 12}[self]

    def number_of(self, day: datetime.date) -> int:
        """Return the number of the period that a day lies in."""
        return (day.year * 12 + day.month - 1) // self.months

    def year_and_part(self, number: int) -> tuple[int, int]:
        """Return the year of a period, and which quarter or half-year of it, counted from one."""
        year, month = divmod(number * self.months, 12)
        return year, month // self.months + 1

    def value_of(self, number: int) -> str:
        """Name a period as addresses do: 2026-K3, 2026-H2 or 2026."""
        year, part = self.year_and_part(number)
        letter = {Scale.QUARTER: f"-K{part}", Scale.HALF_YEAR: f"-H{part}", Scale.YEAR: ""}[self]
        return f"{year:04}{letter}"

    def words_for(self, number: int) -> str:
        """Name a period as people do."""
        year, part = self.year_and_part(number)
        words = {
            Scale.QUARTER: _("quarter %(part)s of %(year)s"),
            Scale.HALF_YEAR: _("half %(part)s of %(year)s"),
            Scale.YEAR: "%(year)s",
        }[self]
        return words % {"part": part, "year": year}


def read_period(text: str) -> datetime.date | None:
    """Return the first day of a period that an address names, on whatever scale; None for nonsense.

    On another scale it is the period which that day lies in, so that a change of the scale stays
    at the same time.
    """
    match = _PERIOD.fullmatch(text.strip())
    if not match:
        return None
    year, half, quarter = match.groups()
    month = 6 * int(half) - 5 if half else 3 * int(quarter or 1) - 2
    return datetime.date(int(year), month, 1)


@dataclass(frozen=True)
class Tick:
    """Where a period begins and what stands above it; `x` and `middle` are parts of the width."""

    x: str
    middle: str
    label: str
    short: str
    #: The year, where the first of its periods begins.
    year: str


@dataclass(frozen=True)
class Axis:
    """The periods that are shown."""

    scale: Scale
    first: int
    count: int
    today: datetime.date

    def place(self, day: datetime.date) -> float:
        """Where a day lies, in per cent of the width: from 0 to 100 when it is shown."""
        months = (day.month - 1) % self.scale.months + (day.day - 1) / 31
        number = self.scale.number_of(day) - self.first + months / self.scale.months
        return number / self.count * 100

    @property
    def last(self) -> int:
        return self.first + self.count - 1

    @property
    def words(self) -> str:
        """From when till when."""
        first, last = self.scale.words_for(self.first), self.scale.words_for(self.last)
        return _("%(first)s to %(last)s") % {"first": first, "last": last}

    @cached_property
    def today_x(self) -> str:
        """Where the line of today is drawn; empty when it lies outside."""
        place = self.place(self.today)
        return percent(place) if 0 <= place < 100 else ""

    @property
    def today_anchor(self) -> str:
        """On which side of the line there is room for words."""
        place = self.place(self.today)
        return "start" if place < 12 else "end" if place > 88 else "middle"

    @property
    def today_label(self) -> str:
        return date_format(self.today)

    @cached_property
    def ticks(self) -> list[Tick]:
        """The periods from left to right; of very many years only some."""
        step = -(-self.count // MOST_LABELS) if self.scale == Scale.YEAR else 1
        return [self._tick(number) for number in range(self.first, self.last + 1, step)]

    def _tick(self, number: int) -> Tick:
        year, part = self.scale.year_and_part(number)
        width = 100 / self.count
        x = (number - self.first) * width
        label, short = {
            Scale.QUARTER: (_("Quarter %(part)s"), _("Q%(part)s")),
            Scale.HALF_YEAR: (_("Half %(part)s"), _("H%(part)s")),
            Scale.YEAR: ("", ""),
        }[self.scale]
        begins = part == 1 or number == self.first
        names = {"part": part}
        return Tick(
            percent(x),
            percent(x + width / 2),
            label % names,
            short % names,
            str(year) if begins else "",
        )


def choose_axis(
    scale: Scale,
    days: Sequence[datetime.date],
    *,
    today: datetime.date,
    start: datetime.date | None,
) -> Axis:
    """Choose the periods: some around today or from `start` on; of years all that the days need."""
    now = scale.number_of(today)
    if scale != Scale.YEAR:
        return Axis(scale, scale.number_of(start) if start else now - BEFORE, SHOWN, today)

    years = [scale.number_of(day) for day in days]
    first, last = min([*years, now]), max([*years, now])
    if start:
        first = scale.number_of(start)
    elif last - first >= MOST_YEARS:
        # Some day is far away, perhaps by mistake: stay around today.
        first = max(first, now - MOST_YEARS // 2)
    return Axis(scale, first, min(max(last - first + 1, FEWEST_YEARS), MOST_YEARS), today)


def percent(place: float) -> str:
    return f"{place:.1f}%"
