"""Topics of the history: what of the things was changed, as people call it."""

from django.utils.translation import gettext_lazy as _

from projects.dimensions import DIMENSIONS
from projects.history.topic import Topic

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
        *(each.topic for each in DIMENSIONS if each.topic),
        Topic("publisering", _("Publication"), {"project": ("is_published",)}),
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
