"""The projects of a page in their groups, each with the totals of the whole group."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from overview.census.count import Census, Counted
from overview.looks.bars import StatusBar, status_bar
from overview.state import State
from projects.dimensions.parts import Option
from projects.models import Project


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


def group(page: Iterable[Project], state: State, census: Census) -> list[GroupSection]:
    """Put the projects of a page, which come sorted by group, under their groups."""
    assert state.grouped_by
    name = state.grouped_by.name
    rows: dict[Option | None, list[Counted]] = defaultdict(list)
    for row in census.by(name):
        rows[state.groups.get(row.key)].append(row)
    return [
        _section(
            option,
            list(projects),
            rows[option],
            href=state.address(group="", **{name: option.value}) if option else "",
            listed_count=census.left(name, *option.keys) if option else 0,
        )
        for option, projects in groupby(page, state.group_of)
    ]


def _section(
    option: Option | None,
    projects: list[Project],
    rows: list[Counted],
    *,
    href: str,
    listed_count: int,
) -> GroupSection:
    statuses = Counter[str | None]()
    for row in rows:
        if row.is_active:
            statuses[row.status] += row.found
    label = str(option.label) if option else _("Not chosen")
    return GroupSection(
        label,
        href,
        listed_count,
        projects,
        sum(row.found for row in rows),
        sum(row.milestones for row in rows),
        sum(row.delivered for row in rows),
        status_bar(label, statuses),
    )
