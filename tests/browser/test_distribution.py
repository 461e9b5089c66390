"""Distribution of the projects: by mouse, by keyboard, on a phone, dark, and without a script."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from projects.models import RiskLevel, Status
from tests.browser.test_frame import NARROWEST, PHONE
from tests.factories import (
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Interkommunalt selskap for digital samhandling om helse- og omsorgstjenester i Nordre Fjordland"
ADDRESS = "/?vis=fordeling"


@pytest.fixture
def portfolio():
    """Thirty projects of fourteen owners; every tenth has only one report, one has none."""
    owners = [OwnerFactory(name=LONG, slug="lang")]
    owners += [OwnerFactory(name=f"Eier {number:02}") for number in range(13)]
    segments = [SegmentFactory(name=name) for name in ("Samstyre", "Koordinere")]
    goals = [StrategicGoalFactory(number=number) for number in (1, 2)]
    statuses, risks = list(Status), list(RiskLevel)
    for number in range(30):
        project = ProjectFactory(
            owner=owners[0] if number < 10 else owners[number % 14],
            segment=segments[number % 2],
            main_goal=goals[number % 2],
        )
        for month in (1, 2) if number % 10 else (2,):
            if number != 29:
                StatusReportFactory(
                    project=project,
                    status=statuses[(number + month) % 3],
                    risk_level=risks[number % 4],
                    reported_on=datetime.date(2026, month, 1),
                )


def part(page, words):
    return page.locator("svg.bar").get_by_role("link", name=re.compile(words))


class TestDistribution:
    def test_leads_from_a_part_to_its_list(self, page, portfolio):
        page.goto("/")
        page.get_by_role("link", name="Fordeling").click()
        expect(page).to_have_url(re.compile("vis=fordeling"))
        expect(page.locator(".distribution__sentence").first).to_contain_text(
            "Av 30 aktive prosjekter"
        )

        part(page, f"^{LONG}: 4 under kontroll").click()

        expect(page.locator("#result-count")).to_contain_text("4 av 30")
        expect(page.locator(".chips")).to_contain_text("Under kontroll")

    def test_leads_to_the_lists_by_keyboard(self, page, portfolio):
        page.goto(ADDRESS)
        page.locator(".bars__name a").first.focus()
        page.keyboard.press("Tab")
        expect(part(page, "^Nå: ").first).to_be_focused()

        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile(r"status=under-kontroll&livslop=aktiv$"))

    def test_shows_the_figures_as_a_table(self, page, portfolio):
        page.goto(ADDRESS)
        page.get_by_text("Tallene som tabell: Status etter eier").click()

        rows = page.get_by_role("region", name=re.compile("Status etter eier")).locator("tbody tr")

        expect(rows).to_have_count(14)
        expect(rows.first).to_contain_text(LONG)

    @pytest.mark.parametrize("width", [1280, 390])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_is_accessible(self, make_context, portfolio, axe, keep_picture, width, scheme):
        page = make_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        ).new_page()
        page.goto(ADDRESS)
        keep_picture(page, f"distribution-{width}-{scheme}")

        page.evaluate(
            "document.querySelectorAll('.distribution details').forEach(d => d.open = true)"
        )

        axe(page)

    @pytest.mark.parametrize("screen", [PHONE, NARROWEST])
    def test_fits_a_phone(self, make_context, portfolio, screen):
        page = make_context(viewport={"width": screen, "height": 800}).new_page()
        page.goto(ADDRESS)

        widths = page.locator("svg.bar:not(.legend__swatch)").evaluate_all(
            "bars => bars.map(bar => bar.getBoundingClientRect().width)"
        )

        assert min(widths) > 0.8 * screen
        assert page.evaluate("document.documentElement.scrollWidth") <= screen

    def test_needs_no_script(self, make_context, portfolio):
        page = make_context(java_script_enabled=False).new_page()
        page.goto("/")
        page.get_by_role("link", name="Fordeling").click()

        part(page, "^Samstyre: ").first.click()

        expect(page.locator("#result-count")).to_be_visible()
