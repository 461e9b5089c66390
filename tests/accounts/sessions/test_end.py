"""The end of a session: by time, by its user, or by a new password."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import SecurityEvent, Session, User
from accounts.sessions import SessionStore
from tests.accounts.sessions.devices import SESSIONS
from tests.accounts.visitors import (
    LOGIN,
    NEW_PASSWORD,
    PASSWORD,
    choose_password_by_link,
    client_at,
    log_in,
    log_in_freshly,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

START = timezone.now().replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def is_let_in(client):
    return client.get("/mine/").status_code == 200


class TestEndOfSession:
    def test_comes_some_hours_after_the_last_request(self, client, user, clock):
        log_in(client)
        clock.shift(settings.SESSION_IDLE - timedelta(minutes=1))
        assert is_let_in(client)
        clock.shift(settings.SESSION_IDLE - timedelta(minutes=1))
        assert is_let_in(client)

        clock.shift(settings.SESSION_IDLE + timedelta(minutes=1))

        assertRedirects(client.get("/mine/"), f"{LOGIN}?next=/mine/")

    def test_comes_later_where_somebody_is_kept_logged_in(self, client, user, clock):
        log_in(client, remember="on")
        clock.shift(settings.SESSION_IDLE_KEPT - timedelta(minutes=1))
        assert is_let_in(client)

        clock.shift(settings.SESSION_IDLE_KEPT + timedelta(minutes=1))

        assert not is_let_in(client)

    def test_comes_some_days_after_the_login_however_much_it_is_used(self, client, user, clock):
        log_in(client, remember="on")
        last = START + settings.SESSION_LIFE
        while timezone.now() + timedelta(days=1) < last:
            clock.shift(timedelta(days=1))
            assert is_let_in(client)

        clock.shift(timedelta(days=1, minutes=1))

        assert not is_let_in(client)

    def test_is_not_put_off_by_what_is_saved_in_it(self, client, user, clock):
        log_in(client, remember="on")
        clock.shift(settings.SESSION_LIFE - timedelta(days=13))
        session = client.session
        session["x"] = 1
        session.save()

        assert Session.objects.get(user=user).started_at == START

    def test_comes_at_once_when_the_settings_are_made_stricter(self, client, user, clock, settings):
        log_in(client, remember="on")
        clock.shift(timedelta(days=3))
        assert is_let_in(client)

        settings.SESSION_LIFE = timedelta(days=2)

        assert not is_let_in(client)

    def test_begins_anew_with_a_login(self, client, user, clock):
        log_in(client, remember="on")
        before = client.session.session_key
        clock.shift(timedelta(days=3))
        client.post("/konto/logg-ut/")
        log_in(client, remember="on")

        assert client.session.session_key != before
        assert [each.started_at for each in Session.objects.filter(user=user)] == [
            START + timedelta(days=3)
        ]

    def test_is_noted_at_most_every_other_minute(self, client, user, django_assert_num_queries):
        client.force_login(user)

        # The session, the user, her rights, her sessions; nothing is written.
        with django_assert_num_queries(4):
            client.get(SESSIONS)

    def test_is_forgotten_when_somebody_logs_in(self, client, user, clock):
        log_in(client_at("203.0.113.9"))
        clock.shift(timedelta(days=20))

        log_in(client)

        assert Session.objects.filter(user=user).count() == 1

    def test_brings_no_session_back_that_was_ended_meanwhile(self, client, user):
        client.force_login(user)
        store = SessionStore(client.session.session_key)
        store["typed"] = "x"
        Session.objects.all().delete()

        with pytest.raises(UpdateError):
            store.save()


class TestSessionEnd:
    def end(self, client, other, **data):
        handle = Session.objects.get(pk=other.session.session_key).handle
        return client.post(f"{SESSIONS}{handle}/avslutt/", data, follow=True)

    def test_ends_one(self, client, user):
        phone, tablet = client_at("203.0.113.9"), client_at("203.0.113.8")
        for each in (client, phone, tablet):
            log_in(each)

        response = self.end(client, phone)

        assertContains(response, "1 økt er avsluttet.")
        assert [is_let_in(each) for each in (client, phone, tablet)] == [True, False, True]
        assert SecurityEvent.objects.filter(kind="sessions_ended", user=user).exists()

    def test_ends_all_others(self, client, user):
        others = [client_at(f"203.0.113.{number}") for number in range(3)]
        for each in (client, *others):
            log_in(each)

        response = client.post(f"{SESSIONS}avslutt/", follow=True)

        assertContains(response, "3 økter er avsluttet.")
        assert is_let_in(client)
        assert not any(is_let_in(other) for other in others)

    def test_ends_nobody_elses(self, client, user):
        other = client_at("203.0.113.9")
        log_in_freshly(other, UserFactory())
        log_in(client)

        response = self.end(client, other)

        assertContains(response, "hadde allerede gått ut")
        assert is_let_in(other)

    def test_is_calm_when_it_is_pressed_twice(self, client, user):
        phone = client_at("203.0.113.9")
        for each in (client, phone):
            log_in(each)
        handle = Session.objects.get(pk=phone.session.session_key).handle
        client.post(f"{SESSIONS}{handle}/avslutt/")

        response = client.post(f"{SESSIONS}{handle}/avslutt/", follow=True)

        assertContains(response, "hadde allerede gått ut")

    def test_asks_for_the_password_when_it_is_a_while_since(self, client, user):
        phone = client_at("203.0.113.9")
        log_in(phone)
        log_in_freshly(client, user, seconds_ago=3600)
        assertContains(self.end(client, phone), "Skriv passordet ditt en gang til")
        assert is_let_in(phone)

        wrong = self.end(client, phone, **{"confirm-password": "wrong"})
        assertContains(wrong, "Passordet er feil.")
        assert is_let_in(phone)
        response = self.end(client, phone, **{"confirm-password": PASSWORD})

        assertContains(response, "1 økt er avsluttet.")
        assert not is_let_in(phone)

    def test_happens_to_all_others_with_a_new_password(self, client, user):
        phone = client_at("203.0.113.9")
        for each in (client, phone):
            log_in(each)

        client.post(
            "/konto/passord/endre/",
            {
                "oldpassword": PASSWORD,
                "password1": "Elleve tykke tiurer",
                "password2": "Elleve tykke tiurer",
            },
        )

        assert Session.objects.filter(user=user).count() == 1
        assert is_let_in(client)
        assert not is_let_in(phone)

    def test_happens_to_all_with_a_password_chosen_by_link(self, client, user):
        log_in(client)

        choose_password_by_link(client_at("203.0.113.9"), user.email)

        assert not Session.objects.filter(user=user).exists()

    @pytest.mark.ignore_template_errors
    def test_happens_to_all_with_a_password_that_an_administrator_sets(
        self, client, user, administrator
    ):
        log_in(client)
        office = client_at("203.0.113.9")
        log_in_freshly(office, administrator)

        office.post(
            f"/admin/accounts/user/{user.pk}/password/",
            {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
        )

        assert not Session.objects.filter(user=user).exists()
        assert Session.objects.filter(user=administrator).exists()

    @pytest.mark.ignore_template_errors
    @pytest.mark.parametrize("on_the_page", [True, False])
    def test_happens_to_all_of_whose_login_is_closed(
        self, client, user, administrator, on_the_page
    ):
        log_in(client)
        office = client_at("203.0.113.9")
        log_in_freshly(office, administrator)
        users = "/admin/accounts/user/"

        if on_the_page:
            office.post(f"{users}{user.pk}/change/", {"name": user.name, "email": user.email})
        else:
            office.post(users, {"action": "close", "_selected_action": [user.pk]})
        User.objects.filter(pk=user.pk, is_active=False).update(is_active=True)

        assert not is_let_in(client)
