"""Freshness: until when what has been reported of a project holds."""

import datetime
from typing import Any

from django.db.models import BooleanField, Case, DateField, ExpressionWrapper, Subquery, When
from django.db.models.functions import Coalesce, TruncDate

from projects.models.lifecycle import Lifecycle
from projects.models.portfolio_settings import PortfolioSettings


def freshness_annotations(*, today: datetime.date) -> dict[str, Any]:
    """Annotations for projects `with_latest_report`: when the next one is due, and whether it is late.

    Only active projects owe reports. The first one counts from the publication; before that
    nobody waits for it.
    """
    begins_on = Coalesce("reported_on", TruncDate("published_at"))
    interval = Coalesce(
        "report_interval_days",
        Subquery(PortfolioSettings.objects.values("report_interval_days")[:1]),
        PortfolioSettings().report_interval_days,
    )
    due_on = ExpressionWrapper(begins_on + interval, output_field=DateField())
    return {
        "report_due_on": Case(
            When(lifecycle=Lifecycle.ACTIVE, then=due_on), output_field=DateField()
        ),
        "is_report_late": Case(
            When(report_due_on__lt=today, then=True), default=False, output_field=BooleanField()
        ),
    }
