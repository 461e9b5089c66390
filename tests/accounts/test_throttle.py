"""Attempts to log in: an attacker waits, the owner does not."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.models import SecurityEvent
from accounts.throttle import network_of
from tests.accounts.visitors import (
    NEW_PASSWORD,
    PASSWORD,
    choose_password_by_link,
    client_at,
    is_in,
    log_in,
)

SLOWED = "For mange mislykkede forsøk. Vent fem minutter"


def attack(email="ida@ks.no", attempts=30):
    """Guess from many addresses at once."""
    for number in range(attempts):
        log_in(client_at(f"198.51.100.{number}"), email, "wrong")


pytestmark = pytest.mark.django_db


class TestAttacker:
    def test_waits_after_five_wrong_passwords_for_an_account(self, client, user):
        for _attempt in range(5):
            log_in(client, password="wrong")

        response = log_in(client)

        assert SLOWED in response.text
        assert not is_in(client)

    def test_waits_wherever_the_guesses_come_from(self, user):
        attack()
        client = client_at("203.0.113.9")

        assert SLOWED in log_in(client).text
        assert not is_in(client)

    def test_waits_at_one_place_whoever_the_guesses_are_about(self, user):
        client = client_at("198.51.100.7")
        for number in range(20):
            log_in(client, f"user{number}@ks.no", "wrong")

        assert SLOWED in log_in(client).text

    def test_is_told_the_same_of_accounts_that_are_not_there(self, user):
        said = {}
        for email in ("ida@ks.no", "nobody@ks.no"):
            said[email] = [
                SLOWED in log_in(client_at(f"198.51.100.{n}"), email, "wrong").text
                for n in range(8)
            ]

        assert said["ida@ks.no"] == said["nobody@ks.no"] == [False] * 5 + [True] * 3

    def test_gains_nothing_by_another_name_of_the_site(self, user, settings):
        settings.ALLOWED_HOSTS = ["one.example", "two.example"]
        hosts = [Client(headers={"host": host}) for host in settings.ALLOWED_HOSTS]
        for client in hosts * 3:
            log_in(client, password="wrong")

        assert SLOWED in log_in(hosts[0]).text

    def test_gains_nothing_by_a_cookie_of_another_account(self, user):
        get_user_model().objects.create_user("evil@ks.no", PASSWORD, name="Evil")
        client = client_at("198.51.100.7")
        log_in(client, "evil@ks.no")
        client.logout()
        for _attempt in range(5):
            log_in(client, password="wrong")

        assert SLOWED in log_in(client).text

    @pytest.mark.parametrize("cookie", ["", "x", "eyJtYXJrIjoiYSJ9:1:x", "a\0b"])
    def test_cannot_make_a_cookie(self, user, cookie):
        attack()
        client = client_at("203.0.113.9")
        client.cookies["device"] = cookie

        assert SLOWED in log_in(client).text

    def test_has_ten_attempts_with_a_stolen_cookie(self, user):
        owner = client_at("203.0.113.9")
        log_in(owner)
        thief = client_at("198.51.100.7")
        thief.cookies["device"] = owner.cookies["device"].value
        for _attempt in range(10):
            assert SLOWED not in log_in(thief, password="wrong").text

        assert SLOWED in log_in(thief).text

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.usefixtures("nothing_counted")
    def test_gets_no_more_guesses_by_making_them_at_once(self, user):
        said = []

        def guess(number):
            said.append(SLOWED in log_in(client_at(f"198.51.100.{number}"), password="x").text)
            connections.close_all()

        threads = [threading.Thread(target=guess, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        # Whoever waits too long for the others is refused as well.
        assert 0 < said.count(False) <= 5


class TestOwner:
    def test_comes_in_from_the_browser_that_she_uses(self, user):
        owner = client_at("203.0.113.9")
        log_in(owner)
        owner.post("/konto/logg-ut/")
        attack()

        # On the move: another address.
        owner.defaults["REMOTE_ADDR"] = "192.0.2.4"
        log_in(owner)

        assert is_in(owner)

    def test_comes_in_from_where_she_always_comes_from(self, user):
        log_in(client_at("203.0.113.9"))
        attack()
        other_browser = client_at("203.0.113.9")

        log_in(other_browser)

        assert is_in(other_browser)

    def test_comes_in_although_her_colleague_beside_her_guesses(self, user):
        owner = client_at("203.0.113.9")
        log_in(owner)
        owner.post("/konto/logg-ut/")
        for _attempt in range(30):
            log_in(client_at("203.0.113.9"), password="wrong")

        log_in(owner)

        assert is_in(owner)

    def test_comes_in_at_once_with_a_fresh_password(self, user):
        attack()
        owner = client_at("203.0.113.9")

        choose_password_by_link(owner, user.email)
        attack(attempts=10)
        # Between the two she has left the house.
        owner.defaults["REMOTE_ADDR"] = "192.0.2.4"
        log_in(owner, password=NEW_PASSWORD)

        assert is_in(owner)

    def test_comes_in_anywhere_with_a_fresh_password_once_the_attack_is_over(self, user):
        attack()
        choose_password_by_link(client_at("203.0.113.9"), user.email)
        elsewhere = client_at("192.0.2.4")

        log_in(elsewhere, password=NEW_PASSWORD)

        assert is_in(elsewhere)

    def test_comes_in_with_a_fresh_password_on_another_device_at_the_same_place(self, user):
        choose_password_by_link(client_at("203.0.113.9"), user.email)
        attack()
        other_device = client_at("203.0.113.9")

        log_in(other_device, password=NEW_PASSWORD)

        assert is_in(other_device)

    def test_keeps_her_place_among_those_who_share_a_computer(self, user):
        shared = client_at("203.0.113.9")
        log_in(shared)
        shared.post("/konto/logg-ut/")
        get_user_model().objects.create_user("per@ks.no", PASSWORD, name="Per")
        log_in(shared, "per@ks.no")
        shared.post("/konto/logg-ut/")
        attack()
        shared.defaults["REMOTE_ADDR"] = "192.0.2.4"

        log_in(shared)

        assert is_in(shared)


class TestDeviceCookie:
    def test_cannot_be_read_by_scripts_and_names_nobody(self, client, user):
        log_in(client)

        cookie = client.cookies["device"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert "ida" not in cookie.value


class TestNetworkOf:
    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("192.0.2.4", "192.0.2.4"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("::ffff:192.0.2.4", "192.0.2.4"),
            (None, None),
        ],
    )
    def test_is_what_one_customer_has(self, address, network):
        assert network_of(address) == network

    def test_is_noted_as_an_ipv4_address_also_where_the_server_listens_to_both(self, user):
        log_in(client_at("::ffff:192.0.2.4"))

        assert SecurityEvent.objects.get().address == "192.0.2.4"


class TestKnownAddresses:
    def test_are_forgotten_after_a_month(self, user):
        SecurityEvent.objects.create(
            kind="logged_in",
            user=user,
            address="203.0.113.9",
            at=timezone.now() - timedelta(days=31),
        )
        attack()

        assert SLOWED in log_in(client_at("203.0.113.9")).text
