"""The table of the overview, also without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import words_of
from tests.browser.overview.panels import LONG, box, expect_count, open_panel, panel

pytestmark = pytest.mark.django_db(transaction=True)


def headers(page):
    return page.locator("thead th .sort-link")


class TestTable:
    def test_is_sorted_by_a_header(self, page, portfolio):
        page.goto("/")
        page.locator("#sort-status").press("Enter")
        header = page.locator("th", has=page.locator("#sort-status"))
        expect(header).to_have_attribute("aria-sort", "descending")
        expect(page.locator("#sort-status")).to_be_focused()

        page.keyboard.press("Enter")
        expect(header).to_have_attribute("aria-sort", "ascending")

        # A filter leaves the sorting as it is.
        panel(page, "risiko").locator("summary").press("Enter")
        box(page, "risiko", "Høy").press("Space")
        expect_count(page, 10)
        expect(page).to_have_url(re.compile(r"/\?risiko=hoy&sorter=status$"))

    def test_is_sorted_by_three(self, page, portfolio):
        page.goto("/")
        panel(page, "sorter").locator("summary").press("Enter")
        for place, (label, value) in enumerate(
            [
                ("Status, mest alvorlig først", "-status"),
                ("Risiko, høyest først", "-risiko"),
                ("Prosjekt, Å til A", "-tittel"),
            ],
            start=1,
        ):
            by = page.locator(f"#sort-by-{place}")
            by.focus()
            by.select_option(label=label)
            expect(page).to_have_url(re.compile(f"sorter={value}$"))
            expect(by).to_be_focused()
            expect(panel(page, "sorter")).to_have_attribute("open", "")

        expect(headers(page).locator(".sort-link__place")).to_have_text([" 3", " 1", " 2"])
        expect(page.locator("tbody th").first).to_contain_text(f"{LONG} 20")

    def test_shows_hides_and_moves_columns_by_keyboard(self, page, portfolio):
        page.goto("/?kolonner=status,risiko,eier")
        page.evaluate("window.here = true")
        panel(page, "kolonner").locator("summary").press("Enter")

        page.get_by_role("checkbox", name="Risiko", exact=True).press("Space")
        expect(headers(page)).to_have_text(["Prosjekt", "Status", "Eier"])
        expect(page.get_by_role("checkbox", name="Risiko", exact=True)).to_be_focused()
        page.get_by_role("checkbox", name="Segment", exact=True).press("Space")
        expect(headers(page)).to_have_text(["Prosjekt", "Status", "Eier", "Segment"])
        expect(page).to_have_url(re.compile(r"/\?kolonner=status,eier,segment$"))

        move = page.get_by_role("link", name="Flytt Segment mot venstre")
        for order in (["Status", "Segment", "Eier"], ["Segment", "Status", "Eier"]):
            move.press("Enter")
            expect(headers(page)).to_have_text(["Prosjekt", *order])
        expect(move).to_be_focused()
        expect(move).to_be_disabled()

        page.get_by_role("link", name="Vis de vanlige kolonnene").press("Enter")
        expect(page).to_have_url(re.compile("/$"))
        expect(headers(page)).to_have_count(7)
        expect(panel(page, "kolonner").locator("summary")).to_be_focused()
        assert page.evaluate("window.here")

    def test_is_grouped_with_subtotals(self, page, portfolio):
        page.goto("/?risiko=hoy")
        page.get_by_label("Grupper etter").focus()
        page.get_by_label("Grupper etter").select_option(label="Eier")

        expect(page).to_have_url(re.compile(r"/\?risiko=hoy&grupper=eier$"))
        expect(page.get_by_label("Grupper etter")).to_be_focused()
        groups = page.locator(".group-row")
        expect(groups).to_have_count(2)
        expect(groups.last).to_have_text(re.compile(r"KS\s*:\s+5 tiltak,\s+0 av 5 leveranser"))
        groups.last.get_by_role("link", name="KS", exact=True).click()
        expect(page).to_have_url(re.compile(r"eier=ks&risiko=hoy"))
        expect_count(page, 5)


class TestWithoutAScript:
    def test_all_of_it_works_by_buttons_and_links(self, make_context, portfolio):
        page = make_context(java_script_enabled=False).new_page()
        page.goto("/")

        open_panel(page, "eier")
        words_of(box(page, "eier", "KS")).click()
        open_panel(page, "risiko")
        words_of(box(page, "risiko", "Høy")).click()
        words_of(box(page, "risiko", "Lav")).click()
        page.get_by_label("Grupper etter").select_option(label="Risiko")
        open_panel(page, "sorter")
        page.get_by_label("Sorter etter").select_option("-tittel")
        page.locator("#filters").get_by_role("button", name="Søk").click()
        expect(page).to_have_url(
            re.compile(r"/\?eier=ks&risiko=lav&risiko=hoy&grupper=risiko&sorter=-tittel$")
        )
        expect_count(page, 15)
        expect(page.locator(".group-row")).to_have_count(2)

        open_panel(page, "kolonner")
        words_of(page.get_by_role("checkbox", name="Segment", exact=True)).click()
        page.locator("#panel-kolonner").get_by_role("button", name="Bruk valgene").click()
        expect(headers(page)).to_have_count(8)
        page.get_by_role("link", name="Fjern alle").click()
        page.get_by_role("link", name="Neste side").click()
        expect(page).to_have_url(re.compile(r"grupper=risiko&kolonner=.*&sorter=-tittel&side=2$"))
        page.get_by_role("link", name="Fordeling").click()
        expect(page.locator("svg.bar").first).to_be_visible()
