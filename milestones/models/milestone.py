"""Model of what projects have promised to deliver, and by when."""

import datetime
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.fields import LineField, TextField, are_clean_lines
from fkj_portfolio.triggers import NotInFuture
from milestones.models.anchors import milestone_anchor
from milestones.models.date_move import DateMove
from milestones.models.triggers import BaselineByDecision, MoveOnRecord, OriginalDueDateLocked

if TYPE_CHECKING:
    from accounts.models import User


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def outstanding(self) -> Self:
        """Select what is promised and still to come."""
        return self.filter(is_delivered=False, is_obsolete=False)

    def overdue(self, *, today: datetime.date) -> Self:
        """Select what should have been delivered before today."""
        return self.outstanding().filter(due_on__lt=today)

    def in_order(self) -> Self:
        """Sort as the project has arranged them."""
        return self.order_by("position", "pk")

    def next_position(self) -> int:
        """Return the position after the last, for a list of one project's milestones."""
        last: int | None = self.aggregate(last=models.Max("position"))["last"]
        return (last or 0) + 1

    def for_project_page(self) -> Self:
        """Select all that the project's page shows, in three queries.

        With their moves, the oldest first, and their new baselines, the newest first.
        """
        moves = DateMove.objects.select_related("moved_by").order_by("moved_at", "pk")
        baselines: Any = self.model._meta.get_field("baselines").related_model
        newest_first = baselines.objects.select_related("baseline__set_by").order_by("-pk")
        return (
            self.in_order()
            .select_related("delivered_by")
            .prefetch_related(
                models.Prefetch("date_moves", moves), models.Prefetch("baselines", newest_first)
            )
        )

    def with_another_baseline_to_set(self) -> Self:
        """Select what a new baseline is for: still to come, and due on another day than it counts from."""
        counts_from = Coalesce("new_baseline_on", "original_due_on")
        return self.outstanding().exclude(due_on=counts_from).filter(due_on__isnull=False)


