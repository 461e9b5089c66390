"""Statements that are built and compiled once, and asked again and again with other values.

Building a long queryset and compiling it takes Django ten times as long as PostgreSQL needs to answer it. What
comes out is the same text each time, save for a few values: so a function that builds a statement is
called once for the arguments that it is called with.

    @built_once
    def _project(*, is_for_staff: bool, today: datetime.date) -> Statement[Project]:
        return Statement(Project.objects.for_page(today=today).filter(slug=Given("slug")))

    project = _project(is_for_staff=True, today=today).first(slug="fkj")

Nothing is remembered of rows. And no statement is ever another's: it is made of its arguments alone, since
`built_once` takes no function that sees other variables, and of what it keeps beside them, `_surroundings`.
"""

import copy
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import is_dataclass
from functools import lru_cache, wraps
from types import SimpleNamespace
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, Model, Prefetch, QuerySet, prefetch_related_objects
from django.db.models.expressions import Col
from django.db.models.fields import related_descriptors
from django.db.models.fields.reverse_related import ManyToOneRel
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone
from django.utils.translation import get_language

from fkj_portfolio.history import reads_the_past

Arguments = ParamSpec("Arguments")
Built = TypeVar("Built")
Row = TypeVar("Row")

#: Of each function, the least used forgotten first; a long statement has some fifty thousand bytes.
MOST_KEPT = 50
#: The rows that others are brought along for.
FOLLOWED = "followed"


