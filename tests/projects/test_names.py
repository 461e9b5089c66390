"""Names, without which nothing is, whatever the way it comes."""

import pytest
from django.db import IntegrityError

from tests.factories import ContactFactory, OwnerFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["", " ", "\n"])
class TestNames:
    def test_an_owner_has_a_name(self, name):
        with pytest.raises(IntegrityError, match="owner_has_a_name"):
            OwnerFactory(name=name)

    def test_a_contact_has_a_name(self, name):
        with pytest.raises(IntegrityError, match="contact_has_a_name"):
            ContactFactory(name=name)

    def test_a_project_has_a_title(self, name):
        with pytest.raises(IntegrityError, match="project_has_a_title"):
            ProjectFactory(title=name)
