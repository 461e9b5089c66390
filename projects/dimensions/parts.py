"""Parts of a dimension: how a property of a project is filtered, counted, sorted, grouped, drawn, set and told of."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import BaseExpression, Expression, OrderBy

from projects.history.topic import Topic

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from projects.dimensions.register import Registered
    from projects.models import Project, SharedField

#: What stands in addresses for the projects that have nothing reported.
NOT_REPORTED = "ikke-rapportert"


@dataclass(frozen=True, eq=False, repr=False)
class Option:
    """A choice of a filter: its value in the address, its words, what it selects, and what it counts.

    What one of many selects is built when it is asked for: hardly any is ever chosen.
    """

    value: str
    label: "StrOrPromise"
    selects: Q | Callable[[], Q]
    keys: tuple[object, ...] = field(default=())
    #: Whether it is worth offering where it would leave no project.
    is_used: bool = True
    #: How many projects have it, in words with a `count`, where pictures draw it.
    counted: "StrOrPromise" = ""

    @property
    def condition(self) -> Q:
        """What it selects of projects `for_overview`."""
        return self.selects() if callable(self.selects) else self.selects


class Panel(Enum):
    """Where on the overview a filter is chosen."""

    OWN = "a panel of its own"
    DATES = "the panel about due dates and reports"
    NONE = "only by links"


@dataclass(frozen=True, kw_only=True, eq=False)
class Choices:
    """A filter by choices; several widen one another, none selects all.

    The `options` stand here, those of a `register` are read from the database. Projects are counted by
    `key`, an expression of projects `for_overview` whose values the options have as `keys`, and by the rows of `several`, pairs of a project and a key, where a project can have more than
    one. `sentence` says that the only choice is chosen.
    """

    label: "StrOrPromise" = ""
    options: tuple[Option, ...] = ()
    register: "Registered | None" = None
    key: Expression | F | None = None
    several: Callable[[], QuerySet[Any]] | None = None
    panel: Panel = Panel.OWN
    sentence: "StrOrPromise" = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Days:
    """A filter by a first and a last day of a date; `by` is what of a project, which comes `for_overview`.

    The sentences take the days as `first` and `last`; `contradiction` says that they end before they begin.
    """

    by: str
    first: "StrOrPromise"
    last: "StrOrPromise"
    between_in_words: "StrOrPromise"
    from_in_words: "StrOrPromise"
    until_in_words: "StrOrPromise"
    contradiction: "StrOrPromise"


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """A column: its order, from the mildest, the least and the oldest, and how sorting by it is called.

    Its cells are what `text` says of a project, or `none`; without `text` they have a branch of the dimension's
    name in the template of a row. `begins_descending` is for columns where what is greatest matters most. `related` is
    what the cells read besides the project.
    """

    order: BaseExpression | F
    ascending: "StrOrPromise"
    descending: "StrOrPromise"
    begins_descending: bool = False
    text: "Callable[[Project], str] | None" = None
    none: "StrOrPromise" = ""
    related: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Grouping:
    """A way to group the table: what of a project tells its group, and in which order the groups come.

    The groups are the choices of the filter; what has one of the `none_keys` of the count stands with those
    that have none. `sentence` says that the grouping is in force.
    """

    by: str
    orders: tuple[OrderBy, ...]
    sentence: "StrOrPromise"
    none_keys: tuple[object, ...] = (None,)


@dataclass(frozen=True, kw_only=True, eq=False)
class Picture:
    """A picture of the active projects by status, with a bar for each choice of the filter."""

    title: "StrOrPromise"
    #: Whether the longest bar is the first; else they come as the choices do.
    longest_first: bool = False
    #: The note that a project with several of them is counted under each.
    counts_several: "StrOrPromise" = ""


BulkChoices = Iterable[tuple[Any, "StrOrPromise | list[tuple[str, str]]"]]


@dataclass(frozen=True, kw_only=True, eq=False)
class BulkChoice:
    """What several projects can be given at once: what there is to choose today, and the choice of none."""

    field: "SharedField"
    label: "StrOrPromise"
    none: "StrOrPromise" = ""
    offers: Callable[[datetime.date], BulkChoices]


# Written out, it would ask the database for the first rows of every subquery.
@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Dimension:
    """A property of a project, and all that whatever lists, filters, sorts, groups, draws or words it reads.

    `name` stands in the code, `value` in addresses, `label` on pages. `field` is the field of a project
    that its form edits and its page shows, where that takes no more than the words of the column.
    """

    name: str
    value: str
    label: "StrOrPromise"
    choices: Choices | None = None
    days: Days | None = None
    column: Column | None = None
    grouping: Grouping | None = None
    picture: Picture | None = None
    bulk: BulkChoice | None = None
    topic: Topic | None = None
    field: str = ""
    is_for_staff: bool = False

    def __post_init__(self) -> None:
        # Pages show these to everyone.
        if self.is_for_staff and (self.field or self.grouping or self.picture):
            raise ValueError(f"{self.name}: what only staff see is no field, group or picture.")
        if self.field and not (self.column and self.column.text):
            raise ValueError(f"{self.name}: a plain field needs a column of text.")
        if self.choices and self.choices.options and self.choices.key is None:
            raise ValueError(f"{self.name}: choices need a key to be counted by.")

    @property
    def filter_label(self) -> "StrOrPromise":
        """What the filter by choices is called."""
        return (self.choices and self.choices.label) or self.label

    def text_of(self, project: "Project") -> str:
        """Say what the column has to say of a project in text; empty when there is nothing."""
        return self.column.text(project) if self.column and self.column.text else ""

    @property
    def sorts(self) -> list[tuple[str, "StrOrPromise"]]:
        """The two ways to sort by its column, by their values in addresses."""
        if not self.column:
            return []
        return [(self.value, self.column.ascending), (f"-{self.value}", self.column.descending)]
