"""What is done to milestones and is kept in more than one table."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from milestones.models import DateMove, Milestone


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
