"""A project with a report."""

import pytest

from projects.models import Project
from tests.factories import (
    StatusReportFactory,
)


@pytest.fixture
def reported(project: Project, manager) -> Project:
    """The project with a report that has both texts."""
    StatusReportFactory(
        project=project,
        status_text="Selskapet er under avvikling. Det blir avviklet innen 30.06.2026.",
        risk_text="Uten **finansiering** stopper prosjektet.",
        reported_by=manager,
    )
    return project
