"""The database is away: pages say so and when to come back, and what was typed is not lost."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, connection
from django.test import Client

from fkj_portfolio.outages import OUTAGE, error_page
from projects.models import Owner
from tests.serving.server import SECONDS_TO_START, Server, within

#: Shutting down, crashed, starting, without room for one more, disk full, connection lost, only to be read.
AWAY = ["57P01", "57P02", "57P03", "53300", "53100", "08006", "25006"]
#: Deadlock, a row twice, no such table, not a number: the fault is not that it is away.
ASKED_WRONGLY = ["40P01", "23505", "42P01", "22P02"]


@pytest.fixture
def browser(settings, db) -> Iterator[Client]:
    """A client that gets the page of an error, as a browser does, and may ask for what fails."""
    settings.ROOT_URLCONF = "tests.serving.urls"
    yield Client(raise_request_exception=False)
    OUTAGE.end()


@pytest.fixture
def gone(browser, monkeypatch) -> Client:
    """A browser while there is no database at the address."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    return browser


class TestState:
    @pytest.mark.parametrize("state", AWAY)
    def test_answers_503_when_it_says_that_the_database_is_away(self, browser, state):
        response = browser.get(f"/probe/failing/{state}")

        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert "no-store" in response.headers["Cache-Control"]

    @pytest.mark.parametrize("state", ASKED_WRONGLY)
    def test_is_a_fault_of_ours_when_it_says_anything_else(self, browser, state):
        assert browser.get(f"/probe/failing/{state}").status_code == 500

    def test_is_too_costly_when_it_says_that_a_statement_took_too_long(self, browser):
        response = browser.get("/probe/failing/57014")

        assert response.status_code == 503
        assert "Dette tok for lang tid" in response.text

    def test_is_too_costly_also_when_no_budget_sees_it(self, rf):
        try:
            raise OperationalError from psycopg.errors.QueryCanceled()
        except OperationalError:
            response = error_page(rf.get("/"))

        assert response.status_code == 503
        assert "Dette tok for lang tid" in response.text


@pytest.mark.django_db(transaction=True)
class TestPage:
    @pytest.mark.parametrize(
        ("language", "title"),
        [
            ("nb", "Nettstedet får ikke tak i dataene akkurat nå"),
            ("nn", "Nettstaden får ikkje tak i dataa akkurat no"),
            ("en", "The site cannot reach its data just now"),
        ],
    )
    def test_speaks_the_language_of_the_reader(self, gone, language, title):
        gone.cookies["django_language"] = language

        page = BeautifulSoup(gone.get("/?sok=journal").content, "html.parser")

        assert page.html["lang"] == language
        assert page.h1.text == title
        assert page.select_one("main a")["href"] == "/?sok=journal"

    @pytest.mark.parametrize(
        "address", ["/", "/mine/", "/admin/", "/historikk/", "/konto/logg-inn/"]
    )
    def test_stands_wherever_the_database_is_needed(self, gone, address):
        gone.cookies["sessionid"] = "a" * 32

        assert gone.get(address).status_code == 503

    def test_offers_to_send_again_what_was_typed(self, browser, administrator, monkeypatch):
        browser.force_login(administrator)
        text = "Første linje\r\n  <b>andre</b> «linje»"
        host = connection.settings_dict["HOST"]
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")

        refused = browser.post("/eiere/ny/?fra=1", {"name": text, "managers": ["1", "2"]})
        form = BeautifulSoup(refused.content, "html.parser").find("form", method="post")
        sent = [(field["name"], field["value"]) for field in form.select("input")]

        assert refused.status_code == 503
        assert form["action"] == "/eiere/ny/?fra=1"
        assert sent == [("name", text), ("managers", "1"), ("managers", "2")]
        monkeypatch.setitem(connection.settings_dict, "HOST", host)
        assert not Owner.objects.exists()

    def test_gives_no_password_back(self, gone):
        typed = {"login": "kari@example.no", "password": "hemmelig-ord"}

        refused = gone.post("/konto/logg-inn/", typed)

        assert refused.status_code == 503
        assert "kari@example.no" in refused.content.decode()
        assert "hemmelig-ord" not in refused.content.decode()

    def test_is_told_to_htmx_as_a_status(self, gone):
        assert gone.get("/", headers={"hx-request": "true"}).status_code == 503

    def test_needs_no_database_to_come_back(self, browser, monkeypatch, caplog):
        host = connection.settings_dict["HOST"]
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
        assert [browser.get("/").status_code for _time in range(3)] == [503] * 3
        monkeypatch.setitem(connection.settings_dict, "HOST", host)

        assert browser.get("/").status_code == 200
        told = [record.getMessage() for record in caplog.records if "outages" in record.name]
        assert len(told) == 2
        assert told[0].startswith("The database is away, pages answer 503 meanwhile: ")
        assert "3 requests got 503" in told[1]

    def test_takes_no_old_connection_for_a_sign_that_it_is_back(self, browser):
        assert browser.get("/helse/klar").status_code == 200
        OUTAGE.see(OperationalError("tried"))
        # As Django does when a request begins; its client for tests leaves it out.
        connection.close_if_unusable_or_obsolete()

        browser.get("/helse/lever")

        assert OUTAGE.began is not None
        browser.get("/helse/klar")
        assert OUTAGE.began is None


@pytest.fixture
def elsewhere() -> Iterator[tuple[psycopg.Connection, str, str]]:
    """A database that can be closed without anybody else noticing; and its address."""
    url, name = os.environ["DATABASE_URL"], f"portfolio_away_{os.getpid()}"
    with psycopg.connect(
        urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True
    ) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        yield server, name, urlsplit(url)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_server_answers_503_and_comes_back_by_itself(elsewhere):
    database, name, url = elsewhere
    with Server(DATABASE_URL=url, WORKERS="1").running() as server:
        assert server.get("/probe/database") == (200, "reached")

        database.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        assert {server.get("/probe/database")[0] for _time in range(4)} == {503}
        assert server.get("/static/css/site.css")[0] == 200

        database.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())
        assert {server.get("/probe/database")[0] for _time in range(20)} == {200}
        assert within(SECONDS_TO_START, lambda: "The database is back" in server.said)
        assert "Traceback" not in server.said
