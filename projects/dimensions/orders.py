"""How projects are sorted by their properties, and what columns show beside the project itself."""

from collections.abc import Collection, Iterable

from django.db.models.expressions import OrderBy

from projects.dimensions.deliveries import DUE
from projects.dimensions.manager import MANAGER
from projects.dimensions.parts import Dimension
from projects.models.fields import norwegian_order
from projects.models.project_queryset import ProjectQuerySet


def sorted_by(
    projects: ProjectQuerySet, *sorts: tuple[Dimension, bool], first: Iterable[OrderBy] = ()
) -> ProjectQuerySet:
    """Sort by the columns of some dimensions, each ascending or descending; what has no value comes last either way.

    `first` comes before them.
    """
    orders = [
        each.column.order.desc(nulls_last=True)
        if is_descending
        else each.column.order.asc(nulls_last=True)
        for each, is_descending in sorts
        if each.column
    ]
    return projects.order_by(*first, *orders, norwegian_order("title"), "pk")


def with_columns(projects: ProjectQuerySet, columns: Collection[Dimension]) -> ProjectQuerySet:
    """Bring along what these columns of the overview show, and leave long texts behind."""
    projects = projects.defer("ingress", "description", "link_url", "link_text")
    for each in columns:
        if each.column and each.column.related:
            projects = projects.select_related(each.column.related)
    if DUE in columns:
        projects = projects.with_next_milestone()
    if MANAGER in columns:
        projects = projects.prefetch_related("managers")
    return projects
