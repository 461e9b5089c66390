"""Topics of the history: what of the things was changed, as people call it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.history.tracked import Tracked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What a person makes and removes; the other tables say how such a thing has changed.
THINGS = (
    "project",
    "milestone",
    "owner",
    "contact",
    "user",
    "strategy",
    "goal",
    "segment",
)


@dataclass(frozen=True)
class Topic:
    """Changes of these fields, every event of these tables, or those with this label."""

    value: str
    label: "StrOrPromise"
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: Iterable[str] = ()
    events: str = ""

    def selects(self, table: Tracked) -> Q | None:
        """Return what of a table is about the topic; None when nothing is."""
        if self.events:
            return Q(pgh_label=self.events) if table.name in THINGS else None
        if table.name in self.tables:
            return Q()
        if table.name not in self.fields:
            return None
        differs = table.differs(self.fields[table.name])
        # A report is compared to the one before it, and is never an update itself.
        return differs if table.name == "report" else differs & Q(pgh_label="update")


TOPICS = {
    topic.value: topic
    for topic in (
        Topic("opprettet", _("Made"), events="insert"),
        Topic("slettet", _("Deleted"), events="delete"),
        Topic(
            "navn",
            _("Name"),
            {
                "project": ("title",),
                "milestone": ("code", "title"),
                "owner": ("name", "short_name"),
                "contact": ("name",),
                "user": ("name",),
                "strategy": ("name",),
                "goal": ("name",),
                "segment": ("name",),
            },
        ),
        Topic(
            "tekster",
            _("Texts and links"),
            {
                "project": ("ingress", "description", "link_url", "link_text"),
                "milestone": ("description",),
                "report": ("status_text", "risk_text"),
                "owner": ("website",),
            },
        ),
        Topic("fjernet", _("Words taken away"), tables=["redaction"]),
        Topic("status", _("Status"), {"report": ("status",)}),
        Topic("risiko", _("Risk"), {"report": ("risk_level",)}),
        Topic("livslop", _("Lifecycle"), {"project": ("lifecycle",)}),
        Topic("publisering", _("Publication"), {"project": ("is_published",)}),
        Topic(
            "mal",
            _("Strategic goals"),
            {"project": ("main_goal",)},
            tables=["further_goal"],
        ),
        Topic(
            "eier",
            _("Owner"),
            {"project": ("owner",), "contact": ("owner",), "owner": ("successor",)},
        ),
        Topic("kontaktperson", _("Contact"), {"project": ("contact",)}),
        Topic("segment", _("Segment"), {"project": ("segment",)}),
        Topic("prosjektleder", _("Project managers"), tables=["manager"]),
        Topic(
            "rapportering",
            _("Days between reports"),
            {
                "project": ("report_interval_days",),
                "settings": ("report_interval_days",),
            },
        ),
        Topic(
            "frist",
            _("Due date"),
            {"milestone": ("due_on", "original_due_on")},
            tables=["date_move"],
        ),
        Topic("levert", _("Delivered"), {"milestone": ("is_delivered", "delivered_on")}),
        Topic("utgatt", _("Obsolete"), {"milestone": ("is_obsolete", "obsolete_reason")}),
        Topic(
            "grunnlinje",
            _("Baseline"),
            {"milestone": ("new_baseline_on",)},
            tables=["baseline", "baseline_date"],
        ),
        Topic("rekkefolge", _("Order of the deliveries"), {"milestone": ("position",)}),
        Topic(
            "kontaktinformasjon",
            _("E-mail and phone"),
            {
                "contact": ("email", "phone", "email_is_public", "phone_is_public"),
                "user": ("email",),
            },
        ),
        Topic(
            "i-bruk",
            _("In use"),
            {
                "owner": ("in_use",),
                "contact": ("in_use",),
                "segment": ("in_use",),
                "user": ("is_active",),
            },
        ),
        Topic("roller", _("Roles"), {"user": ("is_superuser",)}, tables=["role"]),
    )
}
#: What can change on a project itself, for the history of one.
PROJECT_TABLES = frozenset(
    (
        "project",
        "redaction",
        "manager",
        "further_goal",
        "report",
        "milestone",
        "date_move",
        "baseline",
        "baseline_date",
    )
)


def topics_of_a_project() -> list[Topic]:
    """The topics that the history of one project can have."""
    return [
        topic
        for topic in TOPICS.values()
        if topic.events or PROJECT_TABLES & {*topic.fields, *topic.tables}
    ]
