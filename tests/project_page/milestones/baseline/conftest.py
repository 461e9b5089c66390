"""A delivery that has been moved."""

import pytest

from milestones.actions import move_milestone
from milestones.models import Milestone
from tests.project_page.milestones.baseline.forms import OCTOBER_5


@pytest.fixture
def moved(milestone: Milestone, manager) -> Milestone:
    """MP5, which was due 10 July and is due 5 October now."""
    move_milestone(milestone=milestone, to=OCTOBER_5, by=manager, cause="supplier", reason="Sen")
    return milestone
