"""How the active projects are distributed: the pictures of the overview, their tables and sentences."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from overview.census.distribution import Counted
from overview.dimensions.options import Option
from overview.looks import distribution_words as words
from overview.looks.bars import RISKS, STATUSES, BarKind, Counts, StatusBar, make_bar
from projects.addresses import LIFECYCLE_VALUES, NOT_REPORTED, STATUS_VALUES
from projects.models import Lifecycle, RiskLevel, Status
from projects.models.owner import NONE

#: How many bars a picture has room for, and how many rows a table.
BARS, ROWS = 12, 40

#: Returns the address of the overview with its filters, and these in their place.
Address = Callable[..., str]
StatusCounts = Counter[str | None]


@dataclass(frozen=True)
class Note:
    """A remark on a picture, and the list that it is about."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class DistributionPicture:
    """Bars, and what they say in a sentence; the rows of the table may be more than the bars."""

    name: str
    title: str
    row_title: str
    kinds: list[BarKind]
    sentence: str
    rows: list[StatusBar]
    notes: list[Note] = field(default_factory=list)

    @property
    def bars(self) -> list[StatusBar]:
        return self.rows[:BARS]

    @property
    def table(self) -> list[StatusBar]:
        return self.rows[:ROWS]

    @property
    def kinds_shown(self) -> list[BarKind]:
        """The kinds that any of the bars has."""
        shown = {part.kind.key for bar in self.bars for part in bar.drawn}
        return [kind for kind in self.kinds if kind.key in shown]

    @property
    def left_out(self) -> int:
        """How many rows the table has no room for."""
        return len(self.rows[ROWS:])


@dataclass(frozen=True)
class Distribution:
    """The pictures; there are none when there is no active project."""

    total: int
    pictures: list[DistributionPicture]


def distribution(
    rows: list[Counted],
    *,
    options: Mapping[str, Iterable[Option]],
    address: Address,
    goals: Collection[str] = (),
) -> Distribution:
    """Draw what `count_distribution` says of active projects.

    `options` are the owners, segments and goals of the filters, by field and in their order; `goals`
    are the values of those goals that have been chosen. Others than the chosen ones can't be shown:
    no address asks for the projects that serve a chosen goal and another one too.
    """

    def to(**filters: list[str]) -> str:
        lifecycle = [LIFECYCLE_VALUES[Lifecycle.ACTIVE]]
        return address(way="", lifecycle=lifecycle, **filters)

    reported = [row for row in rows if row.by == "report"]
    if not reported:
        return Distribution(0, [])
    owners = _groups("owner", rows, options["owner"])
    owners.sort(key=lambda group: (group.is_none, -group.counts.total()))
    goals_shown = [
        group
        for group in _groups("goal", rows, options["goal"])
        if not goals or group.value in goals
    ]
    segments = _groups("segment", rows, options["segment"])
    several = Note(_("A project that serves several goals is counted under each of them."))
    pictures = [
        _now_and_before(reported, to),
        _by_group("owner", owners, to, title=_("Status by owner"), row_title=_("Owner")),
        _by_group(
            "goal",
            goals_shown,
            to,
            title=_("Status by strategic goal"),
            row_title=_("Strategic goal"),
            notes=[several],
        ),
        _by_group("segment", segments, to, title=_("Status by segment"), row_title=_("Segment")),
        _risk_by_status(reported, to),
    ]
    return Distribution(sum(row.project_count for row in reported), pictures)


