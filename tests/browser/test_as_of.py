"""The past, in a real browser: from today to a day in March 2023 and back."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.factories import OwnerFactory, ProjectFactory, SegmentFactory
from tests.past import at
from tests.story import MANAGER_EMAIL

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/prosjekter/felles-kommunal-journal/"


@pytest.fixture
def portfolio(story):
    """The real project and its story, and others since March 2023."""
    with at("2023-03-01"):
        owner, segment = OwnerFactory(name="Helsedirektoratet", slug="hdir"), SegmentFactory()
        for number in range(30):
            ProjectFactory(title=f"Journalprosjekt {number:02}", owner=owner, segment=segment)


def banner(page):
    return page.get_by_role("region", name=re.compile("^Slik sto"))


class TestAsOf:
    def test_leads_to_a_day_and_back_by_keyboard(self, page, portfolio):
        page.goto("/")
        page.locator(".as-of-form summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("Dato", exact=True)).to_be_focused()
        page.keyboard.type("15.3.2023")
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile(r"/\?per=2023-03-15$"))
        expect(banner(page)).to_contain_text(
            "Slik sto porteføljen 15. mars 2023. Det som er endret siden, vises ikke."
        )
        page.get_by_role("link", name="Felles kommunal journal").click()

        expect(page).to_have_url(re.compile(rf"{PAGE}\?per=2023-03-15$"))
        expect(banner(page)).to_contain_text("Slik sto prosjektet 15. mars 2023.")
        expect(banner(page)).to_contain_text("Opplysningene for denne dagen ble lagt inn")
        expect(page.get_by_text("flyttet 1 gang")).to_have_count(1)
        banner(page).get_by_role("link", name="Vis prosjektet i dag").click()

        expect(page).to_have_url(re.compile(f"{PAGE}$"))
        expect(banner(page)).to_have_count(0)
        expect(page.get_by_text("flyttet 1 gang")).to_have_count(2)

    def test_keeps_to_the_day_while_one_filters(self, page, portfolio):
        page.goto("/?per=2023-03-15")
        page.evaluate("window.here = true")

        page.locator("#panel-eier summary").click()
        page.locator("#eier-hdir").click()
        expect(page.locator(".result-count")).to_have_text(re.compile("30 av 31 prosjekter"))

        assert page.evaluate("window.here")
        expect(page).to_have_url(re.compile(r"/\?per=2023-03-15&eier=hdir$"))
        back = banner(page).get_by_role("link")
        expect(back).to_have_attribute("href", "/?eier=hdir")
        page.get_by_role("link", name="Neste side").click()
        expect(page).to_have_url(re.compile("per=2023-03-15.*side=2"))
        page.locator(".as-of-form summary").click()
        page.get_by_label("Dato", exact=True).fill("28.02.2023")
        page.keyboard.press("Enter")
        # Nobody had heard of that owner yet, so that it has no projects.
        expect(page).to_have_url(re.compile(r"/\?eier=hdir&per=2023-02-28$"))
        expect(page.locator(".result-count")).to_have_text(re.compile("0 av 1 prosjekt"))

    def test_works_without_a_script(self, make_context, portfolio):
        page = make_context(java_script_enabled=False).new_page()
        page.goto("/?eier=hdir")
        page.locator(".as-of-form summary").click()
        page.get_by_label("Dato", exact=True).fill("15.03.2023")
        page.locator(".as-of-form").get_by_role("button", name="Vis").click()

        expect(page).to_have_url(re.compile(r"/\?eier=hdir&per=2023-03-15$"))
        page.locator("#filters").get_by_role("button", name="Søk", exact=True).click()
        expect(page).to_have_url(re.compile("per=2023-03-15"))
        page.get_by_role("link", name="Vis porteføljen i dag").click()
        expect(page).to_have_url(re.compile(r"/\?eier=hdir$"))

    def test_says_what_is_wrong_with_a_day(self, page, portfolio, axe):
        page.goto("/?per=31.02.2023")

        expect(page.get_by_text("Vi forstår ikke datoen «31.02.2023».")).to_be_visible()
        axe(page)

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 390, 320])
    def test_is_open_to_everyone(
        self, make_context, log_in, axe, keep_picture, portfolio, scheme, width
    ):
        context = make_context(color_scheme=scheme, viewport={"width": width, "height": 844})
        log_in(context, User.objects.get(email=MANAGER_EMAIL))
        page = context.new_page()
        for name, address in {
            "as-of-overview": "/?eier=hdir&per=2023-03-15",
            "as-of-project": f"{PAGE}?per=2023-04-20",
        }.items():
            page.goto(address)
            page.locator(".as-of-form summary").click()
            axe(page)
            keep_picture(page, f"{name}-{width}-{scheme}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert page.locator("main form[method=post]").count() == 0
