"""Changes of several projects at once by the portfolio office, kept so that they can be undone."""

import datetime
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.addresses import page_address

#: How long a change can be undone.
UNDO_TIME = datetime.timedelta(minutes=10)


class SharedField(models.TextChoices):
    """Fields of a project that can be set for several at once, by their names."""

    OWNER = "owner", _("owner")
    CONTACT = "contact", _("contact")
    SEGMENT = "segment", _("segment")
    MAIN_GOAL = "main_goal", _("strategic goal")
    MANAGERS = "managers", _("project managers")
    LIFECYCLE = "lifecycle", _("lifecycle")


class ProjectsChangeQuerySet(models.QuerySet["ProjectsChange"]):
    def with_clock(self) -> Self:
        """Add what time it is by the database, whose clock decides what can be undone."""
        return self.annotate(now=Now())

    def undoable(self) -> Self:
        """Select what can still be undone, the newest first, with how many projects it was."""
        recent = self.filter(undone_at=None, changed_at__gt=Now() - UNDO_TIME)
        with_count = recent.annotate(project_count=Count("projects"))
        return with_count.select_related("changed_by").order_by("-changed_at", "-pk")


class ProjectsChange(models.Model):
    """One field that was set to one value for several projects at once.

    A value is the key of what the field refers to, a list of such, or the word itself; null is none.
    """

    field = models.CharField(max_length=20, choices=SharedField)
    value = models.JSONField(null=True)
    #: Made with the preview, so that a second click finds what the first has done.
    token = models.UUIDField(unique=True, editable=False)
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="projects_changes"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="undone_projects_changes",
    )

    objects = ProjectsChangeQuerySet.as_manager()

    # Set only by `with_clock`.
    now: datetime.datetime
    #: Set only by `undoable`.
    project_count: int

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=SharedField.values),
                name="%(app_label)s_%(class)s_field_is_known",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="%(app_label)s_%(class)s_undone_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True)
                | Q(undone_at__gte=F("changed_at"), undone_at__lt=F("changed_at") + UNDO_TIME),
                name="%(app_label)s_%(class)s_undone_within_ten_minutes",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_was_set_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("field", "value", "changed_at", "changed_by"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.changed_at}"

    def get_absolute_url(self) -> str:
        return page_address("projects:several_detail", self.pk)

    @property
    def undoable_until(self) -> datetime.datetime:
        """Return when it can no longer be undone."""
        return self.changed_at + UNDO_TIME

    @property
    def is_too_old(self) -> bool:
        """Return whether the time to undo it is over; needs `with_clock`."""
        return self.now >= self.undoable_until

    @property
    def is_undoable(self) -> bool:
        """Return whether nobody has undone it and there is time left; needs `with_clock`."""
        return self.undone_at is None and not self.is_too_old


class ChangedProject(models.Model):
    """State of a project before it was changed together with others."""

    change = models.ForeignKey(ProjectsChange, on_delete=models.CASCADE, related_name="projects")
    # It stays when the project is deleted, as the history does.
    project = models.ForeignKey(
        "projects.Project",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    before: Any = models.JSONField(null=True)
    is_set_back = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "project"],
                name="%(app_label)s_%(class)s_is_in_a_change_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_was_before_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("change", "project", "before"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.before}"
