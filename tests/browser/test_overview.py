import datetime
import re

import pytest
from playwright.sync_api import expect

from projects.models import RiskLevel
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG = (
    "Samhandling om barn og unge med sammensatte behov på tvers av skole, barnevern, "
    "helsestasjon, fastlege og spesialisthelsetjeneste"
)


@pytest.fixture
def manager():
    return UserFactory(name="Kari Nordmann")


@pytest.fixture
def portfolio(manager):
    """Sixty projects: thirty of KS, every third with a high risk, some overdue."""
    owners = [OwnerFactory(name="KS", slug="ks"), OwnerFactory(name="Helsedirektoratet")]
    for number in range(60):
        project = ProjectFactory(
            title=f"{LONG} {number:02}" if number % 20 == 0 else f"Journalprosjekt {number:02}",
            owner=owners[number % 2],
            is_example=True,
            managers=[manager] if number % 10 == 0 else [],
        )
        for month in (1, 2):
            StatusReportFactory(
                project=project,
                status=["on_track", "challenges", "major_challenges"][(number + month) % 3],
                risk_level=RiskLevel.HIGH if number % 3 == 0 else RiskLevel.LOW,
                reported_on=datetime.date(2026, month, 1),
            )
        MilestoneFactory(project=project, code="MP1", delivered=True)
        MilestoneFactory(
            project=project,
            code="MP2",
            title="Styringsdokument med kvalitetssikring",
            original_due_on=datetime.date(2020 if number % 5 == 0 else 2099, 3, 1),
        )


def count(page):
    return page.locator(".result-count")


class TestOverview:
    def test_filters_without_loading_the_page(self, page, portfolio):
        page.goto("/")
        page.evaluate("window.here = true")
        expect(count(page)).to_have_text(re.compile("60 av 60 prosjekter"))

        page.get_by_label("Eier", exact=True).select_option(label="KS")
        expect(count(page)).to_have_text(re.compile("30 av 60 prosjekter"))
        page.get_by_label("Risiko", exact=True).focus()
        page.get_by_label("Risiko", exact=True).select_option("hoy")
        expect(count(page)).to_have_text(re.compile("10 av 60 prosjekter"))

        expect(page).to_have_url(re.compile(r"/\?eier=ks&risiko=hoy$"))
        expect(page.locator("#live-region")).to_have_text(re.compile("10 av 60 prosjekter"))
        expect(page.get_by_label("Risiko", exact=True)).to_be_focused()
        assert page.evaluate("window.here")

    @pytest.mark.parametrize("java_script_enabled", [True, False])
    def test_goes_on_from_the_count_when_a_filter_is_removed(
        self, make_context, portfolio, java_script_enabled
    ):
        page = make_context(java_script_enabled=java_script_enabled).new_page()
        page.goto("/?eier=ks&risiko=hoy")
        page.get_by_role("link", name="Fjern filter: Risiko").focus()

        page.keyboard.press("Enter")

        expect(count(page)).to_have_text(re.compile("30 av 60 prosjekter"))
        expect(count(page)).to_be_focused()
        expect(page.get_by_label("Risiko", exact=True)).to_have_value("")
        page.go_back()
        expect(count(page)).to_have_text(re.compile("10 av 60 prosjekter"))
        expect(page.get_by_label("Risiko", exact=True)).to_have_value("hoy")

    def test_searches_while_one_types(self, page, portfolio):
        page.goto("/")

        search = page.get_by_label("Søk etter prosjekt, eier eller leveranse")
        search.press_sequentially("sammensatte behov")

        expect(count(page)).to_have_text(re.compile("3 av 60 prosjekter"))
        expect(search).to_be_focused()
        expect(search).to_have_value("sammensatte behov")

    def test_shows_on_the_way_back_what_the_filters_say(self, page, portfolio):
        page.goto("/")
        page.get_by_label("Eier", exact=True).select_option(label="KS")
        expect(count(page)).to_have_text(re.compile("30 av 60 prosjekter"))

        page.go_back()

        expect(count(page)).to_have_text(re.compile("60 av 60 prosjekter"))
        expect(page.get_by_label("Eier", exact=True)).to_have_value("")
        page.go_forward()
        expect(count(page)).to_have_text(re.compile("30 av 60 prosjekter"))
        expect(page.get_by_label("Eier", exact=True)).to_have_value("ks")

    def test_is_sorted_and_filtered_by_keyboard(self, page, portfolio):
        page.goto("/")

        page.locator("#sort-status").focus()
        page.keyboard.press("Enter")
        header = page.locator("th", has=page.locator("#sort-status"))
        expect(header).to_have_attribute("aria-sort", "descending")
        expect(page.locator("#sort-status")).to_be_focused()
        page.keyboard.press("Enter")
        expect(header).to_have_attribute("aria-sort", "ascending")

        page.get_by_label("Risiko", exact=True).focus()
        page.keyboard.type("H")
        expect(count(page)).to_have_text(re.compile("20 av 60 prosjekter"))
        expect(page).to_have_url(re.compile(r"/\?risiko=hoy&sorter=status$"))
        page.get_by_role("link", name="Fjern filter: Risiko: Høy").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/\?sorter=status#result-count$"))
        expect(count(page)).to_have_text(re.compile("60 av 60 prosjekter"))

    def test_works_without_a_script(self, make_context, portfolio):
        page = make_context(java_script_enabled=False).new_page()
        page.goto("/")

        page.get_by_label("Eier", exact=True).select_option(label="KS")
        page.locator("#filters").get_by_role("button", name="Søk").click()

        expect(page).to_have_url(re.compile(r"/\?eier=ks$"))
        expect(count(page)).to_have_text(re.compile("30 av 60 prosjekter"))
        page.get_by_role("link", name="Neste side").click()
        expect(page).to_have_url(re.compile(r"/\?eier=ks&side=2$"))
        page.get_by_role("link", name=re.compile("Forfalte leveranser")).click()
        expect(count(page)).to_have_text(re.compile("12 av 60 prosjekter"))

    def test_sorts_the_cards_of_a_phone_by_a_list(self, make_context, portfolio):
        page = make_context(viewport={"width": 390, "height": 844}).new_page()
        page.goto("/?eier=ks")

        page.get_by_label("Sorter etter").focus()
        page.get_by_label("Sorter etter").select_option("-tittel")

        expect(page).to_have_url(re.compile(r"/\?eier=ks&sorter=-tittel$"))
        expect(page.locator("tbody th").first).to_contain_text(LONG)
        expect(page.get_by_label("Sorter etter")).to_be_focused()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 390, 320])
    def test_is_open_to_everyone(
        self, make_context, log_in, axe, keep_picture, manager, portfolio, scheme, width
    ):
        context = make_context(color_scheme=scheme, viewport={"width": width, "height": 844})
        log_in(context, manager)
        page = context.new_page()
        for name, address in {
            "overview": "/?risiko=hoy&eier=finnes-ikke&forfalt=ja",
            "overview-nothing": "/?sok=helikopter",
            "my-projects": "/mine/",
        }.items():
            page.goto(address)
            axe(page)
            keep_picture(page, f"{name}-{width}-{scheme}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_says_that_there_is_nothing_yet(self, page, axe, keep_picture):
        page.goto("/")

        expect(page.get_by_role("heading", name="Ingen prosjekter ennå")).to_be_visible()
        axe(page)
        keep_picture(page, "overview-empty")
