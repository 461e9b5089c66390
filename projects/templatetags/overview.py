"""The key figures' words, and the addresses of the lists behind them."""

from django import template
from django.utils.translation import gettext as _

from projects.forms.project_filter import (
    LIFECYCLE_VALUES,
    NOT_REPORTED,
    STATUS_VALUES,
    overview_address,
)
from projects.models import Lifecycle, Status

register = template.Library()

ACTIVE = LIFECYCLE_VALUES[Lifecycle.ACTIVE]


@register.simple_tag
def status_address(status: Status | None = None) -> str:
    """Return the address of the active projects with a status, or of those without a report."""
    value = STATUS_VALUES[status] if status else NOT_REPORTED
    return overview_address(status=value, lifecycle=ACTIVE)


@register.simple_tag
def overdue_address() -> str:
    """Return the address of the active projects with overdue milestones."""
    return overview_address(lifecycle=ACTIVE, overdue="ja")


@register.filter
def change_in_words(change: int) -> str:
    """Return a change with its sign, or say that there is none."""
    if change == 0:
        return _("(unchanged)")
    sign = "+" if change > 0 else "\N{MINUS SIGN}"
    return f"({sign}{abs(change)})"
