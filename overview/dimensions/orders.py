"""What the overview sorts projects by, and what its columns show beside the project itself."""

from collections.abc import Collection, Iterable

from django.db import models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.expressions import Expression, OrderBy
from django.db.models.functions import Cast, Coalesce, NullIf

from projects.models import Lifecycle, RiskLevel, Status
from projects.models.fields import norwegian_order, place_in
from projects.models.project_queryset import ProjectQuerySet

#: What the overview can be sorted by; ascending is from the mildest, the least and the oldest.
ORDERS: dict[str, Expression | F] = {
    "title": norwegian_order("title"),
    "status": place_in("status", list(Status)),
    "risk": place_in("risk_level", [RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH]),
    "progress": Cast("delivered_count", models.FloatField()) / NullIf("milestone_count", 0),
    "due": F("next_due_on"),
    "reported": F("reported_on"),
    "owner": norwegian_order(Coalesce(NullIf("owner__short_name", Value("")), "owner__name")),
    "goal": F("main_goal__number"),
    "segment": F("segment__position"),
    "lifecycle": place_in("lifecycle", list(Lifecycle)),
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


def sorted_by(
    projects: ProjectQuerySet, *sorts: tuple[str, bool], first: Iterable[OrderBy] = ()
) -> ProjectQuerySet:
    """Sort by some of ORDERS, each ascending or descending; what has no value comes last either way.

    `first` comes before them.
    """
    orders = [
        ORDERS[name].desc(nulls_last=True) if descending else ORDERS[name].asc(nulls_last=True)
        for name, descending in sorts
    ]
    if any(name == "managers" for name, _descending in sorts):
        names = norwegian_order(Coalesce(NullIf("managers__name", Value("")), "managers__email"))
        first_of = projects.model.objects.filter(pk=OuterRef("pk")).annotate(of=names)
        projects = projects.annotate(
            first_manager=Subquery(first_of.order_by("of").values("of")[:1])
        )
    return projects.order_by(*first, *orders, norwegian_order("title"), "pk")


def with_columns(projects: ProjectQuerySet, names: Collection[str]) -> ProjectQuerySet:
    """Bring along what these columns of the overview show, and leave long texts behind."""
    projects = projects.defer("ingress", "description", "link_url", "link_text")
    for name in RELATED_COLUMNS.keys() & names:
        projects = projects.select_related(RELATED_COLUMNS[name])
    if "due" in names:
        projects = projects.with_next_milestone()
    if "managers" in names:
        projects = projects.prefetch_related("managers")
    return projects
