"""Queries for projects: how they are selected, searched, counted and sorted."""

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Concat, NullIf

from fkj_portfolio.compiled import Given
from fkj_portfolio.history import reads_the_past
from milestones.models import Milestone
from projects.models.attention import (
    attention_annotations,
    concern_conditions,
    concerns_found,
)
from projects.models.fields import free_slug, norwegian_order, place_in
from projects.models.figures import is_overdue
from projects.models.freshness import freshness_annotations
from projects.models.lifecycle import Lifecycle
from projects.models.portfolio_settings import SignalRules
from projects.models.search import (
    Holds,
    IsWorthAnIndex,
    MayHold,
    Rank,
    TextVector,
    parts_of,
    words_query,
)
from projects.models.signal import gap_place, gap_reason_annotations, signal_annotations
from projects.models.status_report import Status, StatusReport

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from projects.models.project import Project  # noqa: F401  names the queryset's model


#: What is not public today, or was not when it was deleted, whatever day the transaction reads.
TAKEN_AWAY = RawSQL(
    "SELECT id FROM public.projects_project WHERE NOT is_published UNION ALL "
    "SELECT id FROM projects_projectevent WHERE pgh_label = 'delete' AND NOT is_published",
    (),
)


class ProjectQuerySet(models.QuerySet["Project"]):
    def published(self) -> Self:
        """Select what everyone may read; of a past day, what was published then and not taken away since."""
        published = self.filter(is_published=True)
        return published.exclude(pk__in=TAKEN_AWAY) if reads_the_past() else published

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Select what this person may read: the published ones, or with a login all.

        To be asked within `as_of` when it is about the past.
        """
        return self.visible(is_for_staff=user.is_authenticated)

    def visible(self, *, is_for_staff: bool) -> Self:
        """Select what staff may read, or else everyone."""
        return self if is_for_staff else self.published()

    def managed_by(self, user: "User") -> Self:
        """Select the projects that this person manages."""
        return self.filter(managers=user)

    def with_milestone_counts(self, *, today: datetime.date) -> Self:
        """Annotate how many milestones there are, are delivered, obsolete and overdue.

        The one counting rule: what was withdrawn undelivered is not counted.
        """
        mine = Milestone.objects.overdue(today=today).filter(project=OuterRef("pk"))
        overdue = Subquery(mine.values("project").annotate(count=Count("pk")).values("count"))
        return self.annotate(
            milestone_count=F("figures__milestone_count"),
            delivered_count=F("figures__delivered_count"),
            obsolete_count=F("figures__obsolete_count"),
            is_overdue=Case(When(is_overdue(today=today), then=True), default=False),
            # Counted only where there is one to count.
            overdue_count=Case(When(is_overdue(today=today), then=overdue), default=0),
        )

    def with_next_milestone(self) -> Self:
        """Bring along the milestone due first, in a list of one or none."""
        outstanding = Milestone.objects.outstanding()
        first = outstanding.order_by(F("due_on").asc(nulls_last=True), "position", "pk")[:1]
        return self.prefetch_related(Prefetch("milestones", first, to_attr="next_milestones"))

    def with_work_to_do(self, *, today: datetime.date) -> Self:
        """Bring along the milestones that are overdue, and the three that are due next."""
        milestones = Milestone.objects.order_by(F("due_on").asc(nulls_last=True), "position", "pk")
        overdue = milestones.overdue(today=today)
        upcoming = milestones.outstanding().exclude(due_on__lt=today)[:3]
        return self.prefetch_related(
            Prefetch("milestones", overdue, to_attr="overdue_milestones"),
            Prefetch("milestones", upcoming, to_attr="upcoming_milestones"),
        )

    def with_timeline_milestones(self) -> Self:
        """Bring along what the timeline shows of the milestones, in one query."""
        shown = Milestone.objects.only(
            *("project", "code", "title", "original_due_on", "due_on"),
            *("is_delivered", "delivered_on", "is_obsolete"),
        )
        milestones = shown.in_order()
        return self.prefetch_related(
            Prefetch("milestones", milestones, to_attr="timeline_milestones")
        )

    def with_latest_report(self) -> Self:
        """Annotate the newest report and what it says, null when there is none, and the status before."""
        return self.annotate(
            report_pk=F("figures__report_id"),
            status=F("figures__status"),
            risk_level=F("figures__risk_level"),
            reported_on=F("figures__reported_on"),
            previous_status=F("figures__previous_status"),
        )

    def with_report_due(self, *, today: datetime.date) -> Self:
        """Annotate when the next report is due, null when none is, and whether it is late.

        They come `with_latest_report`.
        """
        return self.annotate(**freshness_annotations(today=today))

    def with_signal(self, *, rules: SignalRules, today: datetime.date) -> Self:
        """Annotate the signal, and the milestones and dates that give it."""
        outstanding = Milestone.objects.outstanding()
        return self.annotate(**signal_annotations(outstanding, rules=rules, today=today))

    def with_gap(self, *, rules: SignalRules, today: datetime.date) -> Self:
        """Select the projects reported greener than their signal, the most serious first."""
        return (
            self.with_latest_report()
            .with_signal(rules=rules, today=today)
            .annotate(gap_place=gap_place())
            .filter(gap_place__isnull=False)
            .annotate(**gap_reason_annotations())
            .order_by(
                "gap_place",
                F("furthest_behind_since").asc(nulls_last=True),
                norwegian_order("title"),
                "pk",
            )
        )

    def with_concerns(
        self,
        *,
        user: "User | Given",
        sees_all_signals: bool,
        rules: SignalRules,
        today: datetime.date,
    ) -> Self:
        """Select what is planned or under way, and annotate why this person has to look at it."""
        managers: Any = self.model._meta.get_field("managers")
        rows = managers.remote_field.through.objects.all()
        sees_signal = Q() if sees_all_signals else Q(is_managed_by_user=True)
        conditions = concern_conditions(rows, sees_signal=sees_signal, today=today)
        mine = rows.filter(project=OuterRef("pk"), user=user)
        return (
            self.filter(lifecycle__in=[Lifecycle.PLANNED, Lifecycle.ACTIVE])
            .with_latest_report()
            .with_report_due(today=today)
            .with_signal(rules=rules, today=today)
            .annotate(gap_place=gap_place(), is_managed_by_user=Exists(mine))
            .annotate(concerns=concerns_found(conditions))
        )

    def with_attention(self, *, today: datetime.date) -> Self:
        """Annotate what is told of the concerns of projects, which come `with_concerns`."""
        return self.annotate(**attention_annotations(today=today)).only(
            "title", "slug", "lifecycle", "is_example", "is_published"
        )

    def for_page(self, *, rules: SignalRules, today: datetime.date) -> Self:
        """Select all that stands once on a project's page, in one query."""
        return (
            self.select_related("main_goal", "owner__successor", "contact__owner", "segment")
            .with_milestone_counts(today=today)
            .with_latest_report()
            .with_report_due(today=today)
            .with_signal(rules=rules, today=today)
        )

    def for_overview(self, *, today: datetime.date) -> Self:
        """Annotate what the overview shows of every project, and filters and sorts by, in one query."""
        return (
            self.with_milestone_counts(today=today)
            .with_latest_report()
            .with_report_due(today=today)
            .annotate(next_due_on=F("figures__next_due_on"))
        )

    def for_manager(self, *, rules: SignalRules, today: datetime.date) -> Self:
        """Select all that a manager sees of her projects, in three queries; first what needs doing."""
        name = NullIf("reported_by__name", Value(""))
        reporter = Coalesce(name, "reported_by__email", output_field=models.CharField())
        newest_first = StatusReport.objects.filter(project=OuterRef("pk")).newest_first()
        return (
            self.with_milestone_counts(today=today)
            .with_latest_report()
            .annotate(reported_by_name=Subquery(newest_first.values_list(reporter)[:1]))
            .with_report_due(today=today)
            .with_signal(rules=rules, today=today)
            .with_work_to_do(today=today)
            .order_by(
                Case(
                    When(lifecycle=Lifecycle.ACTIVE, then=0),
                    When(lifecycle=Lifecycle.CLOSED, then=2),
                    default=1,
                ),
                Case(When(overdue_count__gt=0, then=0), When(status=None, then=1), default=2),
                place_in("status", list(Status)).desc(nulls_last=True),
                F("reported_on").asc(nulls_first=True),
                norwegian_order("title"),
                "pk",
            )
        )

    def search(self, text: str) -> Self:
        """Select the projects where every word is found; signs and stop words alone find none."""
        if not text.strip():
            return self
        holds = Holds("words__everywhere", words_query(text))
        if reads_the_past() and (parts := parts_of(text)):
            # In this order, which PostgreSQL takes for the costlier one.
            found = Case(When(MayHold(parts), then=holds), default=Value(False))
            return self.filter(found, words__isnull=False)
        return self.filter(holds, IsWorthAnIndex())

    def best_first(self, text: str) -> Self:
        """Sort what was found by how well it fits: the words and their forms, not longer words."""
        rank = Rank("words__everywhere", words_query(text, every=False, begins=False))
        return self.order_by(rank.desc(), norwegian_order("title"), "pk")

    def with_found_milestones(self, text: str) -> Self:
        """Bring along the milestones where any of the words is found."""
        space = Value(" ")
        texts = Concat(
            *("code", space, "title", space, "description"), output_field=models.TextField()
        )
        found = Holds(TextVector(texts), words_query(text, every=False))
        milestones = Milestone.objects.filter(found).in_order()
        return self.prefetch_related(Prefetch("milestones", milestones, to_attr="found_milestones"))

    def in_order(self) -> Self:
        """Sort by title in the Norwegian alphabet."""
        return self.order_by(norwegian_order("title"), "pk")

    def free_slug(self, title: str) -> str:
        """Return a name for addresses that no project has yet."""
        return free_slug(title, among=self, fallback="prosjekt")
