"""A portfolio to look over."""

import datetime

import pytest

from projects.models import RiskLevel, Status
from tests.browser.overview.panels import LONG
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
    UserFactory,
)


@pytest.fixture
def manager():
    return UserFactory(name="Kari Nordmann")


@pytest.fixture
def portfolio(make_portfolio):
    """Thirty projects: every other of KS, every third with a high risk, every fifth overdue."""
    make_portfolio(30)


@pytest.fixture
def make_portfolio(manager):
    """Make projects that differ in everything a reader may filter by."""

    def make_portfolio(size):
        owners = [OwnerFactory(name="KS", slug="ks"), OwnerFactory(name="Helsedirektoratet")]
        for number in range(size):
            project = ProjectFactory(
                title=f"{LONG} {number:02}" if number % 10 == 0 else f"Journalprosjekt {number:02}",
                owner=owners[number % 2],
                is_example=True,
                managers=[manager] if number % 10 == 0 else [],
            )
            StatusReportFactory(
                project=project,
                status=list(Status)[number % 3],
                risk_level=RiskLevel.HIGH if number % 3 == 0 else RiskLevel.LOW,
            )
            MilestoneFactory(
                project=project,
                code="MP2",
                title="Styringsdokument med kvalitetssikring",
                original_due_on=datetime.date(2020 if number % 5 == 0 else 2099, 3, 1),
            )

    return make_portfolio


@pytest.fixture
def many_owners():
    """Sixty owners with a project each, so that a panel has to be scrolled."""
    for number in range(60):
        ProjectFactory(owner=OwnerFactory(name=f"Kommune {number:02}", slug=f"kommune-{number:02}"))
