"""Notes on logins, refusals and rights: who, when, from where; and who may read them."""

import logging
from datetime import timedelta

import pgtrigger
import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import IntegrityError, connection
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE, SecurityEvent
from tests.accounts.admin.users import USERS, change, data
from tests.accounts.visitors import (
    PASSWORD,
    choose_password_by_link,
    client_at,
    delete,
    log_in,
    log_in_freshly,
)
from tests.cast import cast_but
from tests.factories import MilestoneFactory, ProjectFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LOG = "/konto/sikkerhetslogg/"


def noted():
    events = SecurityEvent.objects.order_by("pk")
    return [(event.kind, event.user, event.address) for event in events]


class TestRecord:
    def test_notes_who_came_and_went_and_from_where(self, user):
        client = client_at("203.0.113.9")
        log_in(client)
        client.post("/konto/logg-ut/")

        assert noted() == [
            ("logged_in", user, "203.0.113.9"),
            ("logged_out", user, "203.0.113.9"),
        ]

    def test_takes_the_address_from_a_proxy_only_when_there_is_one(self, user, settings):
        client = client_at("127.0.0.1", headers={"x-forwarded-for": "203.0.113.9"})
        log_in(client)
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        log_in(client_at("127.0.0.1", headers={"x-forwarded-for": "6.6.6.6, 203.0.113.9"}))

        assert [address for _kind, _user, address in noted()] == ["127.0.0.1", "203.0.113.9"]

    def test_notes_failed_attempts_but_not_what_was_written(self, user):
        client = client_at("203.0.113.9")
        log_in(client, password="my secret")
        log_in(client, "hunter2@ks.no", "x")

        assert noted() == [
            ("login_failed", user, "203.0.113.9"),
            ("login_failed", None, "203.0.113.9"),
        ]
        written = str(list(SecurityEvent.objects.values()))
        assert "secret" not in written
        assert "hunter2" not in written

    def test_notes_once_that_attempts_have_to_wait(self, user):
        for number in range(20):
            log_in(client_at(f"203.0.113.{number}"), password="x")

        kinds = [kind for kind, _user, _address in noted()]
        assert kinds == ["login_failed"] * 5 + ["login_slowed"]

    def test_notes_a_new_password(self, client, user):
        choose_password_by_link(client, user.email)

        assert [kind for kind, _user, _address in noted()] == ["link_sent", "password_changed"]

    def test_notes_a_password_that_its_owner_changes(self, client, user):
        client.force_login(user)
        new = {"password1": "Tolv tunge tranere", "password2": "Tolv tunge tranere"}
        client.post("/konto/passord/endre/", {"oldpassword": PASSWORD, **new})

        assert [kind for kind, _user, _address in noted()] == ["password_changed"]

    def test_notes_whom_we_refuse_what(self, client, staff):
        project = ProjectFactory()
        client.force_login(staff)
        client.post(f"/prosjekter/{project.slug}/publiser/")

        [event] = SecurityEvent.objects.all()
        assert (event.kind, event.user) == ("refused", staff)
        assert event.details == {
            "method": "POST",
            "route": "prosjekter/<slug:slug>/publiser/",
            "named": {},
            "project": project.pk,
        }

    def test_notes_no_name_of_a_project_that_is_none(self, client, staff):
        client.force_login(staff)
        client.post("/prosjekter/ola-nordmann/publiser/")

        [event] = SecurityEvent.objects.all()
        assert "nordmann" not in str(event.details)

    def test_keeps_no_row_of_what_strangers_are_refused(self, caplog):
        client = client_at("203.0.113.9", enforce_csrf_checks=True)
        with caplog.at_level(logging.INFO, "security"):
            assert log_in(client).status_code == 403

        assert not SecurityEvent.objects.exists()
        assert "refused user=- by=- address=203.0.113.9 method='POST'" in caplog.text

    def test_notes_who_changed_whose_rights(self, client, administrator, staff):
        office = Group.objects.get(name=PORTFOLIO_OFFICE)
        log_in_freshly(client, administrator)
        client.post(change(staff), data(staff, groups=[office.pk], email="ny@ks.no"))
        client.post(USERS, {"action": "close", "_selected_action": [staff.pk]})
        client.post(f"{USERS}add/", {"name": "Ida", "email": "ida@ks.no", "groups": [office.pk]})

        events = list(SecurityEvent.objects.order_by("pk"))
        assert {event.kind for event in events} == {"rights_changed"}
        assert {event.by for event in events} == {administrator}
        assert [event.details for event in events] == [
            {"given": [PORTFOLIO_OFFICE], "taken": [], "email": [staff.email, "ny@ks.no"]},
            {"is_active": False},
            {"made": True, "given": [PORTFOLIO_OFFICE], "taken": []},
        ]

    def test_notes_no_change_of_a_name(self, client, administrator, staff):
        log_in_freshly(client, administrator)
        client.post(change(staff), data(staff, name="Ny"))

        assert not SecurityEvent.objects.exists()

    def test_notes_a_password_that_an_administrator_sets(self, client, administrator, staff):
        log_in_freshly(client, administrator)
        new = {"password1": "Tolv tunge tranere", "password2": "Tolv tunge tranere"}
        client.post(f"{USERS}{staff.pk}/password/", new)

        [event] = SecurityEvent.objects.all()
        assert (event.kind, event.user, event.by) == ("password_changed", staff, administrator)

    def test_notes_who_was_logged_out_by_whom(self, client, administrator, staff):
        phone = client_at("203.0.113.9")
        phone.force_login(staff)
        log_in_freshly(client, administrator)
        client.post(USERS, {"action": "end_sessions", "_selected_action": [staff.pk]})

        assert phone.get("/mine/").status_code == 302
        [event] = SecurityEvent.objects.all()
        assert (event.kind, event.user, event.by) == ("sessions_ended", staff, administrator)

    def test_outlives_a_user_who_was_made_by_mistake(self, client, administrator, staff):
        log_in_freshly(client, administrator)
        delete(client, f"{USERS}{staff.pk}/delete/")

        assertContains(client.get(LOG), "slettet brukeren Ansatt Hansen")

    def test_writes_a_line_that_names_nobody(self, user, caplog):
        with caplog.at_level(logging.INFO, "security"):
            log_in(client_at("203.0.113.9"))

        assert f"logged_in user={user.pk} by=- address=203.0.113.9" in caplog.text
        assert user.email not in caplog.text