@pghistory.track()
class Milestone(models.Model):
    """Something that a project has promised to deliver."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="milestones"
    )
    code = LineField(_("code"), max_length=20, blank=True)
    title = LineField(_("milestone"), max_length=300)
    description = TextField(_("description"), max_length=5000, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=1)
    original_due_on = models.DateField(_("original due date"), null=True, blank=True)
    new_baseline_on = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="What slip counts from since a decision; null: from the original due date.",
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    is_delivered = models.BooleanField(_("finished and delivered"), default=False)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delivered_milestones",
        help_text="Who recorded it; null when it was read from an old page.",
    )
    is_obsolete = models.BooleanField(_("obsolete"), default=False)
    obsolete_on = models.DateField(_("obsolete since"), null=True, blank=True)
    obsolete_reason = LineField(_("why it is obsolete"), max_length=500, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.CheckConstraint(
                condition=Q(title__regex=r"\S"), name="%(app_label)s_%(class)s_has_a_title"
            ),
            models.CheckConstraint(
                condition=are_clean_lines("code", "title"),
                name="%(app_label)s_%(class)s_names_are_written_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(original_due_on__isnull=True, due_on__isnull=True)
                | Q(original_due_on__isnull=False, due_on__isnull=False),
                name="%(app_label)s_%(class)s_has_both_due_dates_or_none",
            ),
            models.CheckConstraint(
                condition=Q(new_baseline_on__isnull=True) | Q(original_due_on__isnull=False),
                name="%(app_label)s_%(class)s_new_baseline_follows_a_first",
            ),
            models.CheckConstraint(
                condition=Q(is_delivered=True)
                | Q(delivered_on__isnull=True, delivered_by__isnull=True),
                name="%(app_label)s_%(class)s_delivered_on_and_by_only_when_delivered",
            ),
            models.CheckConstraint(
                condition=Q(delivered_by__isnull=True) | Q(delivered_on__isnull=False),
                name="%(app_label)s_%(class)s_delivered_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(is_obsolete=True) | Q(obsolete_on__isnull=True, obsolete_reason=""),
                name="%(app_label)s_%(class)s_obsolete_on_and_why_only_when_obsolete",
            ),
            models.CheckConstraint(
                condition=Q(obsolete_on__isnull=True) | Q(obsolete_reason__regex=r"\S"),
                name="%(app_label)s_%(class)s_withdrawn_on_a_day_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["project", "code"],
                condition=Q(is_obsolete=False) & ~Q(code=""),
                name="%(app_label)s_%(class)s_code_is_unique_among_the_standing",
                violation_error_message=_("The project has another milestone with this code."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(is_delivered=False, is_obsolete=False),
                name="milestones_outstanding_due_on",
            ),
        ]
        triggers = [
            NotInFuture("delivered_on"),
            NotInFuture("obsolete_on"),
            OriginalDueDateLocked(),
            BaselineByDecision(),
            MoveOnRecord(),
        ]

    def __str__(self) -> str:
        return f"{self.code} - {self.title}" if self.code else self.title

    def get_absolute_url(self) -> str:
        """Return where it stands on the page of its project."""
        return f"{self.project.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The id of its row on a page, and the start of every id in it."""
        return milestone_anchor(self.pk)

    @property
    def label(self) -> str:
        """The code, which is how people speak of it, or the title when it has none."""
        return self.code or self.title

    @property
    def is_outstanding(self) -> bool:
        return not self.is_delivered and not self.is_obsolete

    @property
    def is_promised(self) -> bool:
        """Return whether its due date has been shown to everyone, so that moving it takes a reason."""
        return self.due_on is not None and self.project.published_at is not None

    def is_overdue(self, *, today: datetime.date) -> bool:
        return self.is_outstanding and self.due_on is not None and self.due_on < today

    @property
    def baseline_on(self) -> datetime.date | None:
        """The date that slip counts from: the original due date, or what was decided since."""
        return self.new_baseline_on or self.original_due_on

    def deliver(self, *, on: datetime.date, by: "User") -> bool:
        """Record the delivery, and tell whether it was outstanding; whoever was first stays on record."""
        return self._update(
            Q(is_delivered=False, is_obsolete=False),
            is_delivered=True,
            delivered_on=on,
            delivered_by=by,
        )

    def find_last_delivery(self) -> datetime.date | None:
        """Return the day that it was last said to be delivered, also when that was taken back."""
        days = type(self).pgh_event_model.objects.filter(  # type: ignore[attr-defined]
            pgh_obj=self.pk, delivered_on__isnull=False
        )
        last: datetime.date | None = (
            days.order_by("-pgh_id").values_list("delivered_on", flat=True).first()
        )
        return last

    def reopen(self) -> bool:
        """Take back that it was delivered, and tell whether it was."""
        return self._update(
            Q(is_delivered=True), is_delivered=False, delivered_on=None, delivered_by=None
        )

    def withdraw(self, *, on: datetime.date, reason: str) -> bool:
        """Make it obsolete, and tell whether it stood; whoever was first stays on record."""
        return self._update(
            Q(is_obsolete=False), is_obsolete=True, obsolete_on=on, obsolete_reason=reason
        )

    @transaction.atomic
    def restore(self) -> bool:
        """Take back that it is obsolete, and tell whether it was.

        Raises IntegrityError when its code has been given to another milestone.
        """
        return self._update(
            Q(is_obsolete=True), is_obsolete=False, obsolete_on=None, obsolete_reason=""
        )

    def promise(self, *, on: datetime.date) -> bool:
        """Set a due date that nobody outside has been told yet, and tell whether that was so.

        The first date of a milestone, or any before its project was first
        published; the original due date follows.
        """
        is_untold = Q(due_on__isnull=True) | Q(project__published_at__isnull=True)
        return self._update(is_untold, original_due_on=on, due_on=on)

    def find_place(self) -> int:
        """Return its place in the list of its project, counted from one; positions may have gaps."""
        pks = self.project.milestones.in_order().values_list("pk", flat=True)
        return list(pks).index(self.pk) + 1

    def put_in_place(self, position: int) -> None:
        """Put it at this place in the list of its project, counted from one; the others make room."""
        milestones = list(self.project.milestones.exclude(pk=self.pk).in_order())
        milestones.insert(position - 1, self)
        for number, milestone in enumerate(milestones, start=1):
            milestone.position = number
        Milestone.objects.bulk_update(milestones, ["position"])

    def _update(self, only_if: Q, **values: object) -> bool:
        """Change it in one statement, so that of two who do the same only one does."""
        updated = Milestone.objects.filter(only_if, pk=self.pk).update(**values)
        self.refresh_from_db(fields=list(values))
        return bool(updated)
