"""The end of an owner."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from projects.models import Owner
from tests.factories import ContactFactory, OwnerFactory, ProjectFactory
from tests.register.owner.pages import NOT_ADMINISTRATORS, address

pytestmark = pytest.mark.django_db


class TestOwnerDelete:
    def test_deletes_one_that_nothing_names(self, client, administrator):
        owner = OwnerFactory(name="Feil")
        client.force_login(administrator)
        assertContains(client.get(address(owner)), "Slett eieren")

        response = client.post(address(owner, "slett/"), follow=True)

        assertContains(response, "Feil er slettet.")
        assert not Owner.objects.exists()

    @pytest.mark.parametrize("used_by", ["project", "contact", "predecessor"])
    def test_keeps_one_in_use(self, client, administrator, used_by):
        owner = OwnerFactory()
        {
            "project": lambda: ProjectFactory(owner=owner),
            "contact": lambda: ContactFactory(owner=owner),
            "predecessor": lambda: OwnerFactory(in_use=False, successor=owner),
        }[used_by]()
        client.force_login(administrator)
        assertNotContains(client.get(address(owner)), "Slett eieren")

        response = client.post(address(owner, "slett/"), follow=True)

        assertContains(response, "er i bruk og kan ikke slettes")
        assert Owner.objects.filter(pk=owner.pk).exists()

    @pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
    def test_is_forbidden_to_all_but_administrators(self, client, log_in, person):
        owner = OwnerFactory()
        log_in(client, person)

        assert client.post(address(owner, "slett/")).status_code == 403
        assert Owner.objects.filter(pk=owner.pk).exists()

    def test_refuses_other_methods(self, client, administrator):
        client.force_login(administrator)

        assert client.get(address(OwnerFactory(), "slett/")).status_code == 405
