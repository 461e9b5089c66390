"""The signal beside the status: what the milestones say, computed, never reported."""

import datetime
from typing import Any

from django.db import models
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from projects.models.portfolio_settings import PortfolioSettings, months_before
from projects.models.status_report import Status


class Signal(models.TextChoices):
    """What the milestones say of a project, from the best to the worst."""

    GREEN = "green", _("Green")
    YELLOW = "yellow", _("Yellow")
    RED = "red", _("Red")


#: The signal that says as much as a status; a status is greener when its own comes before.
SIGNAL_OF_STATUS = {
    Status.ON_TRACK: Signal.GREEN,
    Status.CHALLENGES: Signal.YELLOW,
    Status.MAJOR_CHALLENGES: Signal.RED,
}
#: Where the reported status is greener than the annotated signal.
GAP = Q(status=Status.ON_TRACK, signal__in=[Signal.YELLOW, Signal.RED]) | Q(
    status=Status.CHALLENGES, signal=Signal.RED
)


def signal_annotations(
    milestones: QuerySet[Any], *, rules: PortfolioSettings, today: datetime.date
) -> dict[str, Any]:
    """Annotations for projects: the signal, and the milestones and dates that give it.

    `milestones` are all outstanding ones. Red is when one is more than three months past
    its baseline (the original due date, until the office sets a new one), yellow when
    more than one month past or overdue now; the months are settings.
    """
    label = Coalesce(NullIf("code", Value("")), "title")
    mine = milestones.filter(project=OuterRef("pk")).annotate(
        label=label, baseline_on=Coalesce("new_baseline_on", "original_due_on")
    )
    behind = mine.filter(baseline_on__isnull=False).order_by("baseline_on", "position", "pk")
    overdue = mine.filter(due_on__lt=today).order_by("due_on", "position", "pk")
    red = Q(furthest_behind_since__lt=months_before(today, rules.red_after_months))
    yellow = Q(furthest_behind_since__lt=months_before(today, rules.yellow_after_months)) | Q(
        longest_overdue_since__isnull=False
    )
    return {
        "furthest_behind_since": Subquery(behind.values("baseline_on")[:1]),
        "furthest_behind_label": Subquery(behind.values("label")[:1]),
        "longest_overdue_since": Subquery(overdue.values("due_on")[:1]),
        "longest_overdue_label": Subquery(overdue.values("label")[:1]),
        "signal": Case(
            When(red, then=Value(Signal.RED)),
            When(yellow, then=Value(Signal.YELLOW)),
            default=Value(Signal.GREEN),
            output_field=models.CharField(),
        ),
    }
