"""Sessions in a real browser: seeing and ending them, and what is left when one has logged out."""

import pytest
from playwright.sync_api import expect

from accounts.models import Session, User
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)

SESSIONS = "/konto/innlogginger/"
PASSWORD = "Ti tynne tiurer"


@pytest.fixture
def ida(settings):
    # What makes a password slow to guess makes tests slow to run.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_user("ida@ks.no", PASSWORD, name="Ida Jensen")


def log_in_by_form(page):
    page.goto("/konto/logg-inn/")
    page.get_by_label("E-post").fill("ida@ks.no")
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()


class TestSessions:
    @pytest.mark.parametrize("scripts", [True, False])
    def test_are_ended_by_keyboard_after_the_password_was_asked_for(
        self, make_context, log_in, ida, scripts
    ):
        phone, computer = make_context(), make_context(java_script_enabled=scripts)
        log_in_by_form(phone.new_page())
        log_in(computer, ida)
        page = computer.new_page()

        page.goto(SESSIONS)
        expect(page.get_by_text("Denne økten")).to_have_count(1)
        page.get_by_role("button", name="Avslutt").press("Enter")
        page.get_by_label("Passordet ditt").fill(PASSWORD)
        page.get_by_role("button", name="Fortsett").press("Enter")

        expect(page.get_by_text("1 økt er avsluttet.")).to_be_visible()
        assert Session.objects.filter(user=ida).count() == 1
        other = phone.pages[0]
        other.goto("/mine/")
        expect(other.get_by_role("heading", name="Logg inn")).to_be_visible()

    def test_have_a_page_that_is_accessible_and_fits_a_narrow_screen(
        self, make_context, log_in, ida, axe, keep_picture
    ):
        log_in_by_form(make_context().new_page())
        context = make_context(viewport={"width": 320, "height": 640})
        log_in(context, ida)
        page = context.new_page()
        page.goto(SESSIONS)

        axe(page)
        keep_picture(page, "sessions-320")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


class TestSecurityLog:
    def test_is_accessible_and_fits_a_narrow_screen(
        self, make_context, log_in, administrator, ida, axe, keep_picture
    ):
        log_in_by_form(make_context().new_page())
        context = make_context(viewport={"width": 320, "height": 640})
        log_in(context, administrator)
        page = context.new_page()
        page.goto("/konto/sikkerhetslogg/")
        expect(page.get_by_text("Ida Jensen logget inn.")).to_be_visible()

        axe(page)
        keep_picture(page, "security-log-320")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


class TestLogout:
    def test_leaves_nothing_behind_the_back_button(self, make_context, log_in, ida, complaints):
        ProjectFactory(title="Hemmelig satsing", slug="hemmelig", draft=True)
        context = make_context()
        log_in(context, ida)
        page = context.new_page()
        page.goto("/prosjekter/hemmelig/")
        expect(page.get_by_role("heading", name="Hemmelig satsing")).to_be_visible()
        page.get_by_role("button", name="Logg ut").click()
        expect(page.get_by_role("link", name="Logg inn")).to_be_visible()

        page.go_back()

        expect(page.get_by_role("heading", name="Vi finner ikke siden")).to_be_visible()
        expect(page.get_by_text("Hemmelig satsing")).to_have_count(0)
        # For a reader there is no such page, of which the browser tells the console.
        assert complaints
        assert all("404" in complaint for complaint in complaints)
        complaints.clear()
