"""Projects with reports, and ways to read the list, for the tests of the overview."""

import datetime

from bs4 import BeautifulSoup

from projects.models import RiskLevel, Status
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory

# The tests are at noon on 10 July 2026.
TODAY = datetime.date(2026, 7, 10)
YESTERDAY, TOMORROW = datetime.date(2026, 7, 9), datetime.date(2026, 7, 11)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def titles(response):
    return [project.title for project in response.context["page"]]


def reported(status=Status.ON_TRACK, *, before=None, risk_level=RiskLevel.LOW, **project):
    """Make a project with a report, and one before it."""
    made = ProjectFactory(**project)
    for day, each in ((1, before), (2, status)):
        if each:
            StatusReportFactory(
                project=made,
                status=each,
                risk_level=risk_level,
                reported_on=datetime.date(2026, 7, day),
            )
    return made


def overdue(**project):
    made = ProjectFactory(**project)
    MilestoneFactory(project=made, original_due_on=YESTERDAY)
    return made
