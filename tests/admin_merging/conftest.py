"""An administrator at work."""

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.visitors import log_in_freshly


@pytest.fixture
def at_work(client: Client) -> Client:
    log_in_freshly(client, User.objects.create_superuser("root@ks.no", name="Root"))
    return client
