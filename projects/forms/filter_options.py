"""What the filters of the overview offer."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import CharField, DateField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.forms.overview_address import (
    LIFECYCLE_VALUES,
    NOT_REPORTED,
    RISK_VALUES,
    STATUS_VALUES,
)
from projects.models import Lifecycle, Owner, Project, RiskLevel, Segment, Status, StrategicGoal
from projects.models.fields import norwegian_order
from projects.models.owner import NONE
from projects.models.project_queryset import ProjectQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, eq=False)
class Option:
    """A choice of a filter: its value in the address, its words, what it selects, and what it counts."""

    value: str
    label: "StrOrPromise"
    selects: Q
    keys: tuple[object, ...] = field(default=())


STATUS_OPTIONS = [
    *(Option(STATUS_VALUES[each], each.label, Q(status=each), (each,)) for each in Status),
    Option(NOT_REPORTED, _("Not reported"), Q(status=None), (None,)),
]
PREVIOUS_STATUS_OPTIONS = [
    *(Option(STATUS_VALUES[each], each.label, Q(previous_status=each), (each,)) for each in Status),
    Option(NOT_REPORTED, _("Not reported"), Q(previous_status=None), (None,)),
]
RISK_OPTIONS = [
    *(
        Option(value, each.label, Q(risk_level=each), (each,))
        for each, value in RISK_VALUES.items()
    ),
    Option(
        NOT_REPORTED,
        _("Not reported"),
        Q(risk_level=None) | Q(risk_level=RiskLevel.NOT_REPORTED),
        (None, RiskLevel.NOT_REPORTED),
    ),
]
LIFECYCLE_OPTIONS = [
    Option(LIFECYCLE_VALUES[each], each.label, Q(lifecycle=each), (each,)) for each in Lifecycle
]
OVERDUE_OPTIONS = [Option("ja", _("Has overdue deliveries"), Q(is_overdue=True), ("true",))]
LATE_OPTIONS = [Option("sen", _("The report is late"), Q(is_report_late=True), ("true",))]


def _through(relation: str, **which: object) -> Q:
    rows = getattr(Project, relation).through.objects.filter(**which)
    return Q(pk__in=rows.values("project"))


#: The choice of what has none; it is not offered where everything has one.
NO_OPTIONS = {
    "owner": Option(NONE, _("No owner"), Q(owner=None), (None,)),
    "segment": Option(NONE, _("No segment"), Q(segment=None), (None,)),
    "goal": Option(
        NONE, _("No strategic goal"), Q(main_goal=None) & ~_through("further_goals"), (None,)
    ),
    "manager": Option(NONE, _("No project manager"), ~_through("managers"), (None,)),
}


def options_in_register(
    names: Iterable["Named"], *, today: datetime.date
) -> dict[str, list[Option]]:
    """Return the owners, segments, goals and managers to choose from, each in their order."""
    options: dict[str, list[Option]] = {kind: [] for kind in NO_OPTIONS}
    for each in sorted(names, key=lambda each: each.order):
        match each.kind:
            case "goal":
                value, label = goal_value(each, today=today), f"{each.number} - {each.name}"
                which = Q(main_goal=each.pk) | _through("further_goals", strategicgoal=each.pk)
            case "manager":
                value, label = str(each.pk), each.name
                which = _through("managers", user=each.pk)
            case _:
                value, label = each.slug, each.name
                which = Q(**{each.kind: each.pk})
        options[each.kind].append(Option(value, label, which, (each.pk,)))
    for kind, option in NO_OPTIONS.items():
        options[kind].append(option)
    return options


class Named(NamedTuple):
    """What projects name: its kind, and what it is called; a goal has a number and a period."""

    kind: str
    pk: int
    slug: str
    name: str
    letters: str
    number: int
    starts_on: datetime.date | None
    ends_on: datetime.date | None

    @property
    def order(self) -> tuple[int, int, str, int]:
        """Goals by strategy, the newest first, and number; segments by place; others by name."""
        newest_first = -self.starts_on.toordinal() if self.starts_on else 0
        return newest_first, self.number, self.letters, self.pk


def goal_value(goal: Any, *, today: datetime.date) -> str:
    """A goal of today's strategy is its number in the address; an older one says the year too."""
    strategy = getattr(goal, "strategy", goal)
    if strategy.starts_on <= today <= strategy.ends_on:
        return str(goal.number)
    return f"{strategy.starts_on.year}-{goal.number}"


def read_register(projects: ProjectQuerySet, *, with_managers: bool) -> list[Named]:
    """Return what these projects name, in one query."""

    no_day = Cast(Value(None), DateField())
    letters = norwegian_order("name")

    def have(**which: OuterRef) -> Exists:
        return Exists(projects.filter(**which))

    this = OuterRef("pk")
    owners = Owner.objects.filter(have(owner=this)).values_list(
        Value("owner"), "pk", "slug", "name", letters, Value(0), no_day, no_day
    )
    segments = Segment.objects.filter(have(segment=this)).values_list(
        Value("segment"), "pk", "slug", "name", letters, "position", no_day, no_day
    )
    goals = StrategicGoal.objects.filter(
        have(main_goal=this) | have(further_goals=this)
    ).values_list(
        *(Value("goal"), "pk", Value(""), "name", letters, "number"),
        *("strategy__starts_on", "strategy__ends_on"),
    )
    parts = [segments, goals]
    if with_managers:
        called = Coalesce(NullIf("name", Value("")), "email", output_field=CharField())
        managers = User.objects.filter(have(managers=this)).values_list(
            *(Value("manager"), "pk", Value(""), called, norwegian_order(called), Value(0)),
            *(no_day, no_day),
        )
        parts.append(managers)
    return [Named(*row) for row in owners.union(*parts, all=True)]
