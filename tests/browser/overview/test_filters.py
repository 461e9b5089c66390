"""The filters of the overview."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import words_of
from tests.browser.overview.panels import box, count, expect_count, open_panel, panel

pytestmark = pytest.mark.django_db(transaction=True)


def number_beside(page, name, label):
    choice = panel(page, name).locator(".choices__one").filter(has_text=label)
    return choice.locator(".choices__count")


def forget_replaced(complaints):
    """htmx says on the console that a request gave way to a newer one; nothing else may be said."""
    assert {said.split(",")[0] for said in complaints} <= {"htmx:afterRequest", "htmx:sendAbort"}
    complaints.clear()


def place_on_screen(locator):
    return round(locator.bounding_box()["y"])


class TestFilters:
    def test_narrow_down_without_loading_the_page(self, page, portfolio):
        page.goto("/")
        page.evaluate("window.here = true")
        expect_count(page, 30)
        expect(number_beside(page, "risiko", "Høy")).to_have_text(re.compile("^10"))

        open_panel(page, "eier")
        ks = box(page, "eier", "KS")
        ks.press("Space")

        expect_count(page, 15)
        expect(page).to_have_url(re.compile(r"/\?eier=ks$"))
        expect(ks).to_be_focused()
        expect(ks).to_be_checked()
        expect(panel(page, "eier")).to_have_attribute("open", "")
        expect(panel(page, "eier").locator("summary")).to_have_text(re.compile(r"Eier\s+\(1\)"))
        expect(page.locator("#live-region")).to_have_text(re.compile("15 av 30 prosjekter"))
        # What each choice would leave within the other filters; those of its own filter widen it.
        expect(number_beside(page, "risiko", "Høy")).to_have_text(re.compile("^5"))
        expect(number_beside(page, "eier", "Helsedirektoratet")).to_have_text(re.compile("^15"))
        assert page.evaluate("window.here")

    def test_the_next_choice_counts_as_soon_as_its_field_is_there(self, page, portfolio):
        page.goto("/")
        page.evaluate(
            """document.addEventListener("htmx:afterSwap", () => setTimeout(() => {
                const group = document.querySelector("[name=grupper]");
                group.value = "segment";
                group.dispatchEvent(new Event("change", {bubbles: true}));
            }), {once: true})"""
        )

        open_panel(page, "eier")
        box(page, "eier", "KS").press("Space")

        expect(page).to_have_url(re.compile(r"/\?eier=ks&grupper=segment$"))
        expect(page.locator(".group-row").first).to_be_visible()

    def test_keep_the_place_in_a_long_panel(self, page, many_owners):
        page.goto("/")
        open_panel(page, "eier")
        body = panel(page, "eier").locator(".panel__body")
        chosen = box(page, "eier", "Kommune 45")
        chosen.scroll_into_view_if_needed()
        before = body.evaluate("body => body.scrollTop"), place_on_screen(chosen)
        assert before[0] > 0

        words_of(chosen).click()

        expect_count(page, 1, total=60)
        expect(chosen).to_be_focused()
        assert (body.evaluate("body => body.scrollTop"), place_on_screen(chosen)) == before

    def test_hold_still_while_what_needs_attention_above_changes(
        self, context, page, log_in, manager, portfolio
    ):
        log_in(context, manager)
        page.goto("/")
        open_panel(page, "risiko")
        high = box(page, "risiko", "Høy")
        before = place_on_screen(high)

        words_of(high).click()

        expect_count(page, 10)
        assert place_on_screen(high) == before

    def test_take_choices_quickly_after_one_another(self, page, complaints, portfolio):
        page.goto("/")
        open_panel(page, "status")
        for label in ("Noen utfordringer", "Betydelige utfordringer"):
            words_of(box(page, "status", label)).click()
        open_panel(page, "risiko")
        words_of(box(page, "risiko", "Lav")).click()
        words_of(box(page, "risiko", "Høy")).click()

        expect_count(page, 20)
        expect(page).to_have_url(re.compile(
            r"/\?status=noen-utfordringer&status=betydelige-utfordringer&risiko=lav&risiko=hoy$"
        ))  # fmt: skip
        expect(page.locator(".chips li")).to_have_count(5)
        forget_replaced(complaints)

    @pytest.mark.parametrize("java_script_enabled", [True, False])
    def test_go_on_from_the_count_when_one_is_removed(
        self, make_context, portfolio, java_script_enabled
    ):
        page = make_context(java_script_enabled=java_script_enabled).new_page()
        page.goto("/?eier=ks&risiko=hoy")
        page.get_by_role("link", name="Fjern filter: Risiko").press("Enter")

        expect_count(page, 15)
        expect(count(page)).to_be_focused()
        expect(box(page, "risiko", "Høy")).not_to_be_checked()
        page.go_back()
        expect_count(page, 5)
        expect(box(page, "risiko", "Høy")).to_be_checked()
        page.get_by_role("link", name="Fjern alle").press("Enter")
        expect_count(page, 30)
        expect(page.locator(".chips")).to_have_count(0)

    def test_search_while_one_types(self, page, complaints, portfolio):
        page.goto("/?eier=ks")
        search = page.get_by_label("Søk etter prosjekt, eier eller leveranse")

        search.press_sequentially("sammensatte behov")

        expect_count(page, 3)
        expect(page).to_have_url(re.compile(r"/\?sok=sammensatte(\+|%20)behov&eier=ks$"))
        expect(search).to_be_focused()
        expect(search).to_have_value("sammensatte behov")
        forget_replaced(complaints)

    def test_show_on_the_way_back_what_they_say(self, page, portfolio):
        page.goto("/")
        open_panel(page, "eier")
        words_of(box(page, "eier", "KS")).click()
        expect_count(page, 15)

        page.go_back()
        expect_count(page, 30)
        expect(box(page, "eier", "KS")).not_to_be_checked()

        page.go_forward()
        expect_count(page, 15)
        expect(box(page, "eier", "KS")).to_be_checked()

    def test_find_what_is_due_between_two_days(self, page, portfolio):
        page.goto("/")
        open_panel(page, "frist")
        box(page, "frist", "Har forfalte leveranser").press("Space")
        expect_count(page, 6)
        page.get_by_label("Neste frist fra").fill("01.01.2021")
        page.get_by_label("Neste frist fra").press("Tab")

        expect_count(page, 0)
        expect(page.get_by_label("Neste frist til")).to_be_focused()
        box(page, "frist", "Har forfalte leveranser").press("Space")
        expect_count(page, 24)
        expect(page).to_have_url(re.compile(r"/\?frist-fra=01\.01\.2021$"))
