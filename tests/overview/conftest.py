"""Views that others see, for the tests of saved views."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import PORTFOLIO_OFFICE
from tests.factories import SavedViewFactory


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
