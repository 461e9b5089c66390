"""How the active projects are distributed: the pictures of the overview, their tables and sentences."""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from projects import distribution_words as words
from projects.bars import RISKS, STATUSES, Bar, Kind, make_bar
from projects.forms.project_filter import (
    LIFECYCLE_VALUES,
    NOT_REPORTED,
    STATUS_VALUES,
    goal_value,
)
from projects.models import Lifecycle, Owner, RiskLevel, Segment, Status, StrategicGoal
from projects.models.distribution import Counted, count_distribution
from projects.models.project_queryset import ProjectQuerySet

#: The value in addresses of the projects that have no owner, segment or goal.
NONE = "ingen"
#: How many bars a picture has room for, and how many rows a table.
BARS, ROWS = 12, 100

#: Returns the address of the overview with its filters, and these in their place.
Address = Callable[..., str]


@dataclass(frozen=True)
class Note:
    """A remark on a picture, and the list that it is about."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Picture:
    """Bars, and what they say in a sentence; the rows of the table may be more than the bars."""

    name: str
    title: str
    row_title: str
    kinds: list[Kind]
    sentence: str
    rows: list[Bar]
    notes: list[Note] = field(default_factory=list)

    @property
    def bars(self) -> list[Bar]:
        return self.rows[:BARS]

    @property
    def table(self) -> list[Bar]:
        return self.rows[:ROWS]

    @property
    def left_out(self) -> int:
        """How many rows the table has no room for."""
        return len(self.rows[ROWS:])


@dataclass(frozen=True)
class Distribution:
    """The pictures; there are none when there is no active project."""

    total: int
    pictures: list[Picture]


def distribution(
    projects: ProjectQuerySet,
    *,
    today: datetime.date,
    address: Address,
    goals: Collection[str] = (),
) -> Distribution:
    """Count the active ones of these projects, which come `with_latest_report`, in four queries.

    `goals` are the values of the goals that the filter has chosen. Others than those can't be shown,
    since no address asks for the projects that serve a chosen goal and another one too.
    """

    def to(**filters: list[str]) -> str:
        lifecycle = [LIFECYCLE_VALUES[Lifecycle.ACTIVE]]
        return address(way="", lifecycle=lifecycle, **filters)

    rows = count_distribution(projects.filter(lifecycle=Lifecycle.ACTIVE))
    reported = [row for row in rows if row.by == "report"]
    if not reported:
        return Distribution(0, [])
    pictures = [
        _now_and_before(reported, to),
        _by_owner(rows, to),
        _by_goal(rows, to, today=today, chosen=goals),
        _by_segment(rows, to),
        _risk_by_status(reported, to),
    ]
    return Distribution(sum(row.count for row in reported), pictures)


def _now_and_before(rows: list[Counted], to: Address) -> Picture:
    """Compare like with like: only projects with two reports have a status before."""
    twice = [row for row in rows if row.previous_status]
    now, now_twice, before = _by_status(rows), _by_status(twice), Counter[str | None]()
    for row in twice:
        before[row.previous_status] += row.count
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
    return Picture("status", title, _("When"), STATUSES, sentence, bars, notes)


def _by_owner(rows: list[Counted], to: Address) -> Picture:
    """The owners with the most projects come first."""
    counts = _grouped(rows, "owner")
    owners = Owner.objects.filter(pk__in=[pk for pk in counts if pk]).in_order()
    groups = [(owner.pk, owner.name, owner.slug) for owner in owners]
    groups.sort(key=lambda group: -counts[group[0]].total())
    bars = _group_bars("owner", groups, _("No owner"), counts, to)
    title = _("Status by owner")
    notes = [Note(words.others(bars[BARS:]))] if bars[BARS:] else []
    sentence = words.groups(bars[: len(groups)], without=bars[len(groups) :])
    return Picture("owner", title, _("Owner"), STATUSES, sentence, bars, notes)


def _by_goal(
    rows: list[Counted], to: Address, *, today: datetime.date, chosen: Collection[str]
) -> Picture:
    counts = _grouped(rows, "goal")
    goals = StrategicGoal.objects.filter(pk__in=[pk for pk in counts if pk])
    groups = [
        (goal.pk, str(goal), goal_value(goal, today=today))
        for goal in goals.select_related("strategy").in_order()
    ]
    if chosen:
        groups = [group for group in groups if group[2] in chosen]
        counts = {pk: counts[pk] for pk in counts if pk or NONE in chosen}
    bars = _group_bars("goal", groups, _("No strategic goal"), counts, to)
    title = _("Status by strategic goal")
    notes = [Note(_("A project that serves several goals is counted under each of them."))]
    sentence = words.groups(bars[: len(groups)], without=bars[len(groups) :])
    return Picture("goal", title, _("Strategic goal"), STATUSES, sentence, bars, notes)


def _by_segment(rows: list[Counted], to: Address) -> Picture:
    counts = _grouped(rows, "segment")
    segments = Segment.objects.filter(pk__in=[pk for pk in counts if pk]).in_order()
    groups = [(segment.pk, segment.name, segment.slug) for segment in segments]
    bars = _group_bars("segment", groups, _("No segment"), counts, to)
    title = _("Status by segment")
    sentence = words.groups(bars[: len(groups)], without=bars[len(groups) :])
    return Picture("segment", title, _("Segment"), STATUSES, sentence, bars)


def _risk_by_status(rows: list[Counted], to: Address) -> Picture:
    statuses = _by_status(rows)
    counts = {kind.key: Counter[str | None]() for kind in STATUSES}
    for row in rows:
        risk = None if row.risk_level == RiskLevel.NOT_REPORTED else row.risk_level
        counts[row.status][risk] += row.count
    bars = [
        make_bar(
            str(kind.label),
            counts[kind.key],
            RISKS,
            address=lambda value, status=kind.value: to(status=[status], risk_level=[value]),
            href=to(status=[kind.value]),
            greatest=max(statuses.values()),
        )
        for kind in STATUSES
        if statuses[kind.key]
    ]
    return Picture("risk", _("Risk by status"), _("Status"), RISKS, words.risks(counts), bars)


def _group_bars(
    name: str,
    groups: Sequence[tuple[int | None, str, str]],
    none: str,
    counts: dict[int | None, Counter[str | None]],
    to: Address,
) -> list[Bar]:
    """Make a bar for each group; the projects without one come last."""
    listed = [*groups, (None, none, NONE)] if None in counts else groups
    greatest = max((each.total() for each in counts.values()), default=0)
    return [
        _status_bar(label, counts[pk], {name: [value]}, to, greatest=greatest)
        for pk, label, value in listed
    ]


def _status_bar(
    label: str,
    counts: Counter[str | None],
    filters: dict[str, list[str]],
    to: Address,
    *,
    greatest: int,
) -> Bar:
    """Make a bar by status of the projects that these filters find."""
    return make_bar(
        label,
        counts,
        STATUSES,
        address=lambda value: to(status=[value], **filters),
        href=to(**filters),
        greatest=greatest,
    )


def _by_status(rows: Iterable[Counted]) -> Counter[str | None]:
    counts = Counter[str | None]()
    for row in rows:
        counts[row.status] += row.count
    return counts


def _grouped(rows: Iterable[Counted], by: str) -> dict[int | None, Counter[str | None]]:
    """The counts by status of each owner, goal or segment, by its number."""
    grouped: dict[int | None, Counter[str | None]] = {}
    for row in rows:
        if row.by == by:
            grouped.setdefault(row.pk, Counter())[row.status] += row.count
    return grouped
