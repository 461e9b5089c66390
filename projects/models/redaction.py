"""Words that should not have been public, and were taken away."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.marks import RedactionReason
from fkj_portfolio.triggers import MadeNow, StaysWithParent


@pghistory.track()
class Redaction(models.Model):
    """Record that words were taken away from the texts of a project, and from all that was ever kept of them.

    The words themselves are kept nowhere. Only in the transaction that makes this row does the
    database let the history and the reports be changed, and nothing in them but words that give
    place to the mark.
    """

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="redactions"
    )
    reason = models.CharField(_("reason"), max_length=20, choices=RedactionReason)
    mark = models.CharField(max_length=100, help_text="What stands in place of the words.")
    texts: "models.Field[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=60),
        help_text="The columns that had the words, each as “table.column”.",
    )
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="redactions"
    )
    redacted_at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=RedactionReason.values),
                name="%(app_label)s_%(class)s_reason_is_known",
            ),
            models.CheckConstraint(
                condition=Q(mark__regex=r"^\[fjernet [^]%_\\[]+\]$"),
                name="%(app_label)s_%(class)s_mark_says_when_and_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="redaction_never_changes", operation=pgtrigger.Update),
            StaysWithParent(parent="projects_project", column="project_id"),
            MadeNow("redacted_at"),
        ]

    def __str__(self) -> str:
        return self.mark
