"""The members of the portfolio."""

import datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.models.contact import Contact
from projects.models.fields import norwegian_order, norwegian_slug
from projects.models.owner import Owner
from projects.models.status_report import Change, Status, StatusReport
from projects.models.vocabularies import Segment, StrategicGoal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class Lifecycle(models.TextChoices):
    """Where a project is in its life; only active ones are counted in status figures."""

    PLANNED = "planned", _("Planned")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


class ProjectQuerySet(models.QuerySet["Project"]):
    def published(self) -> Self:
        """Select what everyone may read."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Select what this person may read: the published ones, or with a login all."""
        return self if user.is_authenticated else self.published()

    def managed_by(self, user: "User") -> Self:
        """Select the projects that this person manages."""
        return self.filter(managers=user)

    def with_milestone_counts(self, *, today: datetime.date) -> Self:
        """Annotate how many milestones there are, are delivered, obsolete and overdue.

        The one counting rule: what was withdrawn undelivered is not counted.
        """
        delivered = Q(milestones__is_delivered=True)
        standing = Q(milestones__is_obsolete=False)
        overdue = (
            Q(milestones__is_delivered=False, milestones__due_on__lt=today) & standing
        )
        return self.annotate(
            milestone_count=_count_milestones(delivered | standing),
            delivered_count=_count_milestones(delivered),
            obsolete_count=_count_milestones(Q(milestones__is_obsolete=True)),
            overdue_count=_count_milestones(overdue),
        )

    def with_latest_report(self) -> Self:
        """Annotate what the newest report says, null when there is none, and the status before."""
        newest_first = StatusReport.objects.filter(
            project=OuterRef("pk")
        ).newest_first()
        return self.annotate(
            status=Subquery(newest_first.values("status")[:1]),
            risk_level=Subquery(newest_first.values("risk_level")[:1]),
            reported_on=Subquery(newest_first.values("reported_on")[:1]),
            previous_status=Subquery(newest_first.values("status")[1:2]),
        )

    def for_page(self, *, today: datetime.date) -> Self:
        """Everything that stands once on a project's page, in one query."""
        return (
            self.select_related("main_goal", "owner__successor", "contact__owner", "segment")
            .with_milestone_counts(today=today)
            .with_latest_report()
        )

    def in_order(self) -> Self:
        """Sort by title in the Norwegian alphabet."""
        return self.order_by(norwegian_order("title"), "pk")

    def free_slug(self, title: str) -> str:
        """Return a name for addresses that no project has yet."""
        # Room for a number within the field's length.
        slug = base = norwegian_slug(title)[:90].rstrip("-") or "prosjekt"
        number = 2
        while self.filter(slug=slug).exists():
            slug, number = f"{base}-{number}", number + 1
        return slug


def _count_milestones(which: Q) -> Coalesce:
    """Count in a subquery, so that neither joins nor one another multiply the counts."""
    counted = (
        Project.objects.filter(which, pk=OuterRef("pk"))
        .values("pk")
        .annotate(count=Count("milestones"))
        .values("count")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@pghistory.track()
class Project(models.Model):
    """A member of the portfolio: a program, a project or another effort."""

    title = models.CharField(_("title"), max_length=250)
    slug = models.SlugField(
        _("name in addresses"), max_length=100, unique=True, editable=False
    )
    ingress = models.TextField(_("introduction"), max_length=1000, blank=True)
    description = models.TextField(
        _("about the project"), max_length=20_000, blank=True
    )
    link_url = models.URLField(
        _("address of a page with more"), max_length=500, blank=True
    )
    link_text = models.CharField(_("text of the link"), max_length=250, blank=True)
    lifecycle = models.CharField(
        _("lifecycle"), max_length=20, choices=Lifecycle, default=Lifecycle.ACTIVE
    )
    main_goal = models.ForeignKey(
        StrategicGoal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("strategic goal"),
    )
    further_goals = models.ManyToManyField(
        StrategicGoal,
        blank=True,
        related_name="further_projects",
        verbose_name=_("further strategic goals"),
    )
    owner = models.ForeignKey(
        Owner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("owner"),
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("contact"),
    )
    segment = models.ForeignKey(
        Segment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("segment"),
    )
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="managed_projects",
        verbose_name=_("project managers"),
    )
    is_published = models.BooleanField(_("published"), default=False)
    published_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was first published."
    )
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    objects = ProjectQuerySet.as_manager()

    # Set only by the queryset methods that annotate them.
    milestone_count: int
    delivered_count: int
    obsolete_count: int
    overdue_count: int
    status: str | None
    risk_level: str | None
    reported_on: datetime.date | None
    previous_status: str | None

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(lifecycle__in=Lifecycle.values),
                name="%(app_label)s_%(class)s_lifecycle_is_known",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_since_a_time",
            ),
            models.CheckConstraint(
                condition=Q(link_text="") | ~Q(link_url=""),
                name="%(app_label)s_%(class)s_link_text_has_a_link",
                violation_error_message=_("Write the address that the link leads to."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:project_detail", args=[self.slug])

    def is_editable_by(self, user: "User | AnonymousUser") -> bool:
        """Whether this person may change the project: its managers and the portfolio office."""
        if user.has_perm("projects.change_project"):
            return True
        return user.is_authenticated and self.managers.filter(pk=user.pk).exists()

    def publish(self) -> None:
        """Show the project to everyone; from the first time on, its original due dates are locked."""
        self.is_published = True
        self.published_at = self.published_at or timezone.now()
        self.save(update_fields=["is_published", "published_at"])

    def unpublish(self) -> None:
        """Show the project to staff only."""
        self.is_published = False
        self.save(update_fields=["is_published"])

    @property
    def status_change(self) -> Change | None:
        """How the annotated status stands to the one before; None when there is none before."""
        if not self.status or not self.previous_status:
            return None
        return Change.between(Status(self.previous_status), Status(self.status))

    def report(
        self,
        *,
        status: str,
        risk_level: str,
        on: datetime.date,
        by: "User | None",
        status_text: str = "",
        risk_text: str = "",
    ) -> StatusReport:
        """Publish a status report, with the owner and the contact as they are called today."""
        return self.status_reports.create(
            status=status,
            status_text=status_text,
            risk_level=risk_level,
            risk_text=risk_text,
            reported_on=on,
            reported_by=by,
            owner_name=str(self.owner or ""),
            contact_name=str(self.contact or ""),
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ProjectManager(Project.managers.through):  # type: ignore[name-defined,misc]
    """Who manages a project, so that the history sees it."""

    class Meta:
        proxy = True


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ProjectFurtherGoal(Project.further_goals.through):  # type: ignore[name-defined,misc]
    """Which further goals a project serves, so that the history sees it."""

    class Meta:
        proxy = True
