"""How many projects each choice of a filter leaves, within the other filters; all in one query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from projects.models.project import Project

if TYPE_CHECKING:
    from projects.models.project_queryset import ProjectQuerySet

_further = Project.further_goals.through.objects.filter(project=OuterRef("pk")).order_by(
    "strategicgoal"
)
#: The filters, and what of a project each chooses by: what is registered of it …
REGISTERED = {
    "owner": F("owner_id"),
    "segment": F("segment_id"),
    # A project without a main goal counts under its first further one here, under the others below.
    "goal": Coalesce(
        "main_goal", Subquery(_further.values("strategicgoal")[:1]), output_field=BigIntegerField()
    ),
}
#: … and what is reported of it, which has few values.
REPORTED = {
    "status": F("status"),
    "previous_status": F("previous_status"),
    "risk_level": F("risk_level"),
    "lifecycle": F("lifecycle"),
    "late": F("is_report_late"),
    "overdue": F("is_overdue"),
}
#: What a project can have several of: how its table is joined, and by what it is counted.
SEVERAL = {
    "goal": (
        "JOIN projects_project_further_goals ON by_goal IS DISTINCT FROM strategicgoal_id AND",
        "strategicgoal_id",
    ),
    "manager": ("LEFT JOIN projects_project_managers ON", "user_id"),
}


@dataclass(frozen=True)
class Counts:
    """How many projects all filters leave, and how many each key of each filter would."""

    found: int = 0
    by_key: Mapping[str, Mapping[str | None, int]] = field(default_factory=dict)

    def of(self, name: str, *keys: object) -> int:
        """Add up the projects of these keys of a filter."""
        counts = self.by_key.get(name, {})
        return sum(counts.get(None if key is None else str(key), 0) for key in keys)


def count_choices(
    projects: "ProjectQuerySet", chosen: Mapping[str, Q], *, with_managers: bool, is_costly: bool
) -> Counts:
    """Count the projects, which come `for_overview` and searched, by what the filters choose by.

    `chosen` is what each filter in use selects. A filter's own choice does not narrow down what
    its other choices would leave. What `is_costly` to find is found once; anything else is quicker
    looked up again for each of the two ways to count than put aside.
    """
    inner, params = _inner(projects, chosen)
    counted = {name: _all_but(name, chosen) for name in ["", *chosen]}
    columns = ", ".join(
        f"count(*) FILTER (WHERE {which}) AS found_{place}"
        for place, which in enumerate(counted.values())
    )
    sums = ", ".join(f"coalesce(sum(found_{place}), 0)::bigint" for place in range(len(counted)))
    parts = [f"SELECT '', NULL, {sums} FROM reported"]
    for table, names in (("registered", REGISTERED), ("reported", REPORTED)):
        parts += [
            f"SELECT '{name}', by_{name}::text, {sums} FROM {table} GROUP BY by_{name}"
            for name in names
        ]
    for name, (join, column) in SEVERAL.items():
        if name != "manager" or with_managers:
            parts.append(
                f"SELECT '{name}', {column}::text, {columns} FROM found"
                f" {join} project_id = found.pk GROUP BY {column}"
            )
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found AS {'' if is_costly else 'NOT'} MATERIALIZED ({inner}),"
            f" registered AS ({_grouped(REGISTERED, columns)}),"
            f" reported AS ({_grouped(REPORTED, columns)}) {' UNION ALL '.join(parts)}",
            params,
        )
        return _read(cursor.fetchall(), list(counted))


def _inner(projects: "ProjectQuerySet", chosen: Mapping[str, Q]) -> tuple[str, Sequence[Any]]:
    """One row for each project: what it is counted by, and which filters it passes."""
    passes = {f"passes_{name}": _is(which) for name, which in chosen.items()}
    by = {f"by_{name}": key for name, key in (REGISTERED | REPORTED).items()}
    rows = projects.order_by().annotate(**by, **passes).values("pk", *by, *passes)
    statement: tuple[str, Sequence[Any]] = rows.query.sql_with_params()
    return statement


def _grouped(names: Iterable[str], columns: str) -> str:
    by = ", ".join(f"by_{name}" for name in names)
    return f"SELECT {by}, {columns} FROM found GROUP BY {by}"


def _is(which: Q) -> Case:
    return Case(When(which, then=True), default=False, output_field=BooleanField())


def _all_but(name: str, chosen: Mapping[str, Q]) -> str:
    return " AND ".join(f"passes_{each}" for each in chosen if each != name) or "true"


def _read(rows: list[tuple[Any, ...]], counted: list[str]) -> Counts:
    found, by_key = 0, defaultdict[str, dict[str | None, int]](lambda: defaultdict(int))
    for name, key, *counts in rows:
        if not name:
            found = counts[0]
        else:
            by_key[name][key] += counts[counted.index(name) if name in counted else 0]
    return Counts(found, {name: dict(counts) for name, counts in by_key.items()})
