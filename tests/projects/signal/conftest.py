"""A project that is late."""

import pytest

from tests.factories import MilestoneFactory, StatusReportFactory
from tests.projects.signal.measures import day


@pytest.fixture
def late(project):
    """The project, reported as green, with a milestone that has been late for years."""
    MilestoneFactory(project=project, code="MP5", original_due_on=day("2023-03-01"))
    StatusReportFactory(project=project)
    return project
