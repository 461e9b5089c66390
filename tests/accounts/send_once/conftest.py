"""Somebody who may do everything."""

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.visitors import log_in_freshly
from tests.factories import (
    UserFactory,
)


@pytest.fixture
def chief(db) -> User:
    """One who may do everything."""
    return UserFactory(name="Sjef Dahl", is_superuser=True)


@pytest.fixture
def browser(client, chief) -> Client:
    """Her browser."""
    log_in_freshly(client, chief)
    return client
