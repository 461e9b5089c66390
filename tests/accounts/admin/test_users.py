"""Users in the admin."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE, User
from tests.accounts.admin.users import USERS, change, data
from tests.accounts.visitors import delete, log_in_freshly
from tests.factories import (
    StatusReportFactory,
    UserFactory,
)

# Django's own templates use variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


class TestUserAdmin:
    def test_lists_users_with_their_roles(self, client, administrator, office):
        log_in_freshly(client, administrator)

        response = client.get(USERS, {"q": "kontor"})

        assertContains(response, "Kontor Nilsen")
        assertContains(response, PORTFOLIO_OFFICE)

    def test_needs_as_many_queries_for_many_users(
        self, client, administrator, django_assert_max_num_queries
    ):
        UserFactory.create_batch(30)
        log_in_freshly(client, administrator)

        # Session, user, permissions, counts, the filter by group, the users and their groups.
        with django_assert_max_num_queries(11):
            client.get(USERS)

    def test_makes_a_user_who_chooses_her_own_password(self, client, administrator):
        office = Group.objects.get(name=PORTFOLIO_OFFICE)
        log_in_freshly(client, administrator)

        response = client.post(
            f"{USERS}add/",
            {"name": "Ida", "email": "Ida@KS.no", "groups": [office.pk], "send_link": "on"},
            follow=True,
        )

        user = User.objects.get(email="ida@ks.no")
        assert list(user.groups.all()) == [office]
        assert not user.has_usable_password()
        assert mail.outbox[0].to == ["ida@ks.no"]
        assertContains(response, "En lenke er sendt til ida@ks.no.")

    def test_makes_a_user_without_a_letter(self, client, administrator):
        log_in_freshly(client, administrator)

        client.post(f"{USERS}add/", {"name": "Ida", "email": "ida@ks.no"})

        assert User.objects.filter(email="ida@ks.no").exists()
        assert not mail.outbox

    def test_says_when_the_letter_could_not_be_sent(self, client, administrator, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        log_in_freshly(client, administrator)

        response = client.post(
            f"{USERS}add/", {"name": "Ida", "email": "ida@ks.no", "send_link": "on"}, follow=True
        )

        assertContains(response, "E-posttjeneren svarer ikke.")
        assert User.objects.filter(email="ida@ks.no").exists()

    @pytest.mark.parametrize(
        "changes", [{"email": "ida"}, {"email": "KARI@ks.no"}, {"name": ""}, {"groups": ["0"]}]
    )
    def test_refuses_what_is_wrong(self, client, administrator, changes):
        UserFactory(email="kari@ks.no")
        log_in_freshly(client, administrator)

        response = client.post(f"{USERS}add/", {"name": "Ida", "email": "ida@ks.no", **changes})

        assertContains(response, "errorlist")
        assert not User.objects.filter(name="Ida").exists()

    def test_changes_roles(self, client, administrator, office):
        role = Group.objects.get(name=ADMINISTRATORS)
        log_in_freshly(client, administrator)

        client.post(change(office), data(office, groups=[role.pk]))

        assert list(office.groups.all()) == [role]

    def test_sets_a_password(self, client, administrator, staff):
        log_in_freshly(client, administrator)
        url = f"{USERS}{staff.pk}/password/"

        assertNotContains(client.get(url), "Password-based")
        client.post(url, {"password1": "Ti tynne tiurer", "password2": "Ti tynne tiurer"})

        staff.refresh_from_db()
        assert staff.check_password("Ti tynne tiurer")
        assertNotContains(client.get(change(staff)), staff.password.split("$")[-1])

    def test_locks_nobody_out_of_her_own_user(self, client, administrator):
        log_in_freshly(client, administrator)
        assertContains(client.get(change(administrator)), "Ingen endrer sine egne roller")

        client.post(change(administrator), data(administrator, groups=[], is_active=""))
        client.post(USERS, {"action": "close", "_selected_action": [administrator.pk]})

        administrator = User.objects.get(pk=administrator.pk)
        assert administrator.is_staff

    def test_makes_no_superusers(self, client, administrator, staff):
        log_in_freshly(client, administrator)
        assertNotContains(client.get(change(staff)), "is_superuser")

        client.post(change(staff), data(staff, is_superuser="on", user_permissions=["1"]))

        staff.refresh_from_db()
        assert not staff.is_superuser
        assert not staff.user_permissions.exists()

    def test_does_not_touch_superusers(self, client, administrator):
        superuser = User.objects.create_superuser("root@ks.no", "Ti tynne tiurer", name="Root")
        log_in_freshly(client, administrator)

        responses = [
            client.post(change(superuser), data(superuser, email="me@evil.example")),
            client.post(
                f"{USERS}{superuser.pk}/password/", {"password1": "x" * 20, "password2": "x" * 20}
            ),
            client.post(f"{USERS}{superuser.pk}/delete/", {"post": "yes"}),
        ]
        client.post(USERS, {"action": "close", "_selected_action": [superuser.pk]})

        assert [response.status_code for response in responses] == [403, 403, 403]
        superuser.refresh_from_db()
        assert superuser.email == "root@ks.no"
        assert superuser.is_active
        assert superuser.check_password("Ti tynne tiurer")

    def test_lets_a_superuser_make_another(self, client, staff):
        log_in_freshly(client, User.objects.create_superuser("root@ks.no", name="Root"))

        client.post(change(staff), data(staff, is_superuser="on"))

        staff.refresh_from_db()
        assert staff.is_superuser

    def test_closes_and_opens(self, client, administrator, staff, office):
        log_in_freshly(client, administrator)
        chosen = [staff.pk, office.pk]

        response = client.post(USERS, {"action": "close", "_selected_action": chosen}, follow=True)

        assertContains(response, "2 brukere er endret.")
        assert not User.objects.filter(pk__in=chosen, is_active=True).exists()
        client.post(USERS, {"action": "open", "_selected_action": chosen})
        assert User.objects.filter(pk__in=chosen, is_active=True).count() == 2

    def test_sends_links(self, client, administrator, staff):
        log_in_freshly(client, administrator)

        client.post(USERS, {"action": "send_links", "_selected_action": [staff.pk]})

        assert mail.outbox[0].to == [staff.email]

    def test_deletes_who_was_made_by_mistake(self, client, administrator, staff):
        log_in_freshly(client, administrator)

        response = delete(client, f"{USERS}{staff.pk}/delete/")

        assertRedirects(response, USERS)
        assert not User.objects.filter(pk=staff.pk).exists()

    def test_keeps_who_has_been_logged_in(self, client, administrator, staff):
        log_in_freshly(client, staff)
        log_in_freshly(client, administrator)
        assertContains(client.get(change(staff)), "i stedet for å slette")

        assert client.post(f"{USERS}{staff.pk}/delete/", {"post": "yes"}).status_code == 403
        client.post(
            USERS, {"action": "delete_selected", "_selected_action": [staff.pk], "post": "yes"}
        )

        assert User.objects.filter(pk=staff.pk).exists()

    def test_explains_why_who_has_reported_is_kept(self, client, administrator, staff):
        StatusReportFactory(reported_by=staff)
        log_in_freshly(client, administrator)

        response = delete(client, f"{USERS}{staff.pk}/delete/")

        assertContains(response, "beskyttede")
        assert User.objects.filter(pk=staff.pk).exists()
