"""The picture beside the matrix: bars then and now, and what flows between them.

Everything is in the units of the picture; the template draws it, and the stylesheet colours it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from history.between.changes import Changes
from history.between.states import StatusPlace

WIDTH, HEIGHT = 320, 260
TOP, GAP, SMALLEST = 28, 8, 16
BAR = 22
LEFT, RIGHT = 72, WIDTH - 72


@dataclass(frozen=True)
class DayBar:
    """The projects of one status on one of the days."""

    place: StatusPlace
    count: int
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2, 1)

    @property
    def shape_y(self) -> float:
        """Where the shape begins, which is 12 high."""
        return round(self.middle - 6, 1)


@dataclass(frozen=True)
class Flow:
    """The projects that went from one status to another, or stayed; `path` is an SVG path."""

    then: StatusPlace
    now: StatusPlace
    count: int
    path: str


@dataclass(frozen=True)
class FlowPicture:
    """The bars and the flows; the flows that cross come last, on top of those that stay."""

    then: list[DayBar]
    now: list[DayBar]
    flows: list[Flow]


def draw(changes: Changes) -> FlowPicture:
    """Draw the projects that are counted on at least one of the days."""
    counts = {
        pair: len(projects)
        for pair, projects in changes.cells.items()
        if pair != (StatusPlace.NOT_COUNTED, StatusPlace.NOT_COUNTED)
    }
    then = _stack(
        (sum(counts.get((each, o), 0) for o in StatusPlace) for each in StatusPlace), LEFT - BAR
    )
    now = _stack(
        (sum(counts.get((o, each), 0) for o in StatusPlace) for each in StatusPlace), RIGHT
    )
    return FlowPicture(then, now, _flows(counts, then, now))


def _stack(counts: Iterable[int], x: float) -> list[DayBar]:
    """Stack the statuses; each is as high as its share, but never too low for its number."""
    present = [(place, count) for place, count in zip(StatusPlace, counts, strict=True) if count]
    room = HEIGHT - TOP - GAP * (len(present) - 1)
    low = {
        place for place, count in present if count * room < SMALLEST * sum(c for _, c in present)
    }
    rest = sum(count for place, count in present if place not in low)
    unit = (room - SMALLEST * len(low)) / rest if rest else 0.0
    bars, y = [], float(TOP)
    for place, count in present:
        height = SMALLEST if place in low else count * unit
        bars.append(DayBar(place, count, x, round(y, 1), round(height, 1)))
        y += height + GAP
    return bars


def _flows(
    counts: dict[tuple[StatusPlace, StatusPlace], int], then: list[DayBar], now: list[DayBar]
) -> list[Flow]:
    flows = []
    leaving = {bar.place: bar.y for bar in then}
    coming = {bar.place: bar.y for bar in now}
    for start in then:
        for end in now:
            count = counts.get((start.place, end.place), 0)
            if not count:
                continue
            out, into = start.height * count / start.count, end.height * count / end.count
            path = _ribbon(leaving[start.place], out, coming[end.place], into)
            leaving[start.place] += out
            coming[end.place] += into
            flows.append(Flow(start.place, end.place, count, path))
    return sorted(flows, key=lambda flow: flow.then != flow.now)


def _ribbon(y1: float, height1: float, y2: float, height2: float) -> str:
    """Return the outline of a band that goes softly from one bar to the other."""
    middle = (LEFT + RIGHT) / 2
    return (
        f"M{LEFT} {y1:.1f}C{middle:g} {y1:.1f} {middle:g} {y2:.1f} {RIGHT} {y2:.1f}"
        f"V{y2 + height2:.1f}C{middle:g} {y2 + height2:.1f} {middle:g} {y1 + height1:.1f} "
        f"{LEFT} {y1 + height1:.1f}Z"
    )
