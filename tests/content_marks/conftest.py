"""What the tests of the marks share: a portfolio, and connections beside that of the test."""

from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from fkj_portfolio.content_cache import ANSWERS
from fkj_portfolio.page_cache import PAGES
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
    StrategicGoalFactory,
)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    PAGES.answers.clear()
    ANSWERS.answers.clear()


@pytest.fixture
def project():
    project = ProjectFactory(
        slug="fkj", owner=OwnerFactory(name="KS"), main_goal=StrategicGoalFactory()
    )
    StatusReportFactory(project=project)
    MilestoneFactory(project=project)
    return project


@pytest.fixture
def other():
    return ProjectFactory(slug="annet")


@pytest.fixture
def connect():
    """Connections beside that of the test, each with a transaction of its own."""
    settings = connection.get_connection_params()
    arguments = {
        name: settings[name]
        for name in ("host", "port", "user", "password", "dbname")
        if settings.get(name)
    }

    @contextmanager
    def connect():
        with psycopg.connect(**arguments) as opened:
            yield opened

    return connect
