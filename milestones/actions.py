"""Actions on milestones that write to more than one table."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from milestones.models import Baseline, BaselineDate, DateMove, Milestone

if TYPE_CHECKING:
    from projects.models import Project


@transaction.atomic
def move_milestone(
    *,
    milestone: Milestone,
    to: datetime.date,
    by: User | None,
    cause: str = "",
    reason: str = "",
    at: datetime.datetime | None = None,
) -> None:
    """Move the current due date and keep the move; moving to the same day does nothing.

    `by` is None, and cause and reason may be missing, only for what an old page
    shows without saying why; `at` is when it happened, now when not given.
    """
    locked = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if locked.due_on is None or locked.due_on == to:
        return
    DateMove.objects.create(
        milestone=locked,
        from_date=locked.due_on,
        to_date=to,
        cause=cause,
        reason=reason,
        moved_by=by,
        moved_at=at or timezone.now(),
    )
    locked.due_on = to
    locked.save(update_fields=["due_on"])
    milestone.refresh_from_db()


@transaction.atomic
def set_baseline(
    *,
    project: "Project",
    milestones: Iterable[Milestone],
    decision: str,
    decided_on: datetime.date,
    by: User,
) -> Baseline | None:
    """Let slip count from the current due dates of these milestones, as somebody has decided.

    The first baseline, the original due date, stays as it is. A milestone whose
    current due date is its baseline already is left out; without any left there
    is no new baseline.
    """
    chosen = [milestone.pk for milestone in milestones]
    standing = project.milestones.select_for_update(no_key=True).filter(pk__in=chosen)
    waiting = list(standing.with_another_baseline_to_set().in_order())
    if not waiting:
        return None
    baseline = Baseline.objects.create(
        project=project, decision=decision, decided_on=decided_on, set_by=by
    )
    for milestone in waiting:
        assert milestone.baseline_on
        assert milestone.due_on
        BaselineDate.objects.create(
            baseline=baseline,
            milestone=milestone,
            from_date=milestone.baseline_on,
            to_date=milestone.due_on,
        )
        milestone.new_baseline_on = milestone.due_on
        milestone.save(update_fields=["new_baseline_on"])
    return baseline
