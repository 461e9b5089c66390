"""The frame in a real browser: the menu, the colours, and what keeps a text from being lost."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from projects.models import StatusReport
from tests.factories import ProjectFactory

WIDE, PHONE, NARROWEST = 1280, 390, 320
TEXT = "Leverandøren er forsinket, og vi har bedt om en ny plan."


@pytest.fixture
def not_found(page, complaints):
    """A page that has the frame and little else."""
    page.goto("/finnes-ikke/")
    complaints.clear()
    return page


class TestFrame:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [WIDE, PHONE])
    def test_is_accessible(self, make_context, axe, complaints, scheme, width):
        context = make_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        page = context.new_page()

        page.goto("/finnes-ikke/")

        complaints.clear()
        axe(page)

    @pytest.mark.parametrize("with_script", [True, False])
    def test_opens_its_menu_on_a_phone(self, make_context, complaints, with_script):
        screen = {"width": NARROWEST, "height": 640}
        page = make_context(viewport=screen, java_script_enabled=with_script).new_page()
        page.goto("/finnes-ikke/")
        complaints.clear()
        search = page.get_by_role("searchbox", name="Søk i porteføljen")
        expect(search).to_be_hidden()

        page.get_by_role("button", name="Meny").click()
        expect(search).to_be_visible()

        page.get_by_role("button", name="Lukk").click()
        expect(search).to_be_hidden()

    def test_keeps_the_colours_that_were_chosen(self, not_found, complaints):
        not_found.get_by_role("button", name="Mørkt").click()

        not_found.reload()

        complaints.clear()
        expect(not_found.locator("html")).to_have_attribute("data-color-scheme", "dark")
        expect(not_found.get_by_role("button", name="Mørkt")).to_have_attribute(
            "aria-pressed", "true"
        )

    def test_skips_to_the_content(self, not_found):
        not_found.keyboard.press("Tab")
        expect(not_found.get_by_text("Hopp til hovedinnhold")).to_be_focused()

        not_found.keyboard.press("Enter")

        expect(not_found.locator("main")).to_be_focused()


def kept_texts(page):
    """Return the names under which the tab keeps texts; htmx keeps something there as well."""
    return [key for key in page.evaluate("Object.keys(sessionStorage)") if "kept-text" in key]


class TestKeptText:
    @pytest.fixture
    def form(self, context, page, log_in, manager):
        """The form to report status, opened by the project's manager."""
        project = ProjectFactory(managers=[manager])
        log_in(context, manager)
        page.goto(reverse("projects:status_report_create", args=[project.slug]))
        return page

    def test_comes_back_after_an_expired_session(self, form, context, log_in, manager):
        address = form.url
        form.get_by_label("Om statusen").fill(TEXT)
        context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        form.get_by_role("button", name="Publiser rapporten").click()
        expect(form).to_have_url(re.compile(reverse("account_login")))

        log_in(context, manager)
        form.goto(address)
        form.get_by_role("button", name="Hent det fram").click()

        expect(form.get_by_label("Om statusen")).to_have_value(TEXT)
        expect(form.get_by_label("Om statusen")).to_be_focused()

    def test_comes_back_with_what_was_ticked(self, form, context, log_in, manager):
        address = form.url
        form.get_by_text("Noen utfordringer").click()
        form.get_by_text("Høy", exact=True).click()
        context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        form.get_by_role("button", name="Publiser rapporten").click()
        expect(form).to_have_url(re.compile(reverse("account_login")))

        log_in(context, manager)
        form.goto(address)
        expect(form.get_by_label("Noen utfordringer")).not_to_be_checked()
        form.get_by_role("button", name="Hent det fram").click()

        expect(form.get_by_label("Noen utfordringer")).to_be_checked()
        expect(form.get_by_label("Høy")).to_be_checked()
        expect(form.get_by_label("Noen utfordringer")).to_be_focused()

    def test_is_asked_about_before_the_page_is_left(self, form):
        form.get_by_label("Om statusen").press_sequentially("Ny")
        asked = []
        form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

        form.goto("/")

        assert asked == ["beforeunload"]

    def test_is_forgotten_once_it_is_saved(self, form):
        form.get_by_text("Under kontroll").click()
        form.get_by_text("Lav", exact=True).click()
        form.get_by_label("Om statusen").fill(TEXT)

        form.get_by_role("button", name="Publiser rapporten").click()

        expect(form.locator("#messages")).not_to_be_empty()
        assert StatusReport.objects.filter(status_text=TEXT).exists()
        assert kept_texts(form) == []

    def test_is_forgotten_at_logout(self, form):
        form.get_by_label("Om statusen").fill(TEXT)
        form.on("dialog", lambda dialog: dialog.accept())

        form.get_by_role("button", name="Logg ut").click()

        expect(form.get_by_role("link", name="Logg inn")).to_be_visible()
        assert kept_texts(form) == []
