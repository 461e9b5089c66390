"""What the overview sorts projects by, and what its columns show beside the project itself."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.expressions import Expression
from django.db.models.functions import Cast, Coalesce, NullIf

from projects.models.fields import norwegian_order
from projects.models.lifecycle import Lifecycle
from projects.models.status_report import RiskLevel, Status


def _place(field: str, values: Sequence[models.TextChoices]) -> Case:
    """Give each value its place in a list, and null to what is not there."""
    return Case(
        *(When(**{field: value}, then=Value(place)) for place, value in enumerate(values)),
        output_field=IntegerField(),
    )


#: What the overview can be sorted by; ascending is from the mildest, the least and the oldest.
ORDERS: dict[str, Expression | F] = {
    "title": norwegian_order("title"),
    "status": _place("status", list(Status)),
    "risk": _place("risk_level", [RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH]),
    "progress": Cast("delivered_count", models.FloatField()) / NullIf("milestone_count", 0),
    "due": F("next_due_on"),
    "reported": F("reported_on"),
    "owner": norwegian_order(Coalesce(NullIf("owner__short_name", Value("")), "owner__name")),
    "goal": F("main_goal__number"),
    "segment": F("segment__position"),
    "lifecycle": _place("lifecycle", list(Lifecycle)),
    "contact": norwegian_order("contact__name"),
    "overdue": F("overdue_count"),
    "report_due": F("report_due_on"),
    "managers": F("first_manager"),
}

#: The columns of the overview that show something else than the project, by the relation's name.
RELATED_COLUMNS = {
    "owner": "owner",
    "goal": "main_goal",
    "segment": "segment",
    "contact": "contact",
}
