"""Forms on their way through the real server: whole, cut off, without a length; and who sends them."""

import os
import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from projects.models import Owner
from tests.serving.server import Server

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/eiere/ny/"


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[Server]:
    """A server on the database of the tests."""
    database = f"/{connection.settings_dict['NAME']}"
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=database).geturl()
    with Server(DATABASE_URL=url, WORKERS="1").running() as running:
        yield running


@pytest.fixture
def cookie(administrator) -> str:
    """The session of somebody who may make owners."""
    client = Client()
    client.force_login(administrator)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def opened(server: Server, cookie: str) -> tuple[str, bytes]:
    """Open the form as a browser does; return its cookies, and what it sends when it is filled in."""
    page = server.say(
        f"GET {ADDRESS} HTTP/1.0\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode()
    )
    text = page.decode()
    token = re.search(rf"{settings.CSRF_COOKIE_NAME}=\w+", text)[0]
    typed = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    typed |= {"name": "Kommunal- og distriktsdepartementet", "website": ""}
    return f"{cookie}; {token}", urlencode(typed).encode()


def head(cookie: str, length: str) -> bytes:
    return (
        f"POST {ADDRESS} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n{length}\r\n\r\n"
    ).encode()


class TestForm:
    def test_is_saved_when_it_is_whole(self, server, cookie):
        cookies, typed = opened(server, cookie)

        answer = server.say(head(cookies, f"Content-Length: {len(typed)}") + typed)

        assert answer.startswith(b"HTTP/1.1 302 ")
        assert Owner.objects.get().name == "Kommunal- og distriktsdepartementet"

    @pytest.mark.parametrize("missing", [1, 10])
    def test_is_refused_when_it_is_cut_off(self, server, cookie, missing):
        cookies, typed = opened(server, cookie)

        answer = server.say(
            head(cookies, f"Content-Length: {len(typed)}") + typed[:-missing], ends=True
        )

        assert answer.startswith(b"HTTP/1.1 400 ")
        assert "Ingenting er lagret" in answer.decode()
        assert not Owner.objects.exists()

    def test_is_refused_when_it_comes_in_parts(self, server, cookie):
        cookies, typed = opened(server, cookie)
        part = b"%x\r\n%b\r\n0\r\n\r\n" % (len(typed), typed)

        answer = server.say(head(cookies, "Transfer-Encoding: chunked") + part)

        assert answer.startswith(b"HTTP/1.1 400 ")
        assert not Owner.objects.exists()

    @pytest.mark.parametrize("second", ["Transfer-Encoding: chunked", "Content-Length: 1"])
    def test_is_refused_when_it_says_in_two_ways_where_it_ends(self, server, cookie, second):
        cookies, typed = opened(server, cookie)

        answer = server.say(head(cookies, f"Content-Length: {len(typed)}\r\n{second}") + typed)

        assert answer.startswith(b"HTTP/1.1 400 ")
        assert not Owner.objects.exists()


class TestCookie:
    @pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
    def test_of_another_program_logs_nobody_out(self, server, cookie, encoding):
        cookies = f"valg=på; {cookie}; navn=Åse".encode(encoding)
        page = server.say(
            b"GET /mine/ HTTP/1.0\r\nHost: localhost\r\nCookie: " + cookies + b"\r\n\r\n"
        )

        assert b" 200 OK" in page[:20]
        assert "Administrator Berg" in page.decode()
