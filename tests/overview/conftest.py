"""What the tests of saved views share: the rest of the cast, and views that others see."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from accounts.models import PORTFOLIO_OFFICE
from tests.factories import SavedViewFactory


@pytest.fixture
def reader():
    """Nobody who is logged in."""
    return AnonymousUser()


@pytest.fixture
def office_group(office):
    return Group.objects.get(name=PORTFOLIO_OFFICE)


@pytest.fixture
def standard_view(office):
    return SavedViewFactory(
        name="Det kontoret ser på",
        slug="standard",
        owner=office,
        is_standard=True,
        query="status=x",
    )


@pytest.fixture
def shared_view(office, office_group):
    return SavedViewFactory(name="Til møtet", slug="til-motet", owner=office, group=office_group)