class TestGuard:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE accounts_securityevent SET kind = 'logged_out'",
            "DELETE FROM accounts_securityevent",
        ],
    )
    def test_refuses_to_change_or_lose_what_is_noted(self, user, sql):
        SecurityEvent.objects.create(kind="logged_in", user=user)

        with (
            pytest.raises(IntegrityError, match="security_log_is_only_added_to"),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

    def test_knows_the_kinds(self):
        with pytest.raises(IntegrityError, match="kind_is_known"):
            SecurityEvent.objects.create(kind="x")


class TestForgetting:
    def test_happens_at_a_login_after_as_long_as_the_settings_say(self, client, user, settings):
        settings.SECURITY_LOG_DAYS = 60
        for days in (61, 59):
            at = timezone.now() - timedelta(days=days)
            SecurityEvent.objects.create(kind="refused", user=user, at=at)

        log_in(client)

        assert [kind for kind, _user, _address in noted()] == ["refused", "logged_in"]


class TestSecurityLog:
    @pytest.mark.parametrize("person", cast_but("reader", "administrator"))
    def test_is_forbidden_to_all_but_administrators(self, client, request, person):
        client.force_login(request.getfixturevalue(person))

        assert client.get(LOG).status_code == 403

    def test_sends_readers_to_the_login(self, client):
        assert client.get(LOG).url == f"/konto/logg-inn/?next={LOG}"

    def test_tells_in_sentences(self, client, administrator, user):
        role = Group.objects.get(name=ADMINISTRATORS)
        log_in(client_at("203.0.113.9"))
        log_in(client_at("203.0.113.9"), password="x")
        log_in_freshly(client, administrator)
        client.post(change(user), data(user, groups=[role.pk], is_active=""))

        response = client.get(LOG)

        assertContains(response, "Ida Jensen logget inn.")
        assertContains(response, "203.0.113.9", count=2)
        assertContains(response, "Noen skrev feil passord for Ida Jensen.")
        assertContains(response, "Administrator Berg endret brukeren Ida Jensen.")
        assertContains(response, "Fikk rollen Administratorer.")
        assertContains(response, "Kan ikke logge inn lenger.")

    def test_tells_what_was_refused_at_its_address_of_today(self, client, administrator, staff):
        milestone = MilestoneFactory(project__slug="da")
        client.force_login(staff)
        client.get(f"/prosjekter/da/leveranser/{milestone.pk}/lever/")
        client.get("/prosjekter/da/publiser/")
        client.get("/prosjekter/finnes-ikke/publiser/")
        client.get(LOG)
        with pgtrigger.ignore("projects.Project:name_in_addresses_stays"):
            type(milestone.project).objects.update(slug="na")
        client.force_login(administrator)

        response = client.get(LOG)

        for path in (
            f"/prosjekter/na/leveranser/{milestone.pk}/lever/",
            "/prosjekter/na/publiser/",
            "/prosjekter/…/publiser/",
            LOG,
        ):
            assertContains(response, f"ble nektet GET {path}.")

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_has_words_for_every_kind(self, client, administrator, user, language):
        for kind in SecurityEvent._meta.get_field("kind").choices:
            for someone in (user, None):
                SecurityEvent.objects.create(
                    kind=kind[0],
                    user=someone,
                    details={"method": "GET", "route": "", "count": 2, "deleted": True},
                )
        client.cookies["django_language"] = language
        client.force_login(administrator)

        response = client.get(LOG)

        assert response.status_code == 200
        assertNotContains(response, "%(")

    def test_is_narrowed_down(self, client, administrator, user):
        log_in(client_at("203.0.113.9"))
        log_in(client_at("203.0.113.9"), password="x")
        SecurityEvent.objects.create(kind="logged_in", user=UserFactory(name="Per"))
        client.force_login(administrator)

        assertContains(client.get(LOG, {"hva": "logged_in"}), "<time", count=2)
        assertContains(client.get(LOG, {"hva": "logged_in", "hvem": "ida@"}), "<time", count=1)
        assertContains(client.get(LOG, {"hvem": "finnes ikke"}), "Vis alt")
        assertContains(client.get(LOG, {"hva": "x", "side": "x"}), "<time", count=3)

    def test_needs_as_many_queries_for_many(self, client, administrator, django_assert_num_queries):
        for _ in range(60):
            refused = {"method": "GET", "route": "", "project": ProjectFactory().pk}
            SecurityEvent.objects.create(kind="refused", user=UserFactory(), details=refused)
        client.force_login(administrator)

        # Session, user, her rights, how many events, the events, the
        # projects.
        with django_assert_num_queries(6):
            assertContains(
                client.get(LOG), 'aria-current="page"><span class="ds-sr-only">Side </span>1</span>'
            )


@pytest.fixture(autouse=True)
def nothing_noted():
    cache.clear()
