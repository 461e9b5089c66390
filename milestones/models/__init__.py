"""Models of what projects have promised to deliver, by when, and how the dates have moved."""

from milestones.models.baseline import Baseline, BaselineDate
from milestones.models.date_move import Cause, DateMove
from milestones.models.milestone import Milestone

__all__ = ["Baseline", "BaselineDate", "Cause", "DateMove", "Milestone"]
