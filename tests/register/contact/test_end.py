"""Contacts who leave: their projects are handed over, or they are deleted."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from projects.actions import digest_of
from projects.models import Contact
from tests.factories import ContactFactory, ProjectFactory
from tests.register.contact.pages import NOT_ADMINISTRATORS, address

pytestmark = pytest.mark.django_db


class TestContactDelete:
    def test_deletes_one_without_projects(self, client, administrator):
        contact = ContactFactory(name="Feil")
        client.force_login(administrator)

        response = client.post(address(contact, "slett/"), follow=True)

        assertContains(response, "Feil er slettet.")
        assert not Contact.objects.exists()

    def test_keeps_one_in_use(self, client, administrator):
        contact = ContactFactory()
        ProjectFactory(contact=contact)
        client.force_login(administrator)

        response = client.post(address(contact, "slett/"), follow=True)

        assertContains(response, "er i bruk og kan ikke slettes")
        assertNotContains(response, "Slett kontaktpersonen")
        assert Contact.objects.exists()

    @pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
    def test_is_forbidden_to_all_but_administrators(self, client, log_in, person):
        contact = ContactFactory()
        log_in(client, person)

        assert client.post(address(contact, "slett/")).status_code == 403
        assert Contact.objects.exists()


class TestContactHandOver:
    @pytest.fixture
    def giver(self):
        giver = ContactFactory(name="Håkon")
        ProjectFactory(contact=giver, title="Felles kommunal journal")
        return giver

    def hand_over(self, client, giver, taker, **ticks):
        seen = digest_of(giver.projects.all())
        url = address(giver, f"overfor/?til={taker.pk}")
        return client.post(url, {"seen": seen, **ticks}, follow=True)

    def test_shows_which_projects_first(self, client, administrator, giver):
        taker = ContactFactory(name="Kari", owner__name="KS")
        client.force_login(administrator)

        response = client.get(address(giver, "overfor/"), {"til": taker.pk})

        assertContains(response, "Kari (KS)")
        assertContains(response, "1 prosjekt overføres:")
        assertContains(response, "Felles kommunal journal")
        assert giver.projects.count() == 1

    @pytest.mark.parametrize(("ticks", "in_use"), [({}, True), ({"retire": "on"}, False)])
    def test_hands_over_and_retires_when_ticked(self, client, administrator, giver, ticks, in_use):
        taker = ContactFactory()
        client.force_login(administrator)

        assert self.hand_over(client, giver, taker, **ticks).redirect_chain

        giver.refresh_from_db()
        assert (giver.in_use, taker.projects.count()) == (in_use, 1)

    def test_asks_again_when_the_receiver_is_retired_meanwhile(self, client, administrator, giver):
        client.force_login(administrator)

        self.hand_over(client, giver, ContactFactory(in_use=False))

        assert giver.projects.count() == 1

    @pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
    def test_is_forbidden_to_all_but_administrators(self, client, log_in, person, giver):
        log_in(client, person)

        assert self.hand_over(client, giver, ContactFactory()).status_code == 403
        assert giver.projects.count() == 1
