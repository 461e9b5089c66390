"""Reports on the status of projects."""

from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.fields import LineField, TextField
from fkj_portfolio.triggers import NotInFuture
from projects.models.triggers import CorrectsSameProject


class Status(models.TextChoices):
    """Statuses of a project, as its manager reports them; never computed."""

    ON_TRACK = "on_track", _("On track")
    CHALLENGES = "challenges", _("Some challenges")
    MAJOR_CHALLENGES = "major_challenges", _("Major challenges")


class RiskLevel(models.TextChoices):
    """Levels of risk; not reported is not low."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    NOT_REPORTED = "not_reported", _("Not reported")


class Change(models.TextChoices):
    """Ways in which a status stands to the one in the report before."""

    BETTER = "better", _("better than the previous report")
    UNCHANGED = "unchanged", _("unchanged")
    WORSE = "worse", _("worse than the previous report")

    @classmethod
    def between(cls, before: Status, now: Status) -> "Change":
        """Compare two statuses, which are declared from the best to the worst."""
        order = list(Status)
        if order.index(now) == order.index(before):
            return cls.UNCHANGED
        return cls.BETTER if order.index(now) < order.index(before) else cls.WORSE


#: The fields in which a report says something.
CONTENT = ["status", "status_text", "risk_level", "risk_text", "gap_reason"]


class StatusReportQuerySet(models.QuerySet["StatusReport"]):
    def newest_first(self) -> Self:
        """Sort by the day it was reported; of two on one day the last recorded is the newest."""
        return self.order_by("-reported_on", "-pk")

    def for_timeline(self) -> Self:
        """The newest first, in two queries: with who reported, what each corrects, and what it."""
        corrections = StatusReport.objects.newest_first()
        return (
            self.newest_first()
            .select_related("reported_by", "corrects")
            .prefetch_related(models.Prefetch("corrections", corrections))
        )


@pghistory.track(
    pghistory.InsertEvent(),
    attrs={"as_of": "record"},
    meta={
        "indexes": [
            models.Index(
                F("project"),
                F("reported_on").desc(),
                F("id").desc(),
                name="projects_statusreport_as_of",
            )
        ]
    },
)
class StatusReport(models.Model):
    """Report on a project at one time; it never changes, a correction is a new one."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="status_reports"
    )
    status = models.CharField(_("status"), max_length=20, choices=Status)
    status_text = TextField(_("about the status"), max_length=5000, blank=True)
    risk_level = models.CharField(_("risk"), max_length=20, choices=RiskLevel)
    risk_text = TextField(_("about the risk"), max_length=5000, blank=True)
    reported_on = models.DateField(_("reported on"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="status_reports",
        help_text="Null when the report was read from an old page.",
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    owner_name = LineField(max_length=200, blank=True, help_text="As it was then.")
    contact_name = LineField(max_length=200, blank=True, help_text="As it was then.")

    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        help_text="The report that this one corrects.",
    )
    gap_reason = LineField(
        _("why the status is better than the signal"), max_length=300, blank=True
    )

    objects = StatusReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="%(app_label)s_%(class)s_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(risk_level__in=RiskLevel.values),
                name="%(app_label)s_%(class)s_risk_level_is_known",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | Q(corrects__lt=F("id")),
                name="%(app_label)s_%(class)s_corrects_an_earlier_one",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "-reported_on", "-id"],
                name="projects_report_newest_first",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="report_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
            CorrectsSameProject(),
            NotInFuture("reported_on"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.reported_on}"

    @property
    def content(self) -> dict[str, Any]:
        """Return what it says, apart from when and by whom."""
        return {name: getattr(self, name) for name in CONTENT}
