"""The office changes several projects at once: by mouse, by keyboard, on a phone and without a script."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import Project
from tests.browser.hands import words_of
from tests.factories import OwnerFactory, ProjectFactory, StrategicGoalFactory

pytestmark = pytest.mark.django_db(transaction=True)

LONG = (
    "Samhandling om barn og unge med sammensatte behov på tvers av skole, barnevern, "
    "helsestasjon, fastlege og spesialisthelsetjeneste"
)


@pytest.fixture
def portfolio(office):
    """Thirty projects, half of them of KS, and an owner that has none yet."""
    owners = [OwnerFactory(name="KS", slug="ks"), OwnerFactory(name="Helsedirektoratet")]
    for number in range(30):
        ProjectFactory(
            title=f"{LONG} {number:02}" if number == 3 else f"Journalprosjekt {number:02}",
            owner=owners[number % 2],
        )
    StrategicGoalFactory(number=1, name="Aktiv medvirkning i egen og næres helse")
    return OwnerFactory(name="Norsk helsenett")


@pytest.fixture
def visit(make_context, log_in, office):
    """Open a page as a member of the office."""

    def visit(address, **options):
        context = make_context(**options)
        log_in(context, office)
        page = context.new_page()
        page.goto(address)
        return page

    return visit


def boxes(page):
    return page.get_by_role("checkbox", name=re.compile("^Velg (Journal|Samhandling)"))


class TestSeveral:
    @pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
    def test_changes_five_and_undoes_it(self, visit, portfolio, axe, keep_picture, width, scheme):
        page = visit("/", viewport={"width": width, "height": 900}, color_scheme=scheme)
        expect(page.locator(".several__count")).to_have_text("Ingen valgt")
        for number in range(5):
            boxes(page).nth(number).click()
        expect(page.locator(".several__count")).to_have_text("5 valgt")
        expect(page.locator("#live-region")).to_have_text("5 valgt")
        axe(page)
        keep_picture(page, f"several-overview-{width}-{scheme}")

        page.get_by_role("button", name="Endre valgte").click()
        expect(page.get_by_role("heading", name="5 prosjekter")).to_be_visible()
        axe(page)
        keep_picture(page, f"several-choice-{width}-{scheme}")

        page.get_by_label("Ny eier", exact=True).select_option(label="Norsk helsenett")
        page.locator("#eier-form").get_by_role("button", name="Vis hva som skjer").click()
        expect(page.get_by_role("heading", name="Eier: Norsk helsenett")).to_be_visible()
        axe(page)
        keep_picture(page, f"several-plan-{width}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") == width

        page.get_by_role("button", name="Endre 5 prosjekter").click()
        expect(page.locator("#messages")).to_have_text(re.compile("Prosjektene er endret."))
        expect(page.get_by_text(re.compile(r"Kan angres til kl\. \d\d:\d\d"))).to_be_visible()
        assert Project.objects.filter(owner=portfolio).count() == 5
        axe(page)
        keep_picture(page, f"several-detail-{width}-{scheme}")

        page.get_by_role("button", name="Angre", exact=True).click()
        expect(page.locator("#messages")).to_have_text(re.compile("Endringen er angret."))
        assert not Project.objects.filter(owner=portfolio).exists()
        axe(page)

        page.goto("/historikk/?felt=eier")
        expect(page.locator(".result-count")).to_have_text(re.compile("2 endringer"))
        page.get_by_text("Vis hvert prosjekt").first.click()
        axe(page)
        keep_picture(page, f"several-history-{width}-{scheme}")

    def test_works_by_keyboard(self, visit, portfolio):
        page = visit("/")
        boxes(page).first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("j")
        page.keyboard.press("x")
        expect(page.locator(".several__count")).to_have_text("2 valgt")
        page.get_by_role("button", name="Endre valgte").focus()
        page.keyboard.press("Enter")

        page.get_by_label("Nytt livsløp").focus()
        page.keyboard.type("Avsluttet")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(
            page.get_by_text("2 prosjekter er ikke lenger med i tallene for status.")
        ).to_be_visible()
        page.get_by_role("button", name="Endre 2 prosjekter").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Angre", exact=True).focus()
        page.keyboard.press("Enter")

        expect(page.get_by_text("Angret for 2 prosjekter")).to_be_visible()

    def test_chooses_all_on_the_page_and_none_again(self, visit, portfolio):
        page = visit("/")
        every = page.get_by_role("button", name="Velg alle på siden")

        every.click()
        expect(page.locator(".several__count")).to_have_text("25 valgt")
        expect(every).to_have_attribute("aria-pressed", "true")

        every.click()
        expect(page.locator(".several__count")).to_have_text("Ingen valgt")

    def test_chooses_all_that_the_filters_find(self, visit, portfolio):
        page = visit("/")
        every = page.get_by_label("Velg alle 30 i utvalget")

        words_of(every).click()
        expect(page.locator(".several__count")).to_have_text("30 valgt")
        expect(boxes(page).first).to_be_disabled()
        page.get_by_role("button", name="Endre valgte").click()

        expect(page.get_by_role("heading", name="30 prosjekter")).to_be_visible()
        expect(page.get_by_text("Vis 10 til")).to_be_visible()

    def test_keeps_to_the_filters_that_were_changed_in_place(self, visit, portfolio):
        page = visit("/")
        page.evaluate("window.here = true")
        page.locator("#sort-eier").click()
        expect(page).to_have_url(re.compile("sorter=eier"))
        assert page.evaluate("window.here")
        boxes(page).first.click()
        expect(page.locator(".several__count")).to_have_text("1 valgt")

        page.get_by_role("button", name="Endre valgte").click()
        page.get_by_role("link", name="Tilbake til oversikten").click()

        expect(page).to_have_url(re.compile(r"/\?sorter=eier$"))

    def test_works_without_a_script(self, visit, portfolio):
        page = visit("/?eier=ks", java_script_enabled=False)
        expect(page.get_by_role("button", name="Velg alle på siden")).to_be_hidden()
        for number in range(2):
            boxes(page).nth(number).click()
        page.get_by_role("button", name="Endre valgte").click()
        page.get_by_label("Nytt strategimål").select_option(index=2)
        page.locator("#mal-form").get_by_role("button", name="Vis hva som skjer").click()
        page.get_by_role("button", name="Endre 2 prosjekter").click()
        page.get_by_role("button", name="Angre", exact=True).click()

        expect(page.get_by_text("Angret for 2 prosjekter")).to_be_visible()
