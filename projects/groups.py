"""The projects of a page in their groups, each with the totals of the whole group."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from projects.bars import Bar, status_bar
from projects.forms.filter_options import Option
from projects.forms.project_filter import ProjectFilterForm
from projects.models import Lifecycle, Project


@dataclass(frozen=True)
class Section:
    """A group, and those of its projects that stand on this page; the totals are of all of them.

    `bar` counts the active ones by status; `href` leads to the group alone.
    """

    label: str
    href: str
    projects: list[Project]
    project_count: int
    milestone_count: int
    delivered_count: int
    bar: Bar


def group(
    page: Iterable[Project], totals: list[dict[str, Any]], *, form: ProjectFilterForm
) -> list[Section]:
    """Put the projects of a page, which come sorted by group, under their groups.

    `totals` are what `count_by_group` says of all that the filters find.
    """
    assert form.grouping
    options = {
        key: option
        for option in form.filters[form.grouping.filter].options.values()
        for key in option.keys
    }
    by_group = groupby(page, lambda project: options.get(getattr(project, form.grouping.column)))
    return [
        _section(option, list(projects), totals, options, form=form)
        for option, projects in by_group
    ]


def _section(
    option: Option | None,
    projects: list[Project],
    totals: list[dict[str, Any]],
    options: dict[object, Option],
    *,
    form: ProjectFilterForm,
) -> Section:
    assert form.grouping
    mine = [row for row in totals if options.get(row[form.grouping.column]) == option]
    statuses = Counter[str | None]()
    for row in mine:
        if row["lifecycle"] == Lifecycle.ACTIVE:
            statuses[row["status"]] += row["count"]
    label = str(option.label) if option else _("Not chosen")
    href = form.address(group="", **{form.grouping.filter: option.value}) if option else ""
    return Section(
        label,
        href,
        projects,
        sum(row["count"] for row in mine),
        sum(row["milestones"] for row in mine),
        sum(row["delivered"] for row in mine),
        status_bar(label, statuses),
    )
