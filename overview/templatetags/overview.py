"""The key figures' words, and the addresses of lists, for the day that a page shows."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from projects.addresses import (
    LIFECYCLE_VALUES,
    NOT_REPORTED,
    STATUS_VALUES,
    overview_address,
)
from projects.as_of import address_on
from projects.models import Lifecycle, Owner, Status

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
def change_in_words(change: int) -> str:
    """Return a change with its sign, or say that there is none."""
    if change == 0:
        return _("(unchanged)")
    sign = "+" if change > 0 else "\N{MINUS SIGN}"
    return f"({sign}{abs(change)})"


def _list_behind(context: template.Context, **chosen: str) -> str:
    day: Any = context.get("as_of")
    return address_on(overview_address(**chosen), day)
