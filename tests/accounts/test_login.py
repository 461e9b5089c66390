"""Login, logout and passwords, through their addresses."""

import re

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.accounts.visitors import LOGIN, PASSWORD, log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


class TestLogin:
    def test_has_a_page_in_our_frame(self, client):
        response = client.get(LOGIN, {"next": "/mine/"})

        assertContains(response, "<h1>Logg inn</h1>", html=True)
        assertContains(response, '<input type="hidden" name="next" value="/mine/">', html=True)
        assertContains(response, "Glemt passordet?")
        assertNotContains(response, 'placeholder="E')

    @pytest.mark.parametrize("email", ["ida@ks.no", "IDA@KS.NO", " Ida@ks.no "])
    def test_lets_in_whatever_the_case_of_the_email(self, client, user, email):
        assertRedirects(log_in(client, email), "/", fetch_redirect_response=False)
        assert client.session["_auth_user_id"] == str(user.pk)

    def test_goes_on_to_where_she_was_going(self, client, user):
        response = log_in(client, next="/eiere/?sok=ks")

        assertRedirects(response, "/eiere/?sok=ks")

    @pytest.mark.parametrize(
        "next_page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
    )
    def test_goes_nowhere_else(self, client, user, next_page):
        response = log_in(client, next=next_page)

        assertRedirects(response, "/", fetch_redirect_response=False)

    @pytest.mark.parametrize(
        ("email", "password"),
        [("ida@ks.no", "wrong"), ("nobody@ks.no", PASSWORD)],
    )
    def test_says_that_something_is_wrong_but_not_what(self, client, user, email, password):
        response = log_in(client, email, password)

        assertContains(response, "E-posten eller passordet er feil.")
        assertContains(response, f'value="{email}"')
        assertNotContains(response, password)

    @pytest.mark.parametrize(
        ("email", "password"),
        [
            ("", ""),
            ("ida", PASSWORD),
            ("a\0b@ks.no", "x"),
            ("ida@ks.no", "a\0b"),
            ("x" * 3000 + "@ks.no", "x" * 5000),
        ],
    )
    def test_refuses_nonsense_beside_the_field(self, client, user, email, password):
        response = log_in(client, email, password)

        assertContains(response, "ds-error-summary")
        assert "_auth_user_id" not in client.session

    def test_tells_who_is_closed(self, client, user):
        user.is_active = False
        user.save()

        response = client.post(LOGIN, {"login": user.email, "password": PASSWORD}, follow=True)

        assertContains(response, "Du kan ikke logge inn lenger")

    def test_ends_when_she_is_closed(self, client, user):
        client.force_login(user)
        user.is_active = False
        user.save()

        assertRedirects(client.get("/eiere/"), f"{LOGIN}?next=/eiere/")

    def test_sends_who_is_in_to_the_overview(self, client, user):
        client.force_login(user)

        assertRedirects(client.get(LOGIN), "/", fetch_redirect_response=False)

    def test_can_be_kept_for_as_long_as_the_browser_is_open(self, client, user):
        log_in(client)
        assert client.session.get_expire_at_browser_close()

        client.logout()
        log_in(client, remember="on")
        assert not client.session.get_expire_at_browser_close()

    def test_speaks_nynorsk_and_english_too(self, client, user):
        client.cookies["django_language"] = "nn"
        assertContains(client.get(LOGIN), "Hald meg innlogga på denne eininga")

        client.cookies["django_language"] = "en"
        assertContains(client.get(LOGIN), "Keep me logged in on this device")


class TestLogout:
    url = "/konto/logg-ut/"

    def test_asks_first_when_it_is_opened(self, client, user):
        client.force_login(user)

        assertContains(client.get(self.url), "Du er logget inn som Ida Jensen.")
        assert "_auth_user_id" in client.session

    def test_logs_out(self, client, user):
        client.force_login(user)

        response = client.post(self.url)

        assertRedirects(response, "/", fetch_redirect_response=False)
        assert "_auth_user_id" not in client.session

    def test_is_calm_when_nobody_is_in(self, client):
        assert client.get(self.url).status_code == 302
        assert client.post(self.url).status_code == 302


