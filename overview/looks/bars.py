"""Bars of projects by status or by risk, which the pictures of the overview are made of.

Places and widths are in per cent of the room, so that a bar can be as wide as the page has room for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format

from projects.dimensions.parts import NOT_REPORTED, Dimension, Option
from projects.dimensions.risk_level import RISK_LEVEL
from projects.dimensions.status import STATUS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What a part of a bar is at least, so that it can be seen and met.
SMALLEST = 1.5

#: How many projects there are for each status or risk level; None is for those not reported.
Counts = Mapping[str | None, int]
#: Returns the address of the projects of one kind, given its value in addresses.
AddressOf = Callable[[str], str]


@dataclass(frozen=True)
class BarKind:
    """A status or a risk level, as the choice of the filter has it; its key is its name for the style sheet."""

    key: str | None
    option: Option
    is_risk: bool = False

    @property
    def value(self) -> str:
        return self.option.value

    @property
    def label(self) -> "StrOrPromise":
        return self.option.label

    @property
    def name(self) -> str:
        return self.key or "not_reported"

    def count_in_words(self, count: int) -> str:
        return str(self.option.counted) % {"count": number_format(count)}


def _kinds(dimension: Dimension, *, is_risk: bool = False) -> list[BarKind]:
    options = dimension.choices.options if dimension.choices else ()
    return [
        BarKind(None if each.value == NOT_REPORTED else str(each.keys[0]), each, is_risk=is_risk)
        for each in options
    ]


STATUSES = _kinds(STATUS)
RISKS = _kinds(RISK_LEVEL, is_risk=True)


@dataclass(frozen=True)
class Part:
    """The projects of one kind in a bar; `href` is empty when nothing leads to them."""

    kind: BarKind
    count: int
    href: str
    start: float
    length: float

    @property
    def words(self) -> str:
        """Say how many they are: “4 with some challenges”."""
        return self.kind.count_in_words(self.count)

    # Text, because a number would get a decimal comma.
    @property
    def x(self) -> str:
        return f"{self.start:.1f}%"

    @property
    def width(self) -> str:
        return f"{self.length:.1f}%"


@dataclass(frozen=True)
class StatusBar:
    """A bar and its figures; there is a part for each kind, also where it counts none."""

    label: str
    href: str
    parts: list[Part]

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def is_linked(self) -> bool:
        """Whether the parts lead to their lists."""
        return any(part.href for part in self.parts)

    @property
    def drawn(self) -> list[Part]:
        """The parts that can be seen."""
        return [part for part in self.parts if part.count]


def status_bar(label: str, counts: Counts, *, address: AddressOf | None = None) -> StatusBar:
    """Make a bar by status that fills its room."""
    return make_bar(label, counts, STATUSES, address=address)


def make_bar(
    label: str,
    counts: Counts,
    kinds: Sequence[BarKind],
    *,
    address: AddressOf | None = None,
    href: str = "",
    greatest: int = 0,
) -> StatusBar:
    """Make a bar that is as long as its share of the `greatest` total; without one it fills its room."""
    numbers = [counts.get(kind.key, 0) for kind in kinds]
    lengths = _lengths(numbers, greatest or sum(numbers))
    parts, start = [], 0.0
    for kind, count, length in zip(kinds, numbers, lengths, strict=True):
        to = address(kind.value) if address and count else ""
        parts.append(Part(kind, count, to, start, length))
        start += length
    return StatusBar(label, href, parts)


def _lengths(numbers: Iterable[int], greatest: int) -> list[float]:
    """Give each number its length in per cent; the small ones are no shorter than can be seen."""
    numbers = list(numbers)
    if not greatest:
        return [0.0 for _number in numbers]
    wanted = [100 * number / greatest for number in numbers]
    room = sum(length for length in wanted if length >= SMALLEST)
    small = sum(1 for length in wanted if 0 < length < SMALLEST)
    # What the small ones take beyond their share, the others give.
    taken = small * SMALLEST - sum(length for length in wanted if length < SMALLEST)
    share = (room - taken) / room if room > taken else 1.0
    return [
        length * share if length >= SMALLEST else SMALLEST if length else 0.0 for length in wanted
    ]
