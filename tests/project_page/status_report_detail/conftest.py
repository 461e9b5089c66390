"""Reports of the real project."""

import pytest

from projects.models import Project, StatusReport
from tests.project_page.status_report_detail.pages import day


@pytest.fixture
def imported(story: Project) -> StatusReport:
    """The report of 15 February, read from the old page."""
    return story.status_reports.get(reported_on=day("2023-02-15"))


@pytest.fixture
def april(story: Project) -> StatusReport:
    return story.status_reports.get(reported_on=day("2023-04-12"))


@pytest.fixture
def may(story: Project) -> StatusReport:
    return story.status_reports.get(reported_on=day("2023-05-15"))