class TestChangePassword:
    url = "/konto/passord/endre/"

    def change(self, client, old, new, again=None):
        data = {"oldpassword": old, "password1": new, "password2": again or new}
        return client.post(self.url, data)

    def test_changes_it_and_stays_logged_in(self, client, user):
        client.force_login(user)

        response = self.change(client, PASSWORD, "Elleve tykke tiurer")

        assertRedirects(response, "/", fetch_redirect_response=False)
        user.refresh_from_db()
        assert user.check_password("Elleve tykke tiurer")
        assert client.get(self.url).status_code == 200

    @pytest.mark.parametrize(
        ("old", "new", "again", "field", "said"),
        [
            ("wrong", "Elleve tykke tiurer", None, "oldpassword", "ikke passordet du har nå"),
            (PASSWORD, "Elleve tykke tiurer", "Tolv", "password2", "De to passordene er ulike"),
            (PASSWORD, "kort", None, "password1", "minst 8 tegn"),
            (PASSWORD, "12345678901", None, "password1", "tall"),
            (PASSWORD, "idajensen", None, "password1", "for likt"),
        ],
    )
    def test_says_beside_the_field_what_is_wrong(self, client, user, old, new, again, field, said):
        client.force_login(user)

        response = self.change(client, old, new, again)

        assert said in str(response.context["form"].errors[field]), response.context["form"].errors
        user.refresh_from_db()
        assert user.check_password(PASSWORD)

    def test_sends_readers_to_the_login(self, client):
        assertRedirects(client.get(self.url), f"{LOGIN}?next={self.url}")

    def test_lets_one_without_a_password_choose_the_first(self, client):
        user = UserFactory()
        user.set_unusable_password()
        user.save()
        client.force_login(user)

        assertContains(client.get(self.url, follow=True), "Velg et passord")


class TestForgottenPassword:
    url = "/konto/passord/glemt/"

    def test_sends_a_link_that_works_once(self, client, user):
        response = client.post(self.url, {"email": "IDA@ks.no"}, follow=True)
        assertContains(response, "Se i e-posten din")

        [message] = mail.outbox
        assert message.subject == "Velg passord til Porteføljen"
        assert message.to == ["ida@ks.no"]
        assert "Hei, Ida Jensen!" in message.body
        link = re.search(r"http://testserver(/konto/passord/nytt/\S+)", message.body)[1]
        page = client.get(link, follow=True)
        assertContains(page, "Velg nytt passord")
        data = {"password1": "Elleve tykke tiurer", "password2": "Elleve tykke tiurer"}
        done = client.post(page.redirect_chain[-1][0], data, follow=True)

        assertContains(done, "Du har fått nytt passord")
        assertRedirects(
            log_in(client, password="Elleve tykke tiurer"), "/", fetch_redirect_response=False
        )
        client.logout()
        assertContains(client.get(link, follow=True), "Lenken virker ikke lenger")

    def test_answers_the_same_to_an_unknown_email_and_sends_nothing(self, client):
        response = client.post(self.url, {"email": "nobody@ks.no"}, follow=True)

        assertContains(response, "Se i e-posten din")
        assert not mail.outbox

    def test_sends_nothing_to_who_is_closed(self, client, user):
        user.is_active = False
        user.save()

        client.post(self.url, {"email": user.email})

        assert not mail.outbox

    def test_lets_no_former_email_in(self, client, user):
        """An address that an administrator has replaced must not remain a way in."""
        client.post(self.url, {"email": "ida@ks.no"})
        user.email = "ida@hdir.no"
        user.save()

        response = log_in(client, "ida@ks.no")

        assertContains(response, "E-posten eller passordet er feil.")
        link = re.search(r"http://testserver(/konto/\S+)", mail.outbox[0].body)[1]
        assertContains(client.get(link, follow=True), "Lenken virker ikke lenger")

    @pytest.mark.parametrize("email", ["", "ida", "a\0b@ks.no", "x" * 400 + "@ks.no"])
    def test_refuses_nonsense(self, client, email):
        assertContains(client.post(self.url, {"email": email}), "ds-error-summary")


class TestWhatIsNotThere:
    @pytest.mark.parametrize(
        "name",
        ["account_signup", "account_email", "account_confirm_email"],
    )
    def test_has_no_address(self, name):
        with pytest.raises(NoReverseMatch):
            reverse(name)

    @pytest.mark.parametrize("path", ["signup/", "login/", "email/", "password/reset/", ""])
    def test_is_not_found(self, client, staff, path):
        client.force_login(staff)

        assert client.get(f"/konto/{path}").status_code == 404
