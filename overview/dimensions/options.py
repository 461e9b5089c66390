"""What the filters of the overview offer."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, CharField, DateField, Q, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.addresses import (
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
    #: Whether it is worth offering where it would leave no project.
    is_used: bool = True


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
    "owner": Option(NONE, _("No owner"), Q(owner=None), (None,), is_used=False),
    "segment": Option(NONE, _("No segment"), Q(segment=None), (None,), is_used=False),
    "goal": Option(
        NONE,
        _("No strategic goal"),
        Q(main_goal=None) & ~_through("further_goals"),
        (None,),
        is_used=False,
    ),
    "manager": Option(NONE, _("No project manager"), ~_through("managers"), (None,), is_used=False),
}


class Named(NamedTuple):
    """What a filter can name: its kind, its value in addresses, and what it is called.

    A goal has a number and a strategy. `is_used` tells whether a project has it; what is gone
    no project has.
    """

    kind: str
    pk: int
    value: str
    name: str
    letters: str
    number: int
    starts_on: datetime.date | None
    strategy_pk: int
    strategy: str
    is_used: bool
    is_gone: bool

    @property
    def order(self) -> tuple[int, int, int, str, int]:
        """Goals by strategy, the newest first, and number; segments by place; others by name."""
        newest_first = -self.starts_on.toordinal() if self.starts_on else 0
        return newest_first, self.strategy_pk, self.number, self.letters, self.pk

    def to_readers(self) -> "Named":
        """The same without a name that no public page has: of an owner without public projects, or of what is gone."""
        is_public = self.is_used or (self.kind != "owner" and not self.is_gone)
        return self if is_public else self._replace(name="", is_gone=False)

    @property
    def words(self) -> str:
        """What it is called; what has no name here is called as the address does."""
        if not self.name:
            return self.value
        words = f"{self.number} - {self.name}" if self.kind == "goal" else self.name
        return gettext("%(title)s (deleted)") % {"title": words} if self.is_gone else words

    @property
    def selects(self) -> Q:
        """What of the projects has it."""
        match self.kind:
            case "goal":
                return Q(main_goal=self.pk) | _through("further_goals", strategicgoal=self.pk)
            case "manager":
                return _through("managers", user=self.pk)
            case _:
                return Q(**{self.kind: self.pk})


def labels_in_register(names: Iterable[Named]) -> dict[tuple[str, str], str]:
    """Say what each is called, by kind and value; goals of the same name by their strategy too."""
    names = list(names)
    times = Counter((each.kind, each.words) for each in names)
    return {
        (each.kind, each.value): f"{each.words} ({each.strategy})"
        if each.strategy and times[each.kind, each.words] > 1
        else each.words
        for each in names
    }


def options_in_register(names: Iterable[Named]) -> dict[str, list[Option]]:
    """Return the owners, segments, goals and managers to choose from, each in their order."""
    options: dict[str, list[Option]] = {kind: [] for kind in NO_OPTIONS}
    names = sorted(names, key=lambda each: each.order)
    labels = labels_in_register(names)
    for each in names:
        label = labels[each.kind, each.value]
        options[each.kind].append(
            Option(each.value, label, each.selects, (each.pk,), is_used=each.is_used)
        )
    for kind, option in NO_OPTIONS.items():
        options[kind].append(option)
    return options


def read_register(projects: ProjectQuerySet, *, with_managers: bool) -> list[Named]:
    """Return everything that can be named, also what none of these projects has, in one query.

    What has been deleted is still known: a bookmark of it finds nothing, rather than everything.
    """

    def used(*fields: str) -> Case:
        found = (Q(pk__in=projects.order_by().values(field)) for field in fields)
        return Case(When(Q(*found, _connector=Q.OR), then=True), default=False)

    no_strategy = (Cast(Value(None), DateField()), Value(0), Value(""))
    of_strategy = ("strategy__starts_on", "strategy_id", "strategy__name")
    kinds = [
        _Kind("owner", Owner, used("owner")),
        _Kind("segment", Segment, used("segment"), number="position"),
        _Kind("goal", StrategicGoal, used("main_goal", "further_goals"), number="number"),
    ]
    if with_managers:
        kinds.append(_Kind("manager", User, used("managers"), value=Cast("id", CharField())))
    parts = []
    for each in kinds:
        name: Any = "name"
        if each.kind == "manager":
            name = Coalesce(NullIf("name", Value("")), "email", output_field=CharField())
        called = (each.value, name, norwegian_order(name), each.number)
        strategy = of_strategy if each.kind == "goal" else no_strategy
        standing, gone = each.model.objects.all(), _deleted(each.model)
        parts += [
            standing.values_list(
                Value(each.kind), "pk", *called, *strategy, each.used, Value(False)
            ),
            gone.values_list(
                Value(each.kind), "id", *called, *no_strategy, Value(False), Value(True)
            ),
        ]
    first, *others = parts
    named = (Named(*row) for row in first.union(*others, all=True))
    # On a day in the past what is gone today still stands.
    known = {
        (each.kind, each.value): each for each in sorted(named, key=lambda each: not each.is_gone)
    }
    return list(known.values())


class _Kind(NamedTuple):
    """What a filter chooses by: its table, whether a row is used, its value and its number."""

    kind: str
    model: Any
    used: Case
    value: Any = "slug"
    number: Any = Value(0)


def _deleted(model: Any) -> Any:
    """The last events of what has been deleted."""
    return model.pgh_event_model._default_manager.filter(pgh_label="delete")
