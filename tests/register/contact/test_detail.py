"""The page of a contact, and the way to it."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import ContactFactory, ProjectFactory
from tests.register.contact.pages import address

pytestmark = pytest.mark.django_db


class TestContactDetail:
    def test_shows_how_to_reach_it_and_its_projects(self, client, staff):
        contact = ContactFactory(name="Håkon Grimstad", email="hg@ks.no", phone="24 13 26 00")
        ProjectFactory(contact=contact, title="Felles kommunal journal")
        client.force_login(staff)

        response = client.get(address(contact))

        assertContains(response, 'href="mailto:hg@ks.no"')
        assertContains(response, "Vises bare for innloggede", count=2)
        assertContains(response, "Felles kommunal journal")
        assertContains(response, contact.owner.name)
        assertNotContains(response, "rediger/")

    def test_sends_readers_to_the_login(self, client):
        contact = ContactFactory(email_is_public=True, email="hg@ks.no")

        assertRedirects(client.get(address(contact)), f"/konto/logg-inn/?next={address(contact)}")

    def test_is_not_found_when_there_is_none(self, client, staff):
        client.force_login(staff)

        assert client.get("/kontakter/99999999999999999999/").status_code == 404

    def test_refuses_other_methods(self, client, staff):
        client.force_login(staff)

        assert client.post(address(ContactFactory())).status_code == 405


class TestBreadcrumbs:
    @pytest.mark.parametrize("verb", ["", "rediger/", "overfor/"])
    def test_lead_back_through_the_register(self, client, administrator, verb):
        contact = ContactFactory()
        client.force_login(administrator)

        response = client.get(address(contact, verb))

        assertContains(
            response, '<li><a class="ds-link" href="/eiere/">Eiere og kontakter</a></li>'
        )
