"""Cookies and headers, which guard a session."""

import pytest

from tests.accounts.sessions.devices import SESSIONS
from tests.accounts.visitors import (
    LOGIN,
    log_in,
)

pytestmark = pytest.mark.django_db


class TestNoStore:
    @pytest.mark.parametrize(
        "path", ["/", "/mine/", "/eiere/", "/sok/?sok=x", SESSIONS, "/finnes-ikke/"]
    )
    def test_is_said_of_every_page_of_whoever_is_logged_in(self, client, user, path):
        client.force_login(user)

        assert "no-store" in client.get(path).headers["Cache-Control"]

    @pytest.mark.parametrize("path", [LOGIN, "/konto/passord/glemt/", "/konto/passord/nytt/1-x/"])
    def test_is_said_of_pages_for_one_person_before_she_is_in(self, client, path):
        assert "no-store" in client.get(path).headers["Cache-Control"]

    def test_is_said_of_the_answer_to_a_login_and_a_logout(self, client, user):
        assert "no-store" in log_in(client).headers["Cache-Control"]
        assert "no-store" in client.post("/konto/logg-ut/").headers["Cache-Control"]

    @pytest.mark.parametrize("path", ["/", "/sok/?sok=x", "/endringer/"])
    def test_is_not_said_of_what_everyone_may_read(self, client, path):
        assert "no-store" not in client.get(path).headers.get("Cache-Control", "")


class TestCookies:
    def test_are_of_this_host_alone_with_tls(self):
        names = cookie_names(HTTPS="true")

        assert names
        assert all(name.startswith("__Host-") for name in names)

    def test_are_out_of_reach_of_scripts(self, client, user):
        client.get(LOGIN)
        client.post("/sprak/", {"language": "nn", "next": "/"})
        log_in(client, remember="on")
        client.post(f"{SESSIONS}avslutt/")

        cookies = client.cookies.values()
        assert {cookie.key for cookie in cookies} == {
            *("csrftoken", "django_language", "sessionid", "device", "messages")
        }
        assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in cookies)

    def test_have_plain_names_on_this_machine(self):
        assert "sessionid" in cookie_names(HTTPS="false")


def cookie_names(**environment):
    """Ask the settings for the names of the cookies, in an environment of their own."""
    import os
    import subprocess
    import sys

    code = (
        "from fkj_portfolio import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.LANGUAGE_COOKIE_NAME, s.MESSAGE_COOKIE_NAME, s.DEVICE_COOKIE_NAME)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.split()


class TestHeaders:
    @pytest.mark.parametrize("path", ["/", LOGIN, "/finnes-ikke/", "/mine/", "/data?x"])
    def test_are_on_every_page(self, client, path):
        headers = client.get(path).headers

        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert "Access-Control-Allow-Origin" not in headers

    @pytest.mark.parametrize("path", ["/", LOGIN, "/mine/", "/admin/"])
    def test_answer_no_trace(self, client, path):
        response = client.trace(path)

        assert response.status_code in (302, 405)
        assert "HTTP/1" not in response.text
