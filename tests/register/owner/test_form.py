"""The form of an owner: a new one, and changes."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Owner
from tests.factories import OwnerFactory, ProjectFactory, StatusReportFactory
from tests.register.owner.pages import NOT_ADMINISTRATORS, address

pytestmark = pytest.mark.django_db


def data(**changes):
    return {
        "name": "Helse Midt-Norge RHF",
        "short_name": "",
        "organisation_number": "",
        "website": "",
        "in_use": "on",
        "successor": "",
        **changes,
    }


def opened(owner, **changes):
    """Return what the browser sends of the edit form: what it was opened with, and what was typed."""
    before = {
        "name": owner.name,
        "short_name": owner.short_name,
        "organisation_number": owner.organisation_number,
        "website": owner.website,
        "in_use": "on" if owner.in_use else "",
        "successor": owner.successor_id or "",
    }
    initial = {f"initial-{name}": value for name, value in before.items()}
    return {**initial, **before, **changes}


class TestOwnerCreate:
    url = "/eiere/ny/"

    def test_makes_an_owner_with_a_name_for_addresses(self, client, administrator):
        client.force_login(administrator)

        response = client.post(
            self.url,
            data(
                name=" Sørlandet sykehus HF ",
                organisation_number="971 032 146",
                website="www.sshf.no",
            ),
            follow=True,
        )

        owner = Owner.objects.get()
        assert owner.name == "Sørlandet sykehus HF"
        assert owner.slug == "sorlandet-sykehus-hf"
        assert owner.organisation_number == "971032146"
        assert owner.website == "https://www.sshf.no"
        assertContains(response, "Sørlandet sykehus HF er lagt til i registeret.")

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            ({"name": ""}, "name", "Fyll ut"),
            ({"name": "\u200b"}, "name", "Fyll ut"),
            ({"name": "x" * 201}, "name", "200"),
            ({"name": "a\0b"}, "name", "usynlig tegn"),
            ({"name": "ks"}, "name", "allerede en eier med dette navnet"),
            ({"organisation_number": "12345678"}, "organisation_number", "ni sifre"),
            ({"organisation_number": "ni sifre!"}, "organisation_number", "ni sifre"),
            ({"organisation_number": "971032147"}, "organisation_number", "Sjekk sifrene"),
            ({"organisation_number": "971 032 146"}, "organisation_number", "allerede en eier"),
            ({"website": "javascript:alert(1)"}, "website", "https://www.ks.no"),
            ({"website": "ftp://ks.no"}, "website", "https://www.ks.no"),
            ({"website": "https://ks.no/" + "x" * 500}, "website", "500"),
            ({"successor": "123456"}, "successor", "Velg"),
            ({"successor": "999999999999999999999"}, "successor", "Velg"),
            ({"successor": "a\0b"}, "successor", "usynlig tegn"),
        ],
    )
    def test_says_beside_the_field_what_is_wrong(self, client, administrator, changes, field, said):
        OwnerFactory(name="KS", organisation_number="971032146")
        client.force_login(administrator)

        response = client.post(self.url, data(**changes))

        assert said in str(response.context["form"].errors[field]), response.context["form"].errors
        assert list(response.context["form"].errors) == [field]
        assertContains(response, "ds-error-summary")
        assertContains(response, f'id="id_{field}_error"')
        assert Owner.objects.count() == 1

    def test_refuses_ten_megabytes(self, client, administrator):
        client.force_login(administrator)

        assert client.post(self.url, data(name="x" * 10_000_000)).status_code == 413

    def test_makes_one_owner_of_two_clicks(self, client, administrator):
        client.force_login(administrator)

        client.post(self.url, data())
        again = client.post(self.url, data())

        assertContains(again, "allerede en eier med dette navnet")
        assert Owner.objects.count() == 1

    def test_shows_markup_as_it_was_typed(self, client, administrator):
        client.force_login(administrator)

        response = client.post(self.url, data(name="<script>alert(1)</script>"), follow=True)

        assertContains(response, "&lt;script&gt;alert(1)&lt;/script&gt;")
        assertNotContains(response, "<script>alert")

    @pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
    @pytest.mark.parametrize("asks", ["client", "htmx_client"])
    def test_is_forbidden_to_all_but_administrators(self, request, log_in, person, asks):
        client = request.getfixturevalue(asks)
        log_in(client, person)
        before = Owner.objects.count()

        assert client.get(self.url).status_code == 403
        assert client.post(self.url, data()).status_code == 403
        assert Owner.objects.count() == before

    def test_sends_readers_to_the_login(self, client, db):
        assertRedirects(client.get(self.url), f"/konto/logg-inn/?next={self.url}")
        assert client.post(self.url, data())["Location"].startswith("/konto/logg-inn/")
        assert not Owner.objects.exists()


class TestOwnerEdit:
    def test_changes_the_owner_but_not_its_name_in_addresses(self, client, administrator):
        owner = OwnerFactory(name="Direktoratet for e-helse", slug="direktoratet-for-e-helse")
        client.force_login(administrator)

        url = address(owner, "rediger/")
        response = client.post(url, opened(owner, name="E-helse"), follow=True)

        owner.refresh_from_db()
        assert (owner.name, owner.slug) == ("E-helse", "direktoratet-for-e-helse")
        assertContains(response, "Endringene er lagret.")

    def test_shows_a_new_name_on_the_project_but_not_in_its_reports(self, client, administrator):
        owner = OwnerFactory(name="Gammelt navn")
        report = StatusReportFactory(project=ProjectFactory(owner=owner), owner_name=owner.name)
        client.force_login(administrator)

        client.post(address(owner, "rediger/"), opened(owner, name="Nytt navn"))

        report.refresh_from_db()
        assert report.project.owner.name == "Nytt navn"
        assert report.owner_name == "Gammelt navn"

    def test_retires_with_a_successor(self, client, administrator):
        owner, successor = OwnerFactory.create_batch(2)
        client.force_login(administrator)

        client.post(address(owner, "rediger/"), opened(owner, in_use="", successor=successor.pk))

        owner.refresh_from_db()
        assert (owner.in_use, owner.successor) == (False, successor)

    def test_refuses_a_successor_of_one_in_use(self, client, administrator):
        owner, successor = OwnerFactory.create_batch(2)
        client.force_login(administrator)

        response = client.post(address(owner, "rediger/"), opened(owner, successor=successor.pk))

        assert list(response.context["form"].errors) == ["in_use"]
        assertContains(response, "Fjern haken")

    def test_offers_neither_itself_nor_the_retired_as_successor(self, client, administrator):
        owner, good = OwnerFactory.create_batch(2)
        OwnerFactory(in_use=False)
        client.force_login(administrator)

        response = client.get(address(owner, "rediger/"))

        assert list(response.context["form"].fields["successor"].queryset) == [good]

    def test_merges_what_two_administrators_change(self, client, administrator):
        owner = OwnerFactory(name="KS")
        form = opened(owner, short_name="ks")
        Owner.objects.filter(pk=owner.pk).update(website="https://www.ks.no")
        client.force_login(administrator)

        client.post(address(owner, "rediger/"), form)

        owner.refresh_from_db()
        assert (owner.short_name, owner.website) == ("ks", "https://www.ks.no")

    def test_shows_both_when_two_change_the_same(self, client, administrator):
        owner = OwnerFactory(name="KS")
        form = opened(owner, name="Mitt navn")
        Owner.objects.filter(pk=owner.pk).update(name="Deres navn")
        client.force_login(administrator)

        response = client.post(address(owner, "rediger/"), form)

        assertContains(response, "Mitt navn")
        assertContains(response, "Deres navn")
        owner.refresh_from_db()
        assert owner.name == "Deres navn"

    @pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
    @pytest.mark.parametrize("asks", ["client", "htmx_client"])
    def test_is_forbidden_to_all_but_administrators(self, request, log_in, person, asks):
        owner = OwnerFactory(name="KS")
        client = request.getfixturevalue(asks)
        log_in(client, person)

        assert client.get(address(owner, "rediger/")).status_code == 403
        response = client.post(address(owner, "rediger/"), opened(owner, name="Nytt"))

        assert response.status_code == 403
        owner.refresh_from_db()
        assert owner.name == "KS"
