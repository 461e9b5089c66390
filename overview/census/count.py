"""One count of projects by all that the overview tells of them: its filters, key figures, groups and pictures."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Case, Q, QuerySet, When

from fkj_portfolio.compiled import Sql, built_once
from fkj_portfolio.content_cache import OpenContentCache
from milestones.models import Milestone
from projects.dimensions.parts import Choices, Dimension
from projects.models import Lifecycle
from projects.models.project_queryset import ProjectQuerySet

if TYPE_CHECKING:
    from overview.sight import Sight
    from overview.state import State

#: What the overdue milestones themselves are counted as.
OVERDUE_MILESTONES = "overdue_milestones"

#: One statement, so that all figures of a page are of the same moment and the same projects. What has
#: few keys is counted together first, so that the projects are gone through fewer times.
COUNT = """
WITH found AS MATERIALIZED ({projects}),
few AS MATERIALIZED (
    SELECT lifecycle, status, {few}, {counts},
        sum(milestone_count){passes_all} AS milestones, sum(delivered_count){passes_all} AS delivered
    FROM found GROUP BY lifecycle, status, {few}
)
{parts}
"""
OF_FEW = """
SELECT '{by}', {key}::text, lifecycle, status, sum(counted_all)::bigint, sum({others})::bigint,
    coalesce(sum(milestones), 0)::bigint, coalesce(sum(delivered), 0)::bigint
FROM few GROUP BY {key}, lifecycle, status HAVING sum({others}) > 0
"""
OF_MANY = """
SELECT '{by}', {key}::text, lifecycle, status,
    count(*){passes_all}, count(*){passes_others},
    coalesce(sum(milestone_count){passes_all}, 0), coalesce(sum(delivered_count){passes_all}, 0)
