"""The members of the portfolio."""

import datetime
from typing import TYPE_CHECKING, Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from fkj_portfolio.addresses import page_address
from fkj_portfolio.compiled import Given, Statement, built_once
from fkj_portfolio.fields import LineField, TextField, are_clean_lines
from milestones.models import Milestone
from projects.models.contact import Contact
from projects.models.fields import norwegian_key, norwegian_order
from projects.models.lifecycle import Lifecycle
from projects.models.owner import Owner
from projects.models.portfolio_settings import REPORT_INTERVAL
from projects.models.project_queryset import ProjectQuerySet
from projects.models.signal import Signal, is_greener
from projects.models.status_report import RiskLevel, Status, StatusReport
from projects.models.triggers import NAMED_FOR_EVER
from projects.models.vocabularies import Segment, StrategicGoal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@pghistory.track(
    meta={
        "indexes": [
            # Readers find none of these on any day, so every page of the past asks for them.
            models.Index(
                fields=["id"], condition=Q(pgh_label="delete"), name="projects_projectevent_deleted"
            )
        ]
    }
)
class Project(models.Model):
    """A member of the portfolio: a program, a project or another effort."""

    title = LineField(_("title"), max_length=250)
    slug = models.SlugField(_("name in addresses"), max_length=100, unique=True, editable=False)
    ingress = TextField(_("introduction"), max_length=1000, blank=True)
    description = TextField(_("about the project"), max_length=20_000, blank=True)
    link_url = models.URLField(_("address of a page with more"), max_length=500, blank=True)
    link_text = LineField(_("text of the link"), max_length=250, blank=True)
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
    report_interval_days = models.PositiveSmallIntegerField(
        _("days between reports"),
        null=True,
        blank=True,
        validators=REPORT_INTERVAL,
        help_text=_("Empty: as the portfolio."),
    )
    funded_until = models.DateField(_("last day of funding"), null=True, blank=True)
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
    is_overdue: bool
    report_pk: int | None
    status: str | None
    risk_level: str | None
    reported_on: datetime.date | None
    reported_by_name: str | None
    previous_status: str | None
    next_due_on: datetime.date | None
    report_due_on: datetime.date | None
    is_report_late: bool
    signal: str | None
    furthest_behind_since: datetime.date | None
    furthest_behind_label: str | None
    furthest_behind_new_baseline_on: datetime.date | None
    longest_overdue_since: datetime.date | None
    longest_overdue_label: str | None
    overdue_pks: list[int]
    often_moved_pks: list[int]
    concerns: list[int]
    is_managed_by_user: bool
    gap_reason: str
    gap_reason_since: datetime.date
    next_milestones: list[Milestone]
    overdue_milestones: list[Milestone]
    upcoming_milestones: list[Milestone]
    found_milestones: list[Milestone]
    timeline_milestones: list[Milestone]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(title__regex=r"\S"), name="%(app_label)s_%(class)s_has_a_title"
            ),
            models.CheckConstraint(
                condition=are_clean_lines("title"),
                name="%(app_label)s_%(class)s_title_is_written_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(lifecycle__in=Lifecycle.values),
                name="%(app_label)s_%(class)s_lifecycle_is_known",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_since_a_time",
            ),
            models.CheckConstraint(
                condition=Q(report_interval_days__isnull=True) | Q(report_interval_days__gte=7),
                name="%(app_label)s_%(class)s_reports_are_due_weekly_at_most",
            ),
            models.CheckConstraint(
                condition=Q(link_text="") | ~Q(link_url=""),
                name="%(app_label)s_%(class)s_link_text_has_a_link",
                violation_error_message=_("Write the address that the link leads to."),
            ),
        ]
        indexes = [
            models.Index(norwegian_order("title"), "id", name="projects_project_in_order"),
            # All that is counted, so that the long texts between need not be stepped over.
            models.Index(
                fields=["is_published", "lifecycle"],
                include=[
                    *("id", "owner", "segment", "main_goal"),
                    *("published_at", "report_interval_days"),
                ],
                name="projects_project_counted",
            ),
        ]
        triggers = NAMED_FOR_EVER

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return page_address("projects:project_detail", self.slug)

    def is_editable_by(self, user: "User | AnonymousUser") -> bool:
        """Return whether this person may change the project: its managers and the portfolio office."""
        if user.has_perm("projects.change_project"):
            return True
        return user.is_authenticated and bool(_manages().rows(project=self.pk, user=user.pk))

    def publish(self) -> None:
        """Show the project to everyone; from the first time on, its original due dates are locked."""
        # The database decides what the first time was, should two people publish at once.
        Project.objects.filter(pk=self.pk).update(
            is_published=True, published_at=Coalesce("published_at", Now())
        )
        self.refresh_from_db(fields=["is_published", "published_at"])

    def unpublish(self) -> None:
        """Show the project to staff only."""
        self.is_published = False
        self.save(update_fields=["is_published"])

    @property
    def managers_in_order(self) -> list[User]:
        """Its managers by name; of those that were prefetched without a query."""
        is_read = "managers" in getattr(self, "_prefetched_objects_cache", ())
        managers = self.managers.all() if is_read else _managers().rows(project=self.pk)
        return sorted(managers, key=lambda each: (norwegian_key(str(each)), each.pk))

    @property
    def status_label(self) -> str:
        """The annotated status in words; empty when nothing has been reported."""
        return str(Status(self.status).label) if self.status else ""

    @property
    def previous_status_label(self) -> str:
        """The annotated status before in words; empty when there is none."""
        return str(Status(self.previous_status).label) if self.previous_status else ""

    @property
    def risk_label(self) -> str:
        """The annotated risk level in words; empty when nothing has been reported."""
        return str(RiskLevel(self.risk_level).label) if self.risk_level else ""

    @property
    def signal_label(self) -> str:
        """The annotated signal in words; empty for a project that has none."""
        return str(Signal(self.signal).label) if self.signal else ""

    @property
    def has_gap(self) -> bool:
        """Return whether the annotated status is greener than the annotated signal."""
        return bool(self.status) and is_greener(str(self.status), self.signal)

    def report(
        self,
        *,
        status: str,
        risk_level: str,
        on: datetime.date,
        by: "User | None",
        status_text: str = "",
        risk_text: str = "",
        gap_reason: str = "",
        corrects: StatusReport | None = None,
    ) -> StatusReport:
        """Publish a status report, with the owner and the contact as they are called today."""
        return self.status_reports.create(
            status=status,
            status_text=status_text,
            risk_level=risk_level,
            risk_text=risk_text,
            gap_reason=gap_reason,
            corrects=corrects,
            reported_on=on,
            reported_by=by,
            owner_name=str(self.owner or ""),
            contact_name=str(self.contact or ""),
        )

    def confirm(self, report: StatusReport, *, on: datetime.date, by: "User") -> StatusReport:
        """Report once more what this report says: nothing has changed since."""
        return self.report(**report.content, on=on, by=by)


@built_once
def _managers() -> Statement[User]:
    return Statement(User.objects.filter(managed_projects=Given("project")))


@built_once
def _manages() -> Statement[Any]:
    """The row that says that somebody manages a project, or none."""
    rows = Project.managers.through._default_manager
    mine = rows.filter(project=Given("project"), user=Given("user"))
    return Statement(mine.values_list("pk"))


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ProjectManager(Project.managers.through):  # type: ignore[name-defined,misc]
    """Place of a manager in a project, kept so that the history sees it."""

    class Meta:
        proxy = True


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ProjectFurtherGoal(Project.further_goals.through):  # type: ignore[name-defined,misc]
    """Further goal that a project serves, kept so that the history sees it."""

    class Meta:
        proxy = True
