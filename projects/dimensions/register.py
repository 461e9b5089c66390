"""What filters choose among that is kept in the register: owners, segments, goals and managers."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Case, DateField, Q, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext

from fkj_portfolio.compiled import Statement
from projects.dimensions.parts import Option
from projects.models.fields import norwegian_order
from projects.models.project_queryset import ProjectQuerySet

NO_NUMBER = Value(0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Registered:
    """Where the choices of a filter are kept, what of a project refers to them, and what a row selects.

    `value`, `name` and `number` are what a row is called in addresses and on pages, and its place.
    A row of a strategy is called by its number too. `none` is the choice of what has none.
    """

    model: Any
    used_as: tuple[str, ...]
    selects: Callable[[int], Q]
    none: Option
    value: Any = "slug"
    name: Any = "name"
    number: Any = NO_NUMBER
    has_strategy: bool = False
    #: Whether readers may be told of what no public project has.
    is_public: bool = True


#: Where the choices of filters are kept, by the names of the dimensions.
Kinds = Mapping[str, Registered]


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

    def to_readers(self, kinds: Kinds) -> "Named":
        """The same without a name that no public page has: of an owner without public projects, or of what is gone."""
        is_public = self.is_used or (kinds[self.kind].is_public and not self.is_gone)
        return self if is_public else self._replace(name="", is_gone=False)

    def in_words(self, kinds: Kinds) -> str:
        """Say what it is called; what has no name here is called as the address does."""
        if not self.name:
            return self.value
        words = f"{self.number} - {self.name}" if kinds[self.kind].has_strategy else self.name
        return gettext("%(title)s (deleted)") % {"title": words} if self.is_gone else words


def labels_in_register(names: Iterable[Named], kinds: Kinds) -> dict[tuple[str, str], str]:
    """Say what each is called, by kind and value; goals of the same name by their strategy too."""
    words = [(each, each.in_words(kinds)) for each in names]
    times = Counter((each.kind, called) for each, called in words)
    return {
        (each.kind, each.value): f"{called} ({each.strategy})"
        if each.strategy and times[each.kind, called] > 1
        else called
        for each, called in words
    }


def options_in_register(names: Iterable[Named], kinds: Kinds) -> dict[str, list[Option]]:
    """Return what there is to choose of each kind, in its order; none is the last."""
    options: dict[str, list[Option]] = {kind: [] for kind in kinds}
    names = sorted(names, key=lambda each: each.order)
    labels = labels_in_register(names, kinds)
    for each in names:
        label = labels[each.kind, each.value]
        selects = partial(kinds[each.kind].selects, each.pk)
        option = Option(each.value, label, selects, (each.pk,), is_used=each.is_used)
        options[each.kind].append(option)
    for kind, registered in kinds.items():
        options[kind].append(registered.none)
    return options


def in_register(projects: ProjectQuerySet, kinds: Kinds) -> Statement[Any]:
    """Return what asks for everything that can be named, also what none of these projects has, in one query."""
    no_strategy = (Cast(Value(None), DateField()), Value(0), Value(""))
    of_strategy = ("strategy__starts_on", "strategy_id", "strategy__name")
    parts = []
    for kind, each in kinds.items():
        called = (each.value, each.name, norwegian_order(each.name), each.number)
        strategy = of_strategy if each.has_strategy else no_strategy
        used = _used(each, projects)
        standing, gone = each.model.objects.all(), _deleted(each.model)
        parts += [
            standing.values_list(Value(kind), "pk", *called, *strategy, used, Value(False)),
            gone.values_list(Value(kind), "id", *called, *no_strategy, Value(False), Value(True)),
        ]
    first, *others = parts
    return Statement(first.union(*others, all=True))


def read_register(statement: Statement[Any]) -> list[Named]:
    """Return everything that can be named.

    What has been deleted is still known: a bookmark of it finds nothing, rather than everything.
    """
    named = (Named(*row) for row in statement.rows())
    # On a day in the past what is gone today still stands.
    known = {
        (each.kind, each.value): each for each in sorted(named, key=lambda each: not each.is_gone)
    }
    return list(known.values())


def _used(registered: Registered, projects: ProjectQuerySet) -> Case:
    """Whether any of these projects refers to a row."""
    found = (Q(pk__in=projects.order_by().values(field)) for field in registered.used_as)
    return Case(When(Q(*found, _connector=Q.OR), then=True), default=False)


def _deleted(model: Any) -> Any:
    """The last events of what has been deleted."""
    return model.pgh_event_model._default_manager.filter(pgh_label="delete")
