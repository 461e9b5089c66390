"""What the commands on milestones ask for."""

from milestones.forms.baseline import BaselineForm
from milestones.forms.milestone import (
    DeliverForm,
    MilestoneEditForm,
    MilestoneForm,
    MoveForm,
    WithdrawForm,
)

__all__ = [
    "BaselineForm",
    "DeliverForm",
    "MilestoneEditForm",
    "MilestoneForm",
    "MoveForm",
    "WithdrawForm",
]
