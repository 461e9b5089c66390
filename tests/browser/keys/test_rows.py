"""Keys in rows, panels and menus."""

import pytest
from playwright.sync_api import expect

from tests.browser.keys.content import FILTERS, ROWS, link
from tests.browser.test_frame import PHONE, WIDE

pytestmark = pytest.mark.django_db(transaction=True)


class TestRows:
    def test_goes_from_row_to_row(self, page):
        for name in ("Alfa", "Beta", "Gamma", "Gamma"):
            page.keyboard.press("j")
            expect(link(page, name)).to_be_focused()

        page.keyboard.press("k")
        expect(link(page, "Beta")).to_be_focused()

    def test_begins_where_focus_is(self, page):
        page.get_by_text("Slutt.").evaluate("end => { end.tabIndex = -1; end.focus(); }")

        page.keyboard.press("k")

        expect(link(page, "Gamma")).to_be_focused()

    def test_shows_the_whole_row(self, page):
        page.set_viewport_size({"width": WIDE, "height": 300})
        page.evaluate("scrollTo(0, 0)")

        page.keyboard.press("j")

        expect(page.locator("[data-row]").first).to_be_in_viewport(ratio=1)

    def test_works_on_rows_that_come_later(self, page):
        page.keyboard.press("j")
        later = ROWS.replace("Alfa", "Ny")

        page.evaluate("rows => htmx.swap('#rows', rows, {swapStyle: 'outerHTML'})", later)
        page.keyboard.press("j")

        expect(link(page, "Ny")).to_be_focused()

    def test_chooses_the_project_and_says_so(self, page):
        page.keyboard.press("j")

        page.keyboard.press("x")
        expect(page.get_by_label("Velg Alfa")).to_be_checked()
        expect(link(page, "Alfa")).to_be_focused()
        expect(page.locator("#live-region")).to_have_text("Valgt: Alfa")
        page.keyboard.press("x")

        expect(page.get_by_label("Velg Alfa")).not_to_be_checked()
        expect(page.locator("#live-region")).to_have_text("Ikke lenger valgt: Alfa")

    def test_does_nothing_where_there_is_nothing(self, page):
        page.evaluate("document.querySelector('main').replaceChildren()")

        for key in "jkxfv123lmur":
            page.keyboard.press(key)

        expect(page.locator(":focus")).to_have_count(0)


class TestPlaces:
    def test_goes_to_the_first_filter(self, page):
        page.keyboard.press("f")

        expect(page.locator("#eier summary")).to_be_focused()
        expect(page.locator("#eier")).not_to_have_attribute("open")

    def test_opens_the_views(self, page):
        link(page, "Alfa").focus()

        page.keyboard.press("v")
        expect(link(page, "Min visning")).to_be_focused()
        page.keyboard.press("Escape")

        expect(link(page, "Min visning")).to_be_hidden()
        expect(link(page, "Alfa")).to_be_focused()

    @pytest.mark.parametrize(
        ("key", "way"), [("1", "tabell"), ("2", "tidslinje"), ("3", "fordeling")]
    )
    def test_shows_the_portfolio_in_another_way(self, page, key, way):
        page.keyboard.press(key)

        assert page.url.endswith(f"#{way}")
        expect(link(page, way.capitalize())).to_be_focused()


class TestPanel:
    @pytest.fixture
    def panel(self, page):
        """A panel that is open, with focus in it."""
        page.locator("#eier summary").press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("KS")).to_be_focused()
        return page.locator("#eier")

    def test_closes_at_escape(self, page, panel):
        page.keyboard.press("Escape")

        expect(panel).not_to_have_attribute("open")
        expect(panel.locator("summary")).to_be_focused()

    def test_closes_at_a_click_elsewhere(self, page, panel):
        panel.get_by_label("KS").focus()
        page.get_by_text("Slutt.").click()

        expect(panel).not_to_have_attribute("open")

    def test_closes_when_focus_goes_on(self, page, panel):
        page.keyboard.press("Tab")

        expect(page.get_by_role("button", name="Visninger")).to_be_focused()
        expect(panel).not_to_have_attribute("open")

    def test_stays_open_through_the_list_of_keys(self, page, panel):
        page.keyboard.press("?")
        page.keyboard.press("Escape")

        expect(panel.get_by_label("KS")).to_be_focused()
        expect(panel).to_have_attribute("open")

    def test_stays_open_when_it_is_part_of_an_answer(self, page, panel):
        answer = FILTERS.replace("Eier", "Eier (1)").replace('id="ks"', 'id="ks" checked')
        page.route(
            "**/utsnitt/", lambda route: route.fulfill(body=answer, content_type="text/html")
        )

        page.keyboard.press("Space")

        expect(panel.locator("summary")).to_have_text("Eier (1)")
        expect(panel).to_have_attribute("open")
        expect(panel.get_by_label("KS")).to_be_focused()


class TestMenu:
    def test_closes_when_focus_goes_on(self, page):
        page.set_viewport_size({"width": PHONE, "height": 900})
        page.get_by_role("button", name="Meny").press("Enter")
        menu = page.locator("#site-menu")
        expect(menu).to_be_visible()

        link(page, "Logg inn").focus()
        page.keyboard.press("Tab")

        expect(menu).to_be_hidden()
        page.get_by_role("button", name="Meny").click()
        expect(menu).to_be_visible()
        page.get_by_role("button", name="Lukk").click()
        expect(menu).to_be_hidden()

    def test_is_in_the_order_it_is_seen_in(self, page, log_in, administrator, complaints):
        log_in(page.context, administrator)
        page.reload()
        complaints.clear()

        seen = page.locator("header :is(a, input, button)").evaluate_all(
            """all => all.map(each => each.getBoundingClientRect()).filter(({width}) => width)
                         .map(({bottom, left}) => [Math.round(bottom / 40), left])"""
        )

        assert len(seen) > 7
        assert seen == sorted(seen)
