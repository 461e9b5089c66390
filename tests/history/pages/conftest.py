"""Readers and authors of the log."""

import uuid

import pghistory
import pytest


@pytest.fixture
def reading(client, staff):
    """A client that reads the history."""
    client.force_login(staff)
    return client


@pytest.fixture
def by(manager):
    """Let the manager do something, as a page of the application does."""
    return lambda: pghistory.context(user=manager.pk, request=str(uuid.uuid4()))
