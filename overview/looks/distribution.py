"""How the active projects are distributed: the pictures of the overview, their tables and sentences."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from overview.census.count import Census, Counted, key_in_text
from overview.looks import distribution_words as words
from overview.looks.bars import RISKS, STATUSES, BarKind, Counts, StatusBar, make_bar
from overview.state import State
from projects.dimensions import PICTURES
from projects.dimensions.lifecycle import LIFECYCLE_VALUES
from projects.dimensions.parts import NOT_REPORTED, Dimension, Option
from projects.dimensions.status import STATUS_VALUES
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


def distribution(census: Census, state: State) -> Distribution:
    """Draw the active projects that the filters find.

    Of goals only the chosen ones are shown, when there are any: no address asks for the projects that
    serve a chosen goal and another one too.
    """

    def to(**filters: list[str]) -> str:
        lifecycle = [LIFECYCLE_VALUES[Lifecycle.ACTIVE]]
        return state.address(way="", lifecycle=lifecycle, **filters)

    reported = [row for row in census.by("previous_status") if row.is_active and row.found]
    if not reported:
        return Distribution(0, [])
    return Distribution(
        sum(row.found for row in reported),
        [
            _now_and_before(reported, to),
            *(_by_choice(each, census, state, to) for each in PICTURES),
            _risk_by_status(census, to),
        ],
    )


def _now_and_before(rows: list[Counted], to: Address) -> DistributionPicture:
    """Compare like with like: only projects with two reports have a status before."""
    twice = [row for row in rows if row.key]
    now, now_twice, before = _by_status(rows), _by_status(twice), StatusCounts()
    for row in twice:
        before[row.key] += row.found
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


def _rows(
    dimension: Dimension, census: Census, options: Iterable[Option]
) -> Iterator[DistributionRow]:
    """The options that have projects; what has none of them is the last."""
    counts: dict[str | None, StatusCounts] = defaultdict(Counter)
    for row in (*census.by(dimension.name), *census.besides(dimension.name)):
        if row.is_active and row.found:
            counts[row.key][row.status] += row.found
    for option in options:
        for key in map(key_in_text, option.keys):
            if key in counts:
                yield DistributionRow(str(option.label), option.value, counts[key])


def _by_choice(
    dimension: Dimension, census: Census, state: State, to: Address
) -> DistributionPicture:
    """Draw the projects of each choice of a filter by status."""
    name, picture = dimension.name, dimension.picture
    assert picture
    rows = list(_rows(dimension, census, state.offers[name].values()))
    if picture.counts_several and (chosen := state.values.get(name)):
        rows = [row for row in rows if row.value in chosen]
    if picture.longest_first:
        rows.sort(key=lambda row: (row.is_none, -row.counts.total()))
    greatest = max((row.counts.total() for row in rows), default=0)
    bars = [
        _status_bar(row.label, row.counts, {name: [row.value]}, to, greatest=greatest)
        for row in rows
    ]
    named = [bar for bar, row in zip(bars, rows, strict=True) if not row.is_none]
    without = [bar for bar, row in zip(bars, rows, strict=True) if row.is_none]
    notes = [Note(words.others(bars[BARS:]))] if bars[BARS:] else []
    if picture.counts_several:
        notes.append(Note(str(picture.counts_several)))
    return DistributionPicture(
        name,
        str(picture.title),
        str(dimension.label),
        STATUSES,
        words.groups(named, without=without),
        bars,
        notes,
    )


def _risk_by_status(census: Census, to: Address) -> DistributionPicture:
    rows = [row for row in census.by("risk_level") if row.is_active]
    statuses = _by_status(rows)
    counts = {kind.key: StatusCounts() for kind in STATUSES}
    for row in rows:
        counts[row.status][None if row.key == RiskLevel.NOT_REPORTED else row.key] += row.found
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
        counts[row.status] += row.found
    return counts
