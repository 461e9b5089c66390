"""The list of one's sessions."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Session
from tests.accounts.sessions.devices import SESSIONS
from tests.accounts.visitors import (
    LOGIN,
    client_at,
    log_in,
    log_in_freshly,
)
from tests.cast import cast_but
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


class TestSessionList:
    def test_shows_where_one_is_logged_in(self, client, user):
        phone = client_at("203.0.113.9", headers={"user-agent": PHONE})
        log_in(phone)
        log_in(client, headers={"user-agent": FIREFOX})
        client.get("/", headers={"user-agent": FIREFOX})

        response = client.get(SESSIONS)

        assertContains(response, "Safari på iPhone")
        assertContains(response, "Fra 203.0.113.9.")
        assertContains(response, "Denne økten", count=1)
        sessions = Session.objects.all()
        assert len(sessions) == 2
        for session in sessions:
            assertNotContains(response, session.session_key)

    def test_shows_nobody_elses(self, client, user):
        other = client_at("203.0.113.9", headers={"user-agent": PHONE})
        log_in_freshly(other, UserFactory())
        log_in(client)

        assertContains(client.get(SESSIONS), "ikke logget inn noe annet sted")

    @pytest.mark.parametrize("person", cast_but("reader", "administrator"))
    def test_is_for_everyone_who_is_logged_in(self, client, request, person):
        client.force_login(request.getfixturevalue(person))

        assert client.get(SESSIONS).status_code == 200

    @pytest.mark.parametrize("path", ["", "avslutt/", "x/avslutt/"])
    def test_is_not_for_readers(self, client, path):
        method = client.post if path else client.get

        assert method(f"{SESSIONS}{path}").url.startswith(LOGIN)

    def test_needs_as_many_queries_for_many(self, client, user, django_assert_num_queries):
        for number in range(5):
            client_at(f"203.0.113.{number}").force_login(user)
        client.force_login(user)

        # The session, the user, her rights, her sessions.
        with django_assert_num_queries(4):
            client.get(SESSIONS)

    def test_is_pointed_at_where_one_changes_the_password(self, client, user):
        client.force_login(user)

        assertContains(client.get("/konto/passord/endre/"), SESSIONS)
