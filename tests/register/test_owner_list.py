import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from tests.cast import cast_but
from tests.factories import ContactFactory, OwnerFactory, ProjectFactory

URL = "/eiere/"


class TestOwnerList:
    def test_shows_owners_with_contacts_and_number_of_projects(self, client, staff):
        owner = OwnerFactory(
            name="Helsedirektoratet", short_name="Hdir", organisation_number="983544622"
        )
        contact = ContactFactory(owner=owner, name="Kari Nordmann")
        ProjectFactory.create_batch(3, owner=owner)
        client.force_login(staff)

        response = client.get(URL)

        assertContains(response, "Helsedirektoratet")
        assertContains(response, "(Hdir)")
        assertContains(response, "983\N{NO-BREAK SPACE}544\N{NO-BREAK SPACE}622")
        assertContains(response, f'<a href="/kontakter/{contact.pk}/">Kari Nordmann</a>', html=True)
        assertContains(response, "<span>3</span>", html=True)
        assertContains(response, "1 eier")

    def test_sorts_by_the_norwegian_alphabet(self, client, staff):
        for name in ("Ål kommune", "Ørsta kommune", "Aasen AS", "Ævesen", "Bodø", "Zoo"):
            OwnerFactory(name=name)
        client.force_login(staff)

        owners = client.get(URL).context["page"].object_list

        names = [owner.name for owner in owners]
        assert names == ["Bodø", "Zoo", "Ævesen", "Ørsta kommune", "Ål kommune", "Aasen AS"]

    @pytest.mark.parametrize(
        "text", ["helsedir", "HDIR", "983 544", "983544622", "nordmann", "  Hdir "]
    )
    def test_finds_by_name_short_name_number_and_contact(self, client, staff, text):
        owner = OwnerFactory(
            name="Helsedirektoratet", short_name="Hdir", organisation_number="983544622"
        )
        ContactFactory.create_batch(2, owner=owner)
        ContactFactory(owner=owner, name="Kari Nordmann")
        OwnerFactory(name="KS")
        client.force_login(staff)

        response = client.get(URL, {"sok": text})

        assert [each.pk for each in response.context["page"]] == [owner.pk]

    def test_finds_norwegian_letters_whatever_the_case(self, client, staff):
        OwnerFactory(name="ÅSNES KOMMUNE")
        client.force_login(staff)

        assertContains(client.get(URL, {"sok": "åsnes"}), "ÅSNES KOMMUNE")

    def test_says_when_nobody_is_found(self, client, staff):
        client.force_login(staff)

        response = client.get(URL, {"sok": "finnes ikke"})

        assertContains(response, "Ingen treff")

    def test_leaves_out_those_not_in_use_until_asked(self, client, staff):
        successor = OwnerFactory(name="Norsk helsenett")
        OwnerFactory(name="Direktoratet for e-helse", in_use=False, successor=successor)
        client.force_login(staff)

        assertNotContains(client.get(URL), "Direktoratet for e-helse")
        everyone = client.get(URL, {"alle": "on"})

        assertContains(everyone, "Direktoratet for e-helse")
        assertContains(everyone, "Ikke i bruk")
        assertContains(everyone, "Etterfulgt av")

    @pytest.mark.parametrize(
        "query", [{"sok": "a\0b"}, {"sok": "x" * 5000}, {"side": "999999999999"}, {"side": "æ"}]
    )
    def test_takes_odd_addresses_calmly(self, client, staff, query):
        OwnerFactory(name="KS")
        client.force_login(staff)

        assertContains(client.get(URL, query), "KS")

    def test_sends_htmx_only_the_results_and_a_readable_address(self, htmx_client, staff):
        OwnerFactory(name="KS")
        htmx_client.force_login(staff)

        response = htmx_client.get(URL, {"sok": "ks", "alle": ""})

        assertContains(response, 'id="owner-results"')
        assertContains(response, 'hx-swap-oob="innerHTML">1 eier</div>')
        assertNotContains(response, "<html")
        assert response["HX-Replace-Url"] == "/eiere/?sok=ks"
        assert "HX-Request" in response["Vary"]

    def test_needs_as_many_queries_for_many_owners(
        self, htmx_client, staff, django_assert_num_queries
    ):
        htmx_client.force_login(staff)
        for owner in OwnerFactory.create_batch(60):
            ContactFactory.create_batch(2, owner=owner)
            ProjectFactory(owner=owner)

        # The session, the user, the number of owners, the owners and their contacts.
        with django_assert_num_queries(5):
            response = htmx_client.get(URL)

        assertContains(
            response, 'aria-current="page"><span class="ds-sr-only">Side </span>1</span>'
        )

    def test_sends_readers_to_the_login(self, client, db):
        response = client.get(URL)

        assert response.status_code == 302
        assert response["Location"] == "/konto/logg-inn/?next=/eiere/"

    def test_sends_htmx_readers_to_the_login_on_a_page_of_its_own(self, htmx_client, db):
        response = htmx_client.get(URL)

        assert response["HX-Redirect"].startswith("/konto/logg-inn/")

    def test_refuses_other_methods(self, client, staff):
        client.force_login(staff)

        assert client.post(URL).status_code == 405

    @pytest.mark.parametrize("person", cast_but("reader", "administrator"))
    def test_offers_to_add_only_to_administrators(self, client, log_in, person, administrator):
        log_in(client, person)
        assertNotContains(client.get(URL), "Ny eier")

        administrators = Client()
        administrators.force_login(administrator)
        assertContains(administrators.get(URL), "Ny eier")
