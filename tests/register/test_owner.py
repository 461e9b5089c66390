import threading

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.actions import digest_of
from projects.models import Owner
from tests.cast import LOGGED_IN, cast_but
from tests.factories import ContactFactory, OwnerFactory, ProjectFactory, StatusReportFactory

pytestmark = pytest.mark.django_db

NOT_ADMINISTRATORS = cast_but("reader", "administrator")


def address(owner, verb=""):
    return f"/eiere/{owner.pk}/{verb}"


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
    """What the browser sends of the edit form: what it was opened with, and what was typed."""
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
        assertContains(response, "Direktoratet for e-helse")
        assertContains(response, 'href="https://www.helsedirektoratet.no"')

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

        # Session, user, the owner, permissions of the user and of groups, predecessors,
        # contacts and projects.
        with django_assert_num_queries(8):
            client.get(address(owner))


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