FROM {source} GROUP BY {key}, lifecycle, status HAVING count(*){passes_others} > 0
"""


class Counted(NamedTuple):
    """How many projects have this key, lifecycle and status.

    `by` names the dimension; its key is text, as none is null. `found` is by all filters, `left` by
    all but this dimension's own; the milestones are those of the projects that are found.
    """

    by: str
    key: str | None
    lifecycle: str
    status: str | None
    found: int
    left: int
    milestones: int
    delivered: int

    @property
    def is_active(self) -> bool:
        return self.lifecycle == Lifecycle.ACTIVE


class Census:
    """What was counted: rows by dimension. A project with several goals or managers is in several rows."""

    def __init__(self, rows: list[Counted]) -> None:
        self._rows = defaultdict[str, list[Counted]](list)
        for row in rows:
            self._rows[row.by].append(row)

    @classmethod
    def of(cls, statement: Sql | None, **given: Any) -> "Census":
        """Ask a statement that counts; without one there is nothing to count."""
        return cls(list(map(Counted._make, statement.rows(**given))) if statement else [])

    def by(self, name: str) -> list[Counted]:
        """The rows of a dimension; where projects have one first, as a main goal, those of the others left out."""
        return self._rows[name]

    def besides(self, name: str) -> list[Counted]:
        """The rows of what projects have of a dimension besides their first."""
        return self._rows[f"{name}+"]

    @cached_property
    def found(self) -> int:
        """How many projects all filters find."""
        return sum(row.found for row in self._rows["lifecycle"])

    def left(self, name: str, *keys: object) -> int:
        """How many projects these keys of a filter would leave, within the other filters."""
        left = self._left.get(name, {})
        return sum(left.get(key_in_text(key), 0) for key in keys)

    @cached_property
    def _left(self) -> Mapping[str, Mapping[str | None, int]]:
        by_key = defaultdict[str, dict[str | None, int]](lambda: defaultdict(int))
        for rows in self._rows.values():
            for row in rows:
                by_key[row.by.removesuffix("+")][row.key] += row.left
        return by_key


def key_in_text(key: object) -> str | None:
    """Return a key as the count has it."""
    if isinstance(key, bool):
        return str(key).lower()
    return None if key is None else str(key)


def take_census(state: "State | None", sight: "Sight", memory: OpenContentCache) -> Census:
    """Count what a state finds, or without one all that a person sees; in one query, or none while nothing changes."""

    def ask() -> Census:
        if state is None:
            return Census.of(_statement(sight, "", ()))
        asked = state.narrowing
        statement = _statement(sight, asked.text, asked.conditions)
        return Census.of(statement, **state.given(sight, memory))

    question = state.question if state else ()
    return memory.recall(("census", *sight.key, *question), ask)


@built_once
def _statement(sight: "Sight", text: str, chosen: tuple[tuple[str, Q], ...]) -> Sql | None:
    projects = sight.everything.search(text)
    return count(projects, dimensions=sight.dimensions, chosen=dict(chosen), today=sight.today)


def count(
    projects: ProjectQuerySet,
    *,
    dimensions: Collection[Dimension],
    chosen: Mapping[str, Q],
    today: datetime.date,
) -> Sql | None:
    """Return what counts projects, which come `for_overview`, by everything that these dimensions filter by.

    `chosen` is what each filter in use selects. A filter's own choice does not narrow down what its
    other choices would leave. None when nothing can be found.
    """
    counted = [(each.name, each.choices) for each in dimensions if each.choices]
    keys = {f"by_{name}": choices.key for name, choices in counted if choices.key is not None}
    passes = {f"passes_{name}": _is(which) for name, which in chosen.items()}
    of_project = ("pk", "lifecycle", "status", "milestone_count", "delivered_count")
    rows: Any = projects.order_by().annotate(**keys, **passes)
    try:
        statement, parameters = rows.values(*of_project, *keys, *passes).query.sql_with_params()
    except EmptyResultSet:
        return None
    parts = list(_parts(counted, chosen, today=today))
    counts = {"all": _passes(chosen)} | {name: _passes_others(name, chosen) for name in chosen}
    statement = COUNT.format(
        projects=statement,
        few=", ".join(f"by_{name}" for name, choices in counted if choices.options),
        counts=", ".join(f"count(*){which} AS counted_{name}" for name, which in counts.items()),
        passes_all=counts["all"],
        parts="UNION ALL".join(part for part, _parameters in parts),
    )
    return Sql(statement, [*parameters, *(each for _part, more in parts for each in more)])


def _parts(
    counted: list[tuple[str, Choices]], chosen: Mapping[str, Q], *, today: datetime.date
) -> Iterator[tuple[str, list[Any]]]:
    """Each part of the statement, with its parameters."""
    for name, choices in counted:
        if choices.options:
            others = f"counted_{name if name in chosen else 'all'}"
            yield OF_FEW.format(by=name, key=f"by_{name}", others=others), []
        elif choices.key is not None:
            yield _of_many(name, f"by_{name}", "found", name, chosen), []
        if choices.several:
            rows, parameters = _joined(choices.several())
            if choices.key is None:
                source = f"found LEFT JOIN {rows}"
                yield _of_many(name, "each.key", source, name, chosen), parameters
            else:
                source = f"found JOIN {rows} AND each.key IS DISTINCT FROM by_{name}"
                yield _of_many(f"{name}+", "each.key", source, name, chosen), parameters
    overdue = Milestone.objects.overdue(today=today).order_by().values_list("project_id", "pk")
    rows, parameters = _joined(overdue)
    source = f"found JOIN {rows}"
    yield _of_many(OVERDUE_MILESTONES, "by_overdue", source, "", chosen), parameters


def _of_many(by: str, key: str, source: str, name: str, chosen: Mapping[str, Q]) -> str:
    return OF_MANY.format(
        by=by,
        key=key,
        source=source,
        passes_all=_passes(chosen),
        passes_others=_passes_others(name, chosen),
    )


def _joined(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    """Join pairs of a project and a key to the projects that were found."""
    statement, parameters = rows.query.sql_with_params()
    return f"({statement}) AS each (project_id, key) ON each.project_id = found.pk", list(
        parameters
    )


def _passes(names: Iterable[str]) -> str:
    """Let an aggregate take what passes some filters; where there are none, it is quicker without."""
    passes = " AND ".join(f"passes_{name}" for name in names)
    return f" FILTER (WHERE {passes})" if passes else ""


def _passes_others(name: str, chosen: Mapping[str, Q]) -> str:
    return _passes(each for each in chosen if each != name)


def _is(which: Q) -> Case:
    return Case(When(which, then=True), default=False, output_field=BooleanField())