def built_once(build: Callable[Arguments, Built]) -> Callable[Arguments, Built]:
    """Let a function be called once for equal arguments, and remember what it builds; nobody may change that."""
    if build.__closure__:
        raise TypeError(f"{build.__qualname__} sees variables that are no arguments of it.")

    @lru_cache(MOST_KEPT, typed=True)
    def remembered(surroundings: Hashable, *args: Any, **kwargs: Any) -> Built:
        for value in (*args, *kwargs.values()):
            _refuse_rows(value)
        return build(*args, **kwargs)

    @wraps(build)
    def find(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Built:
        # Whatever can't be hashed is refused there.
        return remembered(_surroundings(), *args, **kwargs)  # type: ignore[arg-type]

    return find


def _surroundings() -> Hashable:
    """What may go into a statement that nobody passes: the day that is read, words and the limits of days."""
    return reads_the_past(), get_language(), timezone.get_current_timezone_name()


def _refuse_rows(value: object) -> None:
    # Two rows are equal as long as they have the same key, whatever else they say.
    if isinstance(value, Model):
        raise TypeError(f"{value!r} is a row: pass what the statement needs of it.")
    parts = (
        value if isinstance(value, tuple) else vars(value).values() if is_dataclass(value) else ()
    )
    for each in parts:
        _refuse_rows(each)


class Given(Expression):
    """A value that a statement is given when it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class GivenKeys(Given):
    """Keys of rows that a statement is given when it is asked, for `__in`."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "(SELECT unnest(%s::bigint[]))", [self]


class Sql(NamedTuple):
    """A statement and its parameters, some of which are yet to be given."""

    text: str
    parameters: Sequence[Any]

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        """Ask, and return all rows."""
        with connection.cursor() as cursor:
            cursor.execute(self.text, self._filled(given))
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def _filled(self, given: dict[str, Any]) -> list[Any]:
        return [given[each.name] if isinstance(each, Given) else each for each in self.parameters]


class Statement(Generic[Row]):
    """A queryset that has been compiled, and what Django makes rows of its answers by."""

    def __init__(self, queryset: "QuerySet[Any, Row]") -> None:
        self.model: type[Model] = queryset.model
        self.iterable: Any = queryset._iterable_class
        # Others read more of a queryset.
        assert self.iterable in (ModelIterable, ValuesListIterable, FlatValuesListIterable)
        compiler = queryset.query.get_compiler(using=connection.alias)
        try:
            self.sql: Sql | None = Sql(*compiler.as_sql())
        except EmptyResultSet:
            self.sql = None
        else:
            assert not compiler.has_extra_select
            self.columns = _Columns(compiler)
        lookups: Any = queryset._prefetch_related_lookups  # type: ignore[attr-defined]
        refers = [each for each in lookups if _refers_back(each, self.model)]
        self.following = [_Following(each, self.model) for each in refers]
        self.lookups = [each for each in lookups if each not in refers]

    def rows(self, **given: Any) -> list[Row]:
        """Ask, and return all rows, with whatever the queryset prefetches."""
        if self.sql is None:
            return []
        answer = _Answer(self.columns, self.sql.rows(**given))
        # As much of a queryset as Django reads to make rows.
        query = SimpleNamespace(get_compiler=lambda *args, **kwargs: answer)
        queryset = SimpleNamespace(
            db=connection.alias, model=self.model, query=query, _known_related_objects={}
        )
        rows: Any = list(self.iterable(queryset))
        if rows:
            for each in self.following:
                each.bring(rows)
            if self.lookups:
                prefetch_related_objects(rows, *map(copy.copy, self.lookups))
        return cast(list[Row], rows)

    def first(self, **given: Any) -> Row | None:
        """Ask, and return the first row or None."""
        return next(iter(self.rows(**given)), None)


class _Columns:
    """What a compiler knows of the columns that it selects, without what they were compiled of."""

    def __init__(self, compiler: SQLCompiler) -> None:
        columns = [column for column, *_sql in compiler.select]
        #: What makes the values of Python, by the place of the column.
        self.converters = compiler.get_converters(columns)
        # Of what is annotated only its place is asked for.
        self.select = [(column if isinstance(column, Col) else None,) for column in columns]
        self.klass_info = compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map


class _Answer:
    """The answer to a statement, as Django reads it from a compiler."""

    def __init__(self, columns: _Columns, rows: list[tuple[Any, ...]]) -> None:
        self.select, self.klass_info = columns.select, columns.klass_info
        self.annotation_col_map = columns.annotation_col_map
        self.converters, self.rows = columns.converters, rows

    def execute_sql(self, **kwargs: Any) -> None:
        """Do nothing: it has been asked."""

    def results_iter(self, *args: Any, **kwargs: Any) -> Iterator[Sequence[Any]]:
        """Return the rows with the values of Python."""
        if not self.converters:
            return iter(self.rows)
        return map(self._converted, self.rows)

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, (converters, column) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        return tuple(values)


class _Following:
    """Rows that refer to those of a statement, which a `Prefetch` brings along in one statement more."""

    def __init__(self, lookup: Any, model: Any) -> None:
        self.name, self.to_attr = lookup.prefetch_through, lookup.to_attr
        self.field = model._meta.get_field(self.name).field
        #: Stands for what the manager of a row would ask, were its answer not there already.
        self.queryset = lookup.queryset
        rows = related_descriptors._filter_prefetch_queryset(  # type: ignore[attr-defined]
            lookup.queryset.using(connection.alias), self.field.name, GivenKeys(FOLLOWED)
        )
        self.statement = Statement[Any](rows)

    def bring(self, followed: list[Any]) -> None:
        """Ask for the rows of all, and give each its own where Django's prefetching puts them."""
        by_pk = {each.pk: each for each in followed}
        rows: dict[Any, list[Any]] = defaultdict(list)
        for row in self.statement.rows(**{FOLLOWED: list(by_pk)}):
            pk = getattr(row, self.field.attname)
            rows[pk].append(row)
            self.field.set_cached_value(row, by_pk[pk])
        for each in followed:
            if self.to_attr:
                setattr(each, self.to_attr, rows[each.pk])
            else:
                queryset = getattr(each, self.name)._apply_rel_filters(self.queryset.all())
                queryset._result_cache, queryset._prefetch_done = rows[each.pk], True
                vars(each).setdefault("_prefetched_objects_cache", {})[self.name] = queryset


def _refers_back(lookup: Any, model: type[Model]) -> bool:
    """Whether what a lookup brings along refers to the rows itself, and is said by a queryset of its own."""
    return (
        isinstance(lookup, Prefetch)
        and lookup.queryset is not None
        and isinstance(model._meta.get_field(lookup.prefetch_through), ManyToOneRel)
    )
