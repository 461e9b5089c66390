"""The form of a contact: a new one, and changes."""

import pytest
from pytest_django.asserts import assertContains

from projects.models import Contact
from tests.factories import ContactFactory, OwnerFactory, StatusReportFactory
from tests.register.contact.pages import NOT_ADMINISTRATORS, address

pytestmark = pytest.mark.django_db


def data(to_owner, **changes):
    return {
        "name": "Håkon Grimstad",
        "owner": to_owner.pk,
        "email": "",
        "phone": "",
        "in_use": "on",
        **changes,
    }


def opened(contact, **changes):
    """Return what the browser sends of the edit form: what it was opened with, and what was typed."""
    before = {
        "name": contact.name,
        "owner": contact.owner_id,
        "email": contact.email,
        "email_is_public": "on" if contact.email_is_public else "",
        "phone": contact.phone,
        "phone_is_public": "on" if contact.phone_is_public else "",
        "in_use": "on" if contact.in_use else "",
    }
    initial = {f"initial-{name}": value for name, value in before.items()}
    return {**initial, **before, **changes}


class TestContactCreate:
    url = "/kontakter/ny/"

    def test_makes_a_contact(self, client, administrator):
        owner = OwnerFactory()
        client.force_login(administrator)

        response = client.post(
            self.url, data(owner, email="hg@ks.no", email_is_public="on"), follow=True
        )

        contact = Contact.objects.get()
        assert (contact.owner, contact.email_is_public, contact.phone_is_public) == (
            owner,
            True,
            False,
        )
        assertContains(response, "Håkon Grimstad er lagt til i registeret.")

    def test_chooses_the_owner_that_the_address_names(self, client, administrator):
        owner = OwnerFactory()
        client.force_login(administrator)

        response = client.get(self.url, {"eier": owner.pk})

        assertContains(response, f'<option value="{owner.pk}" selected>')

    @pytest.mark.parametrize("eier", ["", "x", "a\0b", "99999999999999999999"])
    def test_takes_an_odd_owner_in_the_address_calmly(self, client, administrator, eier):
        client.force_login(administrator)

        assert client.get(self.url, {"eier": eier}).status_code == 200

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            ({"name": ""}, "name", "Fyll ut"),
            ({"name": "\u200b"}, "name", "Fyll ut"),
            ({"name": "x" * 201}, "name", "200"),
            ({"name": "håkon grimstad", "owner": "same"}, "name", "allerede en kontaktperson"),
            ({"owner": ""}, "owner", "Fyll ut"),
            ({"owner": "123456"}, "owner", "Velg"),
            ({"email": "ks.no"}, "email", "e-post"),
            ({"email_is_public": "on"}, "email", "eller fjern haken"),
            ({"phone": "ring meg"}, "phone", "med sifre"),
            ({"phone": "1" * 31}, "phone", "30"),
            ({"phone_is_public": "on"}, "phone", "eller fjern haken"),
        ],
    )
    def test_says_beside_the_field_what_is_wrong(self, client, administrator, changes, field, said):
        contact = ContactFactory(name="Håkon Grimstad")
        if changes.get("owner") == "same":
            changes = {**changes, "owner": contact.owner_id}
        client.force_login(administrator)

        response = client.post(self.url, data(OwnerFactory(), **changes))

        assert said in str(response.context["form"].errors[field]), response.context["form"].errors
        assert list(response.context["form"].errors) == [field]
        assertContains(response, f'id="id_{field}_error"')
        assert Contact.objects.count() == 1

    @pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
    @pytest.mark.parametrize("asks", ["client", "htmx_client"])
    def test_is_forbidden_to_all_but_administrators(self, request, log_in, person, asks):
        client = request.getfixturevalue(asks)
        log_in(client, person)

        assert client.get(self.url).status_code == 403
        assert client.post(self.url, data(OwnerFactory())).status_code == 403
        assert not Contact.objects.exists()

    def test_sends_htmx_readers_to_the_login(self, htmx_client):
        assert "/konto/logg-inn/" in htmx_client.post(self.url)["HX-Redirect"]


class TestContactEdit:
    def test_shows_a_new_name_on_the_project_but_not_in_its_reports(
        self, client, administrator, project
    ):
        contact = ContactFactory(name="Håkon Grimstad")
        project.contact = contact
        project.save()
        report = StatusReportFactory(project=project, contact_name="Håkon Grimstad")
        client.force_login(administrator)

        client.post(address(contact, "rediger/"), opened(contact, name="Håkon Grimstad Lie"))

        assertContains(client.get(project.get_absolute_url()), "Håkon Grimstad Lie")
        report.refresh_from_db()
        assert report.contact_name == "Håkon Grimstad"

    def test_merges_what_two_administrators_change(self, client, administrator):
        contact = ContactFactory(name="Håkon")
        form = opened(contact, phone="24 13 26 00")
        Contact.objects.filter(pk=contact.pk).update(email="hg@ks.no", email_is_public=True)
        client.force_login(administrator)

        client.post(address(contact, "rediger/"), form)

        contact.refresh_from_db()
        assert (contact.phone, contact.email) == ("24 13 26 00", "hg@ks.no")
        assert contact.email_is_public

    def test_can_be_saved_beside_a_namesake(self, client, administrator):
        contact = ContactFactory(name="Kari")
        ContactFactory(name="kari", owner=contact.owner)
        client.force_login(administrator)

        client.post(address(contact, "rediger/"), opened(contact, phone="24 13 26 00"))

        contact.refresh_from_db()
        assert contact.phone == "24 13 26 00"

    def test_takes_no_name_of_another(self, client, administrator):
        contact = ContactFactory(name="Kari")
        ContactFactory(name="Ola", owner=contact.owner)
        client.force_login(administrator)

        response = client.post(address(contact, "rediger/"), opened(contact, name="ola"))

        assert list(response.context["form"].errors) == ["name"]

    def test_keeps_a_retired_owner_on_the_form(self, client, administrator):
        contact = ContactFactory(owner=OwnerFactory(in_use=False))
        client.force_login(administrator)

        client.post(address(contact, "rediger/"), opened(contact, name="Ny"))

        contact.refresh_from_db()
        assert contact.name == "Ny"

    @pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
    @pytest.mark.parametrize("asks", ["client", "htmx_client"])
    def test_is_forbidden_to_all_but_administrators(self, request, log_in, person, asks):
        contact = ContactFactory(name="Håkon")
        client = request.getfixturevalue(asks)
        log_in(client, person)

        response = client.post(address(contact, "rediger/"), opened(contact, name="Nytt"))

        assert response.status_code == 403
        contact.refresh_from_db()
        assert contact.name == "Håkon"
