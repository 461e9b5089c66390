"""The projects of a page in their groups, each with the totals of the whole group."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from overview.census.facets import Counts
from overview.dimensions.groups import Grouping
from overview.dimensions.options import Option
from overview.looks.bars import StatusBar, status_bar
from overview.state import ProjectFilterForm
from projects.models import Lifecycle, Project


@dataclass(frozen=True)
class GroupSection:
    """A group, and those of its projects that stand on this page; the totals are of all of them.

    `bar` counts the active ones by status; `href` leads to the group alone, where `listed_count`
    projects stand: also those that have a goal as a further one.
    """

    label: str
    href: str
    listed_count: int
    projects: list[Project]
    project_count: int
    milestone_count: int
    delivered_count: int
    bar: StatusBar


def group(
    page: Iterable[Project],
    totals: list[dict[str, Any]],
    grouping: Grouping,
    *,
    form: ProjectFilterForm,
    counts: Counts,
) -> list[GroupSection]:
    """Put the projects of a page, which come sorted by group, under their groups.

    `totals` are what `count_by_group` says of all that the filters find, `counts` what each of
    their choices would leave.
    """
    by_group = groupby(page, lambda project: form.groups.get(getattr(project, grouping.column)))
    rows: dict[Option | None, list[dict[str, Any]]] = defaultdict(list)
    for row in totals:
        rows[form.groups.get(row[grouping.column])].append(row)
    return [
        _section(
            option,
            list(projects),
            rows[option],
            href=_only(option, grouping, form),
            listed_count=counts.of(grouping.filter, *option.keys) if option else 0,
        )
        for option, projects in by_group
    ]


def _only(option: Option | None, grouping: Grouping, form: ProjectFilterForm) -> str:
    """The address of the group alone; there is none for what is in no group."""
    return form.address(group="", **{grouping.filter: option.value}) if option else ""


def _section(
    option: Option | None,
    projects: list[Project],
    rows: list[dict[str, Any]],
    *,
    href: str,
    listed_count: int,
) -> GroupSection:
    statuses = Counter[str | None]()
    for row in rows:
        if row["lifecycle"] == Lifecycle.ACTIVE:
            statuses[row["status"]] += row["count"]
    label = str(option.label) if option else _("Not chosen")
    return GroupSection(
        label,
        href,
        listed_count,
        projects,
        sum(row["count"] for row in rows),
        sum(row["milestones"] for row in rows),
        sum(row["delivered"] for row in rows),
        status_bar(label, statuses),
    )
