"""A project with a past."""

import pytest

from projects.models import Lifecycle, Project, Status
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
)
from tests.past import at, day


@pytest.fixture
def past():
    """Two published projects and a draft since March 2026; what they are called has changed since."""
    with at("2026-03-02"):
        owner = OwnerFactory(name="Gammel eier", slug="eier")
        first = ProjectFactory(title="Alfa", slug="alfa", owner=owner, lifecycle=Lifecycle.ACTIVE)
        ProjectFactory(title="Beta", slug="beta", owner=owner)
        ProjectFactory(title="Utkast", slug="utkast", owner=owner, draft=True)
        StatusReportFactory(project=first, reported_on=day("2026-03-02"))
        MilestoneFactory(project=first, original_due_on=day("2026-03-20"))
    with at("2026-05-04"):
        StatusReportFactory(project=first, status=Status.CHALLENGES, reported_on=day("2026-05-04"))
        Project.objects.filter(slug="alfa").update(title="Alfa er ny")
        Project.objects.get(slug="beta").unpublish()
    owner.name = "Ny eier"
    owner.save()
    return first
