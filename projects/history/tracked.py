"""The tables of events: what each is about, and how an event is compared to the one before."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext_lazy as _

from accounts.models import User, UserRole
from milestones.models import Baseline, BaselineDate, DateMove, Milestone
from projects.models import (
    Contact,
    Owner,
    PortfolioSettings,
    Project,
    ProjectFurtherGoal,
    ProjectManager,
    Redaction,
    Segment,
    StatusReport,
    StrategicGoal,
    Strategy,
)


class TrackedKind(models.TextChoices):
    """Sorts of things that are changed; the values stand in addresses."""

    PROJECT = "prosjekt", _("Projects")
    MILESTONE = "leveranse", _("Deliveries")
    REPORT = "rapport", _("Status reports")
    OWNER = "eier", _("Owners")
    CONTACT = "kontaktperson", _("Contacts")
    ROLE = "rolle", _("Users and roles")
    SETTING = "oppsett", _("Vocabularies and settings")


#: Recorded without a user: by a command, plain SQL, or somebody who was not logged in.
WITHOUT_LOGIN = (
    Q(pgh_context__isnull=True)
    | Q(pgh_context__metadata__user=None)
    | Q(pgh_context__metadata__user__isnull=True)
)


class IsDistinctFrom(Func):
    """Condition that two values differ, where null is a value like others."""

    template = "(%(expressions)s)"
    arg_joiner = " IS DISTINCT FROM "
    output_field = models.BooleanField()


#: What was done to several projects at once, and is told of as one thing.
TOGETHER = Q(pgh_context__metadata__together__gt=1)
ITSELF = F("id")


@dataclass(frozen=True)
class Tracked:
    """A model whose changes are kept.

    `about` names the table of the thing that an entry stands under, and `about_id` its key. An
    event is compared to the one before it with the same `chain`. `by` is the field that says who
    it was where nobody was logged in, as when the past is loaded.
    """

    name: str
    model: Any
    kind: TrackedKind
    about: str
    about_id: Any = ITSELF
    chain: str = "id"
    by: str = ""

    @property
    def events(self) -> QuerySet[Any]:
        """All events, with `about_id`."""
        about_id = Cast(self.about_id, models.BigIntegerField())
        manager: Any = self.model.pgh_event_model._default_manager
        events: QuerySet[Any] = manager.annotate(about_id=about_id)
        return events

    @property
    def fields(self) -> dict[str, "models.Field[Any, Any]"]:
        """Return what is kept of a thing, by the names of the columns."""
        fields = self.model.pgh_event_model._meta.concrete_fields
        return {each.attname: each for each in fields if not each.name.startswith("pgh_")}

    def row(self) -> JSONObject:
        """All that an event keeps of the thing, as JSON."""
        return JSONObject(**{name: F(name) for name in self.fields})

    def before(self) -> QuerySet[Any]:
        """The event before an outer one, in a list of one or none."""
        time, pk = OuterRef("pgh_true_from"), OuterRef("pgh_id")
        earlier = Q(pgh_true_from__lt=time) | Q(pgh_true_from=time, pgh_id__lt=pk)
        events = self.model.pgh_event_model._default_manager.filter(
            earlier, **{self.chain: OuterRef(self.chain)}
        )
        before: QuerySet[Any] = events.order_by("-pgh_true_from", "-pgh_id")[:1]
        return before

    def differs(self, names: Iterable[str]) -> Q:
        """Select the events in which one of these fields is another than before."""
        differs = Q(pk__in=[])
        for name in names:
            differs |= Q(IsDistinctFrom(F(name), Subquery(self.before().values(name))))
        return differs

    def by_person(self) -> Q:
        """Select the events of which the thing itself says by whom."""
        return self.differs([self.by]) if self.chain == "id" and self.by else Q()


@cache
def tables() -> dict[str, Tracked]:
    """Every table of events by its name, in the order in which an entry tells of them."""
    project_id = F("project_id")
    every = [
        Tracked("project", Project, TrackedKind.PROJECT, "project"),
        Tracked(
            "redaction", Redaction, TrackedKind.PROJECT, "project", project_id, by="redacted_by"
        ),
        Tracked("manager", ProjectManager, TrackedKind.PROJECT, "project", project_id),
        Tracked("further_goal", ProjectFurtherGoal, TrackedKind.PROJECT, "project", project_id),
        Tracked(
            "report",
            StatusReport,
            TrackedKind.REPORT,
            "project",
            project_id,
            "project_id",
            "reported_by",
        ),
        Tracked(
            "milestone", Milestone, TrackedKind.MILESTONE, "project", project_id, by="delivered_by"
        ),
        Tracked(
            "date_move",
            DateMove,
            TrackedKind.MILESTONE,
            "project",
            _project_of(Milestone, "milestone_id"),
            by="moved_by",
        ),
        Tracked("baseline", Baseline, TrackedKind.MILESTONE, "project", project_id, by="set_by"),
        Tracked(
            "baseline_date",
            BaselineDate,
            TrackedKind.MILESTONE,
            "project",
            _project_of(Baseline, "baseline_id"),
        ),
        Tracked("owner", Owner, TrackedKind.OWNER, "owner"),
        Tracked("contact", Contact, TrackedKind.CONTACT, "contact"),
        Tracked("user", User, TrackedKind.ROLE, "user"),
        Tracked("role", UserRole, TrackedKind.ROLE, "user", F("user_id")),
        Tracked("strategy", Strategy, TrackedKind.SETTING, "strategy"),
        Tracked("goal", StrategicGoal, TrackedKind.SETTING, "goal"),
        Tracked("segment", Segment, TrackedKind.SETTING, "segment"),
        Tracked("settings", PortfolioSettings, TrackedKind.SETTING, "settings"),
    ]
    return {table.name: table for table in every}


def _project_of(model: Any, key: str) -> Subquery:
    """The project of the thing that an event names, also when the thing is deleted."""
    events = model.pgh_event_model._default_manager.filter(id=OuterRef(key))
    return Subquery(events.values("project_id")[:1])
