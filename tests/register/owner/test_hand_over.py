"""Projects handed over from one owner to another."""

import threading

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains

from projects.actions import digest_of
from tests.factories import ContactFactory, OwnerFactory, ProjectFactory
from tests.register.owner.pages import NOT_ADMINISTRATORS, address

pytestmark = pytest.mark.django_db


class TestOwnerHandOver:
    @pytest.fixture
    def giver(self, db):
        giver = OwnerFactory(name="Direktoratet for e-helse")
        ProjectFactory(owner=giver, title="Kjernejournal")
        ProjectFactory(owner=giver, title="Pasientens legemiddelliste")
        ContactFactory(owner=giver, name="Kari")
        return giver

    @pytest.fixture
    def taker(self, db):
        return OwnerFactory(name="Helsedirektoratet")

    def hand_over(self, client, giver, taker, *, seen=None, **ticks):
        seen = digest_of(giver.projects.all()) if seen is None else seen
        url = address(giver, f"overfor/?til={taker.pk}")
        return client.post(url, {"seen": seen, **ticks}, follow=True)

    def test_shows_which_projects_first(self, client, administrator, giver, taker):
        client.force_login(administrator)
        assertContains(client.get(address(giver, "overfor/")), "Helsedirektoratet")

        response = client.get(address(giver, "overfor/"), {"til": taker.pk})

        assertContains(response, "2 prosjekter overføres:")
        assertContains(response, "Kjernejournal")
        assertContains(response, "Kari")
        assert giver.projects.count() == 2

    def test_hands_all_projects_over(self, client, administrator, giver, taker):
        client.force_login(administrator)

        response = self.hand_over(client, giver, taker)

        assert (giver.projects.count(), taker.projects.count()) == (0, 2)
        assertContains(
            response,
            "Prosjektene er overført fra Direktoratet for e-helse til Helsedirektoratet.",
        )
        giver.refresh_from_db()
        assert giver.in_use
        assert giver.contacts.count() == 1

    def test_moves_contacts_and_succeeds_when_ticked(self, client, administrator, giver, taker):
        client.force_login(administrator)

        self.hand_over(client, giver, taker, with_contacts="on", succeed="on")

        giver.refresh_from_db()
        assert (giver.in_use, giver.successor) == (False, taker)
        assert taker.contacts.get().name == "Kari"

    def test_asks_again_when_the_projects_have_changed(self, client, administrator, giver, taker):
        seen = digest_of(giver.projects.all())
        ProjectFactory(owner=giver, title="Nytt siden sist")
        client.force_login(administrator)

        response = self.hand_over(client, giver, taker, seen=seen, succeed="on")

        assertContains(response, "Dette er endret i mellomtiden.")
        assertContains(response, "Nytt siden sist")
        assert giver.projects.count() == 3
        giver.refresh_from_db()
        assert giver.in_use

        assert self.hand_over(client, giver, taker).redirect_chain

    def test_hands_more_projects_over_than_a_form_has_fields(self, client, administrator, taker):
        giver = OwnerFactory()
        ProjectFactory.create_batch(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1, owner=giver)
        client.force_login(administrator)
        shown = BeautifulSoup(
            client.get(address(giver, f"overfor/?til={taker.pk}")).content, "html.parser"
        )
        posted = {field["name"]: field["value"] for field in shown.select("main [type=hidden]")}

        response = client.post(address(giver, f"overfor/?til={taker.pk}"), posted)

        assert response.status_code == 302
        assert not giver.projects.exists()

    def test_names_contacts_that_the_receiver_has_too(self, client, administrator, giver, taker):
        ContactFactory(owner=taker, name="KARI")
        ContactFactory(owner=giver, name="Ola")
        client.force_login(administrator)

        response = client.get(address(giver, "overfor/"), {"til": taker.pk})

        assertContains(response, "har allerede en kontaktperson med dette navnet: Kari.")

    @pytest.mark.parametrize("til", ["", "0", "a\0b", "99999999999999999999999", "itself"])
    def test_refuses_a_receiver_that_is_none(self, client, administrator, giver, til):
        client.force_login(administrator)
        til = giver.pk if til == "itself" else til
        url = address(giver, "overfor/")

        response = client.get(url, {"til": til})
        assertContains(response, "ds-error-summary")
        client.post(url, {"seen": ""}, query_params={"til": str(til)})

        assert giver.projects.count() == 2

    def test_refuses_a_receiver_that_is_retired(self, client, administrator, giver):
        client.force_login(administrator)
        taker = OwnerFactory(in_use=False)

        self.hand_over(client, giver, taker)

        assert giver.projects.count() == 2

    @pytest.mark.parametrize("seen", ["", "x", "a\0b", ["0", "x"]])
    def test_refuses_what_nobody_has_seen(self, client, administrator, giver, taker, seen):
        client.force_login(administrator)

        response = self.hand_over(client, giver, taker, seen=seen)

        assertContains(response, "ds-error-summary")
        assert giver.projects.count() == 2

    @pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
    @pytest.mark.parametrize("asks", ["client", "htmx_client"])
    def test_is_forbidden_to_all_but_administrators(
        self, request, log_in, person, asks, giver, taker
    ):
        client = request.getfixturevalue(asks)
        log_in(client, person)

        assert client.get(address(giver, "overfor/")).status_code == 403
        assert self.hand_over(client, giver, taker).status_code == 403
        assert giver.projects.count() == 2


@pytest.mark.django_db(transaction=True)
class TestHandOverAtOnce:
    def test_two_ways_at_once_neither_block_nor_lose(self, administrator):
        one, other = OwnerFactory.create_batch(2)
        first, second = ProjectFactory(owner=one), ProjectFactory(owner=other)
        barrier = threading.Barrier(2)
        statuses = []

        def hand_over(giver, taker, project):
            client = Client()
            client.force_login(administrator)
            barrier.wait()
            url = address(giver, f"overfor/?til={taker.pk}")
            statuses.append(client.post(url, {"seen": digest_of([project])}).status_code)
            connection.close()

        threads = [
            threading.Thread(target=hand_over, args=(one, other, first)),
            threading.Thread(target=hand_over, args=(other, one, second)),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        # Whoever was last saw projects that were no longer all, and was asked again.
        assert sorted(statuses) == [200, 302]
        first.refresh_from_db()
        second.refresh_from_db()
        assert first.owner == second.owner
