"""Every time that a due date was moved."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.fields import LineField
from fkj_portfolio.triggers import StaysWithParent


class Cause(models.TextChoices):
    """Causes for which dates are moved."""

    FINANCING = "financing", _("Financing")
    INTERNAL_RESOURCES = "internal_resources", _("Internal resources")
    SUPPLIER = "supplier", _("Supplier")
    TRIAL = "trial", _("Trial")
    LEGAL = "legal", _("Legal clarification")
    DEPENDENCY = "dependency", _("Dependency")
    ORGANISATION = "organisation", _("Organisation")
    OTHER = "other", _("Other")


@pghistory.track()
class DateMove(models.Model):
    """One move of a milestone's due date; all are kept."""

    milestone = models.ForeignKey(
        "milestones.Milestone", on_delete=models.CASCADE, related_name="date_moves"
    )
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("to"))
    cause = models.CharField(_("cause"), max_length=20, choices=Cause, blank=True)
    reason = LineField(_("reason"), max_length=300, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="date_moves",
        help_text="Null when it was seen in an old page, which does not say why.",
    )
    moved_at = models.DateTimeField(_("moved at"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_date=F("to_date")),
                name="%(app_label)s_%(class)s_goes_to_another_day",
            ),
            models.CheckConstraint(
                condition=Q(cause__in=["", *Cause.values]),
                name="%(app_label)s_%(class)s_cause_is_known",
            ),
            models.CheckConstraint(
                condition=Q(moved_by__isnull=True) | (~Q(cause="") & Q(reason__regex=r"\S")),
                name="%(app_label)s_%(class)s_by_somebody_has_cause_and_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="move_never_changes", operation=pgtrigger.Update),
            StaysWithParent(parent="milestones_milestone", column="milestone_id"),
        ]

    def __str__(self) -> str:
        return f"{self.from_date} → {self.to_date}"

    @property
    def days(self) -> int:
        """Return how many days later the new date is; negative when it is earlier."""
        return (self.to_date - self.from_date).days