def _now_and_before(rows: list[Counted], to: Address) -> DistributionPicture:
    """Compare like with like: only projects with two reports have a status before."""
    twice = [row for row in rows if row.previous_status]
    now, now_twice, before = _by_status(rows), _by_status(twice), StatusCounts()
    for row in twice:
        before[row.previous_status] += row.project_count
    total, compared = now.total(), before.total()
    with_two = {"previous_status": [STATUS_VALUES[each] for each in Status if before[each]]}

    bars = [_status_bar(_("Now"), now, {}, to, greatest=total)]
    notes = []
    if 0 < compared < total:
        label = _("Now, those with two reports")
        bars.append(_status_bar(label, now_twice, with_two, to, greatest=total))
        left_out = words.left_out(total - compared)
        notes.append(Note(left_out, to(previous_status=[NOT_REPORTED])))
    if compared:
        bars.append(
            make_bar(
                _("Previous report"),
                before,
                STATUSES,
                address=lambda value: to(previous_status=[value]),
                href=to(**with_two),
                greatest=total,
            )
        )
    sentence = f"{words.statuses(now)} {words.change(now_twice, before)}"
    title = _("Status now and at the previous report")
    return DistributionPicture("status", title, _("Time"), STATUSES, sentence, bars, notes)


@dataclass(frozen=True)
class DistributionRow:
    """The projects of one owner, goal or segment by status, or those that have none."""

    label: str
    value: str
    counts: StatusCounts

    @property
    def is_none(self) -> bool:
        return self.value == NONE


def _groups(by: str, rows: Iterable[Counted], options: Iterable[Option]) -> list[DistributionRow]:
    """Return the options that have projects; what has none of them is the last."""
    counts: dict[object, StatusCounts] = {}
    for row in rows:
        if row.by == by:
            counts.setdefault(row.pk, Counter())[row.status] += row.project_count
    return [
        DistributionRow(str(option.label), option.value, counts[pk])
        for option in options
        for pk in option.keys
        if pk in counts
    ]


def _by_group(
    name: str,
    groups: list[DistributionRow],
    to: Address,
    *,
    title: str,
    row_title: str,
    notes: Iterable[Note] = (),
) -> DistributionPicture:
    """Draw the projects of each group by status."""
    greatest = max((group.counts.total() for group in groups), default=0)
    bars = [
        _status_bar(group.label, group.counts, {name: [group.value]}, to, greatest=greatest)
        for group in groups
    ]
    named = [bar for bar, group in zip(bars, groups, strict=True) if not group.is_none]
    without = [bar for bar, group in zip(bars, groups, strict=True) if group.is_none]
    sentence = words.groups(named, without=without)
    others = [Note(words.others(bars[BARS:]))] if bars[BARS:] else []
    return DistributionPicture(name, title, row_title, STATUSES, sentence, bars, [*others, *notes])


def _risk_by_status(rows: list[Counted], to: Address) -> DistributionPicture:
    statuses = _by_status(rows)
    counts = {kind.key: StatusCounts() for kind in STATUSES}
    for row in rows:
        risk = None if row.risk_level == RiskLevel.NOT_REPORTED else row.risk_level
        counts[row.status][risk] += row.project_count
    greatest = max(statuses.values())
    bars = [
        _risk_bar(kind, counts[kind.key], to, greatest=greatest)
        for kind in STATUSES
        if statuses[kind.key]
    ]
    return DistributionPicture(
        "risk", _("Risk by status"), _("Status"), RISKS, words.risks(counts), bars
    )


def _risk_bar(status: BarKind, counts: Counts, to: Address, *, greatest: int) -> StatusBar:
    return make_bar(
        str(status.label),
        counts,
        RISKS,
        address=lambda value: to(status=[status.value], risk_level=[value]),
        href=to(status=[status.value]),
        greatest=greatest,
    )


def _status_bar(
    label: str,
    counts: StatusCounts,
    filters: dict[str, list[str]],
    to: Address,
    *,
    greatest: int,
) -> StatusBar:
    """Make a bar by status of the projects that these filters find."""
    return make_bar(
        label,
        counts,
        STATUSES,
        address=lambda value: to(status=[value], **filters),
        href=to(**filters),
        greatest=greatest,
    )


def _by_status(rows: Iterable[Counted]) -> StatusCounts:
    counts = StatusCounts()
    for row in rows:
        counts[row.status] += row.project_count
    return counts
