"""The signal beside the status: what the milestones say, computed, never reported."""

import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from projects.models.figures import is_overdue
from projects.models.lifecycle import Lifecycle
from projects.models.portfolio_settings import SignalRules, months_before
from projects.models.status_report import Status, StatusReport


class Signal(models.TextChoices):
    """Signals that the milestones give of a project, from the best to the worst."""

    GREEN = "green", _("Green")
    YELLOW = "yellow", _("Yellow")
    RED = "red", _("Red")


#: Where a reported status is greener than the signal, the most serious first.
GAPS = [
    (Status.ON_TRACK, Signal.RED),
    (Status.CHALLENGES, Signal.RED),
    (Status.ON_TRACK, Signal.YELLOW),
]


def signal_annotations(
    milestones: QuerySet[Any], *, rules: SignalRules, today: datetime.date
) -> dict[str, Any]:
    """Annotations for projects: the signal, and the milestones and dates that give it.

    `milestones` are all outstanding ones. Red is when one is more than three months past
    its baseline (the original due date, until the office sets a new one), yellow when
    more than one month past or overdue now; the months are settings. Only active projects
    have a signal: what is paused or closed is not expected to deliver.
    """
    label = Coalesce(NullIf("code", Value("")), "title")
    mine = milestones.filter(project=OuterRef("pk")).annotate(
        label=label, baseline_on=Coalesce("new_baseline_on", "original_due_on")
    )
    behind = mine.filter(baseline_on__isnull=False).order_by("baseline_on", "position", "pk")
    overdue = mine.filter(due_on__lt=today).order_by("due_on", "position", "pk")
    is_behind = "furthest_behind_since__lt"
    red = Q(**{is_behind: _within(rules.red_after_months, today=today)})
    yellow = Q(**{is_behind: _within(rules.yellow_after_months, today=today)}) | Q(
        longest_overdue_since__isnull=False
    )
    return {
        "furthest_behind_since": F("figures__furthest_behind_since"),
        "furthest_behind_label": Subquery(behind.values("label")[:1]),
        "furthest_behind_new_baseline_on": Subquery(behind.values("new_baseline_on")[:1]),
        "longest_overdue_since": Case(When(is_overdue(today=today), then="figures__next_due_on")),
        "longest_overdue_label": Subquery(overdue.values("label")[:1]),
        "signal": Case(
            When(~Q(lifecycle=Lifecycle.ACTIVE), then=None),
            When(red, then=Value(Signal.RED)),
            When(yellow, then=Value(Signal.YELLOW)),
            default=Value(Signal.GREEN),
            output_field=models.CharField(),
        ),
    }


def gap_reason_annotations() -> dict[str, Any]:
    """Annotations for projects: why the newest report is greener than the signal, and since when it says so.

    A report that was only confirmed repeats the sentence, which stands since it was first given.
    """
    reports = StatusReport.objects.filter(project=OuterRef("pk"))
    not_before = Q(reported_on__gt=OuterRef("reported_on")) | Q(
        reported_on=OuterRef("reported_on"), pk__gt=OuterRef("pk")
    )
    says_otherwise = StatusReport.objects.filter(not_before, project=OuterRef("project")).exclude(
        gap_reason=OuterRef("gap_reason")
    )
    since = reports.exclude(Exists(says_otherwise)).order_by("reported_on", "pk")
    return {
        "gap_reason": Subquery(reports.newest_first().values("gap_reason")[:1]),
        "gap_reason_since": Subquery(since.values("reported_on")[:1]),
    }


def is_greener(status: str, signal: str | None) -> bool:
    """Return whether a reported status says more good than a signal does."""
    return (status, signal) in GAPS


def gap_place() -> Case:
    """Return where among GAPS the annotated status and signal of a project are; null where they agree."""
    return Case(
        *(
            When(status=status, signal=signal, then=Value(place))
            for place, (status, signal) in enumerate(GAPS)
        ),
        output_field=models.IntegerField(),
    )


def _within(months: int, *, today: datetime.date) -> datetime.date:
    """Return the first day that is not more than so many months ago.

    On 31 May that is 1 March for three months: there is no 31 February, and three months
    after its last day have passed.
    """
    day = months_before(today, months)
    return day if day.day == today.day else day + datetime.timedelta(days=1)
