"""Milestone of the tests of the commands, on a fixed day."""

import datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from milestones.models import Milestone
from projects.models import Project
from tests.factories import MilestoneFactory


@pytest.fixture(autouse=True)
def _today():
    """Make it 10 June 2026, noon; not ahead of the database's own clock."""
    with time_machine.travel(datetime.datetime(2026, 6, 10, 10, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def milestone(project: Project) -> Milestone:
    """An outstanding milestone of the project, due in a month."""
    return MilestoneFactory(
        project=project, code="MP5", title="Mandat", original_due_on=datetime.date(2026, 7, 10)
    )


@pytest.fixture
def as_manager(client: Client, htmx_client: Client, manager: User) -> None:
    """Both clients are the manager of the project."""
    client.force_login(manager)
    htmx_client.force_login(manager)
