"""The rows of the timeline: a project each, with its milestones in lanes."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from overview.looks.timeline.axis import Axis, percent
from overview.looks.timeline.items import Item
from projects.models import Project

#: The height of a lane: the least that is easily hit.
LANE = 24
MOST_LANES = 12
#: What a marker keeps free on either side: together 24 pixels of the narrowest picture, 356 wide.
ROOM = 3.4
#: A line shorter than this lies under its marker, so that there is nothing to see.
COVERED = 1.4
#: The picture when codes stand in it is at least this wide; how wide they are, and the longest.
WIDE, BEFORE_CODE, LETTER, LONGEST_CODE = 690, 16, 7.5, 7


class MilestoneMarker(NamedTuple):
    """A milestone in the picture."""

    item: Item
    shape: str
    x: str
    y: str
    #: From where a line leads to it, and whether that is a date in the picture.
    line_x: str
    was_shown: bool
    code: str
    #: Whether it stands to the left, because the line comes from the right.
    code_first: bool


@dataclass
class TimelineRow:
    """A project: all its milestones, and those of them that are drawn."""

    project: Project
    page: str
    #: The words above it when a group begins here.
    heading: str
    items: list[Item]
    markers: list[MilestoneMarker] = field(default_factory=list)
    height: int = LANE
    earlier: int = 0
    later: int = 0
    crowded_out: int = 0

    @property
    def undated(self) -> list[Item]:
        return [item for item in self.items if item.on is None]

    @property
    def notes(self) -> list[str]:
        """What is not drawn."""
        if not self.items:
            return [_("No deliveries")]
        delivered = sum(item.is_delivered for item in self.undated)
        told = [
            (self.earlier, _("%(count)s earlier")),
            (self.later, _("%(count)s later")),
            (len(self.undated) - delivered, _("%(count)s without a due date")),
            (delivered, _("%(count)s delivered without a date")),
            (self.crowded_out, _("%(count)s more without room here")),
        ]
        return [words % {"count": count} for count, words in told if count]


def draw(row: TimelineRow, axis: Axis) -> None:
    """Put the milestones into lanes, so that no marker, line or code covers another."""
    spots = []
    for item in row.items:
        if item.on is None:
            continue
        place = axis.place(item.on)
        if place < 0:
            row.earlier += 1
        elif place >= 100:
            row.later += 1
        else:
            spots.append(_spot(item, place, axis))

    ends: list[float] = []
    drawn = []
    for spot in sorted(spots, key=lambda each: each.begins):
        lane = next((lane for lane, end in enumerate(ends) if end <= spot.begins), len(ends))
        if lane == MOST_LANES:
            row.crowded_out += 1
            continue
        ends[lane : lane + 1] = [spot.ends]
        drawn.append((spot.place, lane, spot))

    row.height = LANE * max(len(ends), 1)
    row.markers = [
        MilestoneMarker(
            spot.item,
            str(spot.item.state.value),
            percent(spot.place),
            str(LANE * lane + LANE // 2),
            line_x=percent(spot.was) if spot.was is not None else "",
            was_shown=spot.was_shown,
            code=spot.code,
            code_first=spot.code_first,
        )
        for _place, lane, spot in sorted(drawn, key=lambda each: each[:2])
    ]


class Spot(NamedTuple):
    """Where a milestone lies, where a line to it begins, and all that they need, in per cent."""

    item: Item
    place: float
    was: float | None
    was_shown: bool
    code: str
    code_first: bool
    begins: float
    ends: float


def _spot(item: Item, place: float, axis: Axis) -> Spot:
    unclipped = axis.place(item.was_on) if item.was_on else place
    was = min(max(unclipped, 0.0), 100.0)
    code_first = was - place >= COVERED
    code = item.code if len(item.code) <= LONGEST_CODE else ""
    room = max(ROOM, (BEFORE_CODE + LETTER * len(code)) / WIDE * 100 + 1.3 - ROOM) if code else ROOM
    if code_first and place < room:
        # It would stand outside.
        code, room = "", ROOM
    return Spot(
        item,
        place,
        was if abs(was - place) >= COVERED else None,
        0 <= unclipped <= 100,
        code,
        code_first,
        begins=min(place - (room if code_first else ROOM), was - ROOM),
        ends=max(place + (ROOM if code_first else room), was + ROOM),
    )
