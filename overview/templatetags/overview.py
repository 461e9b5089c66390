"""The cells of the table, the key figures' words, and the addresses of lists for the day that a page shows."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from projects.addresses import overview_address
from projects.as_of import address_on
from projects.dimensions.lifecycle import LIFECYCLE_VALUES
from projects.dimensions.parts import NOT_REPORTED, Dimension
from projects.dimensions.status import STATUS_VALUES
from projects.models import Lifecycle, Owner, Project, Status

register = template.Library()

ACTIVE = LIFECYCLE_VALUES[Lifecycle.ACTIVE]


@register.simple_tag(takes_context=True)
def status_address(context: template.Context, status: Status | None = None) -> str:
    """Return the address of the active projects with a status, or of those without a report."""
    value = STATUS_VALUES[status] if status else NOT_REPORTED
    return _list_behind(context, status=value, lifecycle=ACTIVE)


@register.simple_tag(takes_context=True)
def overdue_address(context: template.Context) -> str:
    """Return the address of the active projects with overdue milestones."""
    return _list_behind(context, lifecycle=ACTIVE, overdue="ja")


@register.simple_tag(takes_context=True)
def owner_address(context: template.Context, owner: Owner) -> str:
    """Return the address of the projects of an owner."""
    return _list_behind(context, owner=owner.slug)


@register.filter
def cell(column: Dimension) -> str:
    """Return the template of a column's cells."""
    has_text = column.column and column.column.text
    return (
        "overview/_overview_cell.html"
        if has_text
        else f"overview/_overview_cell_{column.name}.html"
    )


@register.filter
def text_of(column: Dimension, project: Project) -> str:
    """Return what a column says of a project; empty when there is nothing to say."""
    return column.text_of(project)


@register.filter
def change_in_words(change: int) -> str:
    """Return a change with its sign, or say that there is none."""
    if change == 0:
        return _("(unchanged)")
    sign = "+" if change > 0 else "\N{MINUS SIGN}"
    return f"({sign}{abs(change)})"


def _list_behind(context: template.Context, **chosen: str) -> str:
    day: Any = context.get("as_of")
    return address_on(overview_address(**chosen), day)
