"""Pages that readers get from memory."""

import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fkj_portfolio.page_cache import PAGES
from projects.models import Status
from tests.accounts.visitors import PASSWORD, log_in
from tests.factories import ProjectFactory, StatusReportFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    PAGES.answers.clear()


@pytest.fixture
def published():
    project = ProjectFactory(title="Felles kommunal journal", slug="fkj")
    StatusReportFactory(project=project)
    return project


def is_from_memory(client, address="/"):
    """Return whether a page that was got comes without being made: all that is asked for is the mark."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries) == 1


ADDRESSES = ["/", "/?vis=tidslinje", "/prosjekter/fkj/", "/endringer/", "/sok/?sok=journal"]


class TestReaders:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_get_the_same_page_for_one_query(self, published, address):
        first = Client().get(address)
        with CaptureQueriesContext(connection) as queries:
            second = Client().get(address)

        # The mark of the content.
        assert len(queries) == 1
        assert second.content == first.content
        assert second.headers["Content-Type"] == first.headers["Content-Type"]
        assert {"Cookie", *first.headers.get("Vary", "Cookie").split(", ")} <= set(
            second.headers["Vary"].split(", ")
        )

    def test_get_it_too_in_a_browser_that_somebody_has_logged_in_with(self, published):
        user = UserFactory(email="ida@ks.no")
        user.set_password(PASSWORD)
        user.save()
        answer = log_in(Client())
        browser = Client()
        # What stays when she has logged out.
        browser.cookies["device"] = answer.cookies["device"].value

        assert is_from_memory(browser)

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_get_no_cookie(self, published, address):
        assert not Client().get(address).cookies

    def test_see_every_change_at_once(self, published, client):
        assert "Under kontroll" in client.get("/prosjekter/fkj/").content.decode()
        assert is_from_memory(client, "/prosjekter/fkj/")

        StatusReportFactory(project=published, status=Status.MAJOR_CHALLENGES)

        assert "Betydelige utfordringer" in client.get("/prosjekter/fkj/").content.decode()
        published.unpublish()
        assert client.get("/prosjekter/fkj/").status_code == 404

    def test_get_a_page_in_their_language(self, published, client):
        assert is_from_memory(client)
        client.post(reverse("set_language"), {"language": "en", "next": "/"})

        assert "Key figures" in client.get("/").content.decode()

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_get_the_page_compressed_or_not(self, published, address):
        plain, packs = Client(), Client(headers={"accept-encoding": "br, gzip"})
        assert is_from_memory(plain, address)
        plain = plain.get(address)
        for _again in range(2):
            packed = packs.get(address)
            assert is_from_memory(packs, address)

            assert gzip.decompress(packed.content) == plain.content
            assert int(packed.headers["Content-Length"]) == len(packed.content)
            assert "Accept-Encoding" in packed.headers["Vary"]

    def test_get_it_compressed_whatever_others_ask_for(self, published):
        assert is_from_memory(Client(headers={"accept-encoding": "xgzip"}))

        answer = Client(headers={"accept-encoding": "gzip"}).get("/")

        assert answer.headers["Content-Encoding"] == "gzip"

    def test_get_another_answer_as_htmx(self, published, client, htmx_client):
        assert is_from_memory(client)

        assert "<html" not in htmx_client.get("/").content.decode()
        assert is_from_memory(htmx_client)
        assert "<html" in client.get("/").content.decode()

    @pytest.mark.time_machine("2026-07-10 12:00 +0200", tick=False)
    def test_get_a_new_page_every_day(self, published, client, time_machine):
        assert is_from_memory(client)
        time_machine.move_to("2027-07-10 12:00 +0200")

        assert "Ikke oppdatert siden" in client.get("/").content.decode()

    def test_get_a_message_once(self, published, client):
        assert is_from_memory(client)

        told = client.get("/?per=2050-01-01", follow=True)
        again = client.get("/")

        assert "har ikke vært ennå" in told.content.decode()
        assert "har ikke vært ennå" not in again.content.decode()
        assert "har ikke vært ennå" not in Client().get("/").content.decode()

    def test_get_nothing_that_was_made_for_staff(self, published, client):
        ProjectFactory(draft=True, title="Hemmelig")
        staff = Client()
        staff.force_login(UserFactory())

        assert "Hemmelig" in staff.get("/").content.decode()
        assert "Hemmelig" not in client.get("/").content.decode()
        assert is_from_memory(client)
        assert "Hemmelig" in staff.get("/").content.decode()
