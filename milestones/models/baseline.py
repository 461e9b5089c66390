"""New baselines: when the office has decided that slip counts from other dates."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.fields import LineField
from fkj_portfolio.triggers import NotInFuture, StaysWithParent
from milestones.models.milestone import Milestone


@pghistory.track()
class Baseline(models.Model):
    """A decision that the slip of some milestones counts from new dates."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="baselines"
    )
    decision = LineField(_("decision"), max_length=300)
    decided_on = models.DateField(_("decided on"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="baselines"
    )
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__regex=r"\S"),
                name="%(app_label)s_%(class)s_refers_to_a_decision",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="baseline_never_changes", operation=pgtrigger.Update),
            StaysWithParent(parent="projects_project", column="project_id"),
            NotInFuture("decided_on"),
        ]

    def __str__(self) -> str:
        return f"{self.decided_on}: {self.decision}"


@pghistory.track()
class BaselineDate(models.Model):
    """The date that slip counted from for one milestone, and the one it counts from now."""

    baseline = models.ForeignKey(Baseline, on_delete=models.CASCADE, related_name="dates")
    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="baselines")
    from_date = models.DateField()
    to_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["baseline", "milestone"],
                name="%(app_label)s_%(class)s_is_one_for_each_milestone",
            ),
            models.CheckConstraint(
                condition=~Q(from_date=F("to_date")),
                name="%(app_label)s_%(class)s_is_another_day",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="baseline_date_never_changes", operation=pgtrigger.Update),
            StaysWithParent(parent="milestones_milestone", column="milestone_id"),
        ]

    def __str__(self) -> str:
        return f"{self.from_date} → {self.to_date}"
