"""The password is asked for again before an e-mail, a password or a role is changed."""

import pytest
from django.contrib.auth.models import Group
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE, Session
from tests.accounts.admin.users import USERS, change, data
from tests.accounts.visitors import NEW_PASSWORD, PASSWORD, log_in_freshly

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ASKED = "Skriv passordet ditt en gang til"
CONFIRMED = {"confirm-password": PASSWORD}


@pytest.fixture
def admin(client, administrator):
    """An administrator who logged in an hour ago."""
    administrator.set_password(PASSWORD)
    administrator.save()
    log_in_freshly(client, administrator, seconds_ago=3600)
    return client


class TestConfirmed:
    def test_keeps_what_was_written_until_the_password_is_right(self, admin, staff):
        office = Group.objects.get(name=PORTFOLIO_OFFICE)
        sent = data(staff, email="ny@ks.no", groups=[office.pk])

        asked = admin.post(f"{change(staff)}?_changelist_filters=q%3Dx", sent)

        assertContains(asked, ASKED)
        assertContains(asked, '<input type="hidden" name="email" value="ny@ks.no">', html=True)
        assertContains(asked, f'action="{change(staff)}?_changelist_filters=q%3Dx"')
        staff.refresh_from_db()
        assert not staff.groups.exists()

        done = admin.post(change(staff), sent | CONFIRMED)

        assertRedirects(done, USERS)
        staff.refresh_from_db()
        assert staff.email == "ny@ks.no"
        assert list(staff.groups.all()) == [office]

    def test_is_asked_once_in_a_while(self, admin, staff):
        admin.post(change(staff), data(staff, name="Ny") | CONFIRMED)

        admin.post(change(staff), data(staff, name="Nyere"))

        staff.refresh_from_db()
        assert staff.name == "Nyere"

    def test_gives_the_session_another_key(self, admin, staff):
        before = admin.session.session_key

        admin.post(change(staff), data(staff, name="Ny") | CONFIRMED)

        assert admin.session.session_key != before
        assert not Session.objects.filter(pk=before).exists()

    def test_takes_no_wrong_password(self, admin, staff):
        response = admin.post(change(staff), data(staff, name="Ny") | {"confirm-password": "x"})

        assertContains(response, "Passordet er feil.")
        assertContains(response, '<input type="hidden" name="name" value="Ny">', html=True)
        staff.refresh_from_db()
        assert staff.name != "Ny"

    def test_counts_wrong_passwords(self, admin, staff):
        for _attempt in range(10):
            admin.post(change(staff), data(staff) | {"confirm-password": "x"})

        response = admin.post(change(staff), data(staff) | CONFIRMED)

        assertContains(response, "For mange mislykkede forsøk")

    @pytest.mark.parametrize("action", ["close", "open", "send_links", "end_sessions"])
    def test_is_asked_before_an_action(self, admin, staff, action):
        chosen = {"action": action, "_selected_action": [staff.pk]}

        assertContains(admin.post(USERS, chosen), ASKED)
        assert admin.post(USERS, chosen | CONFIRMED).status_code == 302

    def test_is_asked_before_a_user_is_made_or_deleted(self, admin, staff):
        new = {"name": "Ida", "email": "ida@ks.no"}

        assertContains(admin.post(f"{USERS}add/", new), ASKED)
        assertContains(admin.post(f"{USERS}{staff.pk}/delete/", {"post": "yes"}), ASKED)

    def test_is_asked_before_the_form_for_a_password_and_carries_none_along(self, admin, staff):
        url = f"{USERS}{staff.pk}/password/"
        sent = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        assertContains(admin.get(url), ASKED)

        asked = admin.post(url, sent)
        assertContains(asked, ASKED)
        assertNotContains(asked, NEW_PASSWORD)
        assertRedirects(admin.post(url, CONFIRMED), url)
        admin.post(url, sent)

        staff.refresh_from_db()
        assert staff.check_password(NEW_PASSWORD)

    @pytest.mark.parametrize("path", ["", "add/"])
    def test_is_not_asked_of_who_only_reads(self, admin, staff, path):
        assertNotContains(admin.get(f"{USERS}{path}"), ASKED)
        assertNotContains(admin.get(change(staff)), ASKED)

    def test_lets_nobody_in_who_may_not_come_in(self, client, staff, office):
        office.set_password(PASSWORD)
        office.save()
        log_in_freshly(client, office, seconds_ago=3600)
        client.post(change(staff), data(staff, name="Ny"))

        done = client.post(change(staff), data(staff, name="Ny") | CONFIRMED, follow=True)

        assert done.status_code == 403
        staff.refresh_from_db()
        assert staff.name != "Ny"

    def test_shows_what_was_written_as_text(self, admin, staff):
        response = admin.post(change(staff), data(staff, name='"><b id="marker">'))

        assertContains(response, "&#34;&gt;&lt;b id=&#34;marker&#34;&gt;")
        assertNotContains(response, '<b id="marker">')

    def test_is_not_asked_just_after_the_login(self, client, administrator, staff):
        log_in_freshly(client, administrator)
        role = Group.objects.get(name=ADMINISTRATORS)

        assertRedirects(client.post(change(staff), data(staff, groups=[role.pk])), USERS)
