"""The page of an owner."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.cast import LOGGED_IN
from tests.factories import ContactFactory, OwnerFactory, ProjectFactory
from tests.register.owner.pages import address

pytestmark = pytest.mark.django_db


class TestOwnerDetail:
    def test_shows_facts_contacts_and_projects(self, client, staff):
        owner = OwnerFactory(
            name="Helsedirektoratet",
            organisation_number="983544622",
            website="https://www.helsedirektoratet.no",
        )
        OwnerFactory(name="Direktoratet for e-helse", in_use=False, successor=owner)
        ContactFactory(
            owner=owner, name="Kari", email="kari@hdir.no", email_is_public=True, phone="810 20 050"
        )
        ProjectFactory(owner=owner, title="Trygg medisinliste")
        ProjectFactory(owner=owner, title="Hemmelig", draft=True)
        client.force_login(staff)

        response = client.get(address(owner))

        assertContains(response, 'href="mailto:kari@hdir.no"')
        assertContains(response, "Vises for alle")
        assertContains(response, 'href="tel:81020050"')
        assertContains(response, "Vises bare for innloggede")
        assertContains(response, "Trygg medisinliste")
        assertContains(response, "(aktiv, ikke publisert)")
        assertContains(response, "<dt>Har overtatt for</dt>", html=True)
        assertContains(response, "Direktoratet for e-helse")
        assertContains(response, 'href="https://www.helsedirektoratet.no"')

    def test_leads_on_from_one_that_is_not_in_use_but_still_has_projects(
        self, client, administrator
    ):
        new = OwnerFactory(name="Helsedirektoratet")
        old = OwnerFactory(name="Direktoratet for e-helse", in_use=False, successor=new)
        ProjectFactory(owner=old)
        client.force_login(administrator)

        response = client.get(address(old))

        assertContains(
            response, "Direktoratet for e-helse er ikke i bruk, men har fortsatt 1 prosjekt."
        )
        link = f'<a href="{address(old)}overfor/?til={new.pk}">Overfør til Helsedirektoratet</a>'
        assertContains(response, link, html=True)
        assertContains(client.get(f"{address(old)}overfor/", {"til": new.pk}), "Helsedirektoratet")

    @pytest.mark.parametrize("person", ["staff", "office"])
    def test_does_not_lead_those_on_who_may_not_hand_over(self, client, log_in, person):
        user = log_in(client, person)
        old = OwnerFactory(in_use=False)
        ProjectFactory(owner=old)

        response = client.get(address(old))

        assert ("men har fortsatt" in response.text) is user.has_perm("projects.change_owner")

    @pytest.mark.parametrize("person", LOGGED_IN)
    def test_is_read_by_everyone_with_a_login(self, client, log_in, person):
        owner = OwnerFactory(name="KS")
        log_in(client, person)

        response = client.get(address(owner))

        assertContains(response, "<h1>KS</h1>", html=True)
        edit = f'href="{address(owner, "rediger/")}"'
        if person == "administrator":
            assertContains(response, edit)
        else:
            assertNotContains(response, edit)

    def test_sends_readers_to_the_login(self, client, db):
        owner = OwnerFactory()

        assertRedirects(client.get(address(owner)), f"/konto/logg-inn/?next={address(owner)}")

    @pytest.mark.parametrize("pk", ["0", "12345", "99999999999999999999999"])
    def test_is_not_found_when_there_is_none(self, client, staff, pk):
        client.force_login(staff)

        assert client.get(f"/eiere/{pk}/").status_code == 404

    def test_refuses_other_methods(self, client, staff):
        client.force_login(staff)

        assert client.post(address(OwnerFactory())).status_code == 405

    def test_needs_as_many_queries_for_many_projects(
        self, client, staff, django_assert_num_queries
    ):
        owner = OwnerFactory()
        for contact in ContactFactory.create_batch(3, owner=owner):
            ProjectFactory.create_batch(10, owner=owner, contact=contact)
        client.force_login(staff)

        # Session, user, the owner, her permissions, predecessors,
        # contacts and projects.
        with django_assert_num_queries(7):
            client.get(address(owner))
