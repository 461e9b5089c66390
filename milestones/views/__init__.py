"""The commands on milestones: a form in the row by htmx, or a page of its own without."""

from milestones.views.baseline import baseline_create
from milestones.views.dates import milestone_move
from milestones.views.delivery import milestone_deliver, milestone_reopen
from milestones.views.editing import milestone_create, milestone_edit
from milestones.views.withdrawal import milestone_restore, milestone_withdraw

__all__ = [
    "baseline_create",
    "milestone_create",
    "milestone_deliver",
    "milestone_edit",
    "milestone_move",
    "milestone_reopen",
    "milestone_restore",
    "milestone_withdraw",
]
