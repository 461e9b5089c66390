"""The overview on screens of every size."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import words_of
from tests.browser.overview.panels import box, expect_count, open_panel, panel

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


class TestScreens:
    def test_a_phone_has_room_for_a_panel_that_moves_nothing(self, make_context, many_owners):
        page = make_context(viewport=PHONE).new_page()
        page.goto("/")
        segment = panel(page, "segment").locator("summary")
        segment.scroll_into_view_if_needed()
        before = segment.bounding_box()

        segment.click()
        assert segment.bounding_box() == before
        open_panel(page, "eier")
        body = panel(page, "eier").locator(".panel__body").bounding_box()
        assert body["x"] >= 0
        assert body["width"] > 0.85 * PHONE["width"]
        words_of(box(page, "eier", "Kommune 02")).click()
        expect_count(page, 1, total=60)
        expect(box(page, "eier", "Kommune 02")).to_be_in_viewport()

    @pytest.mark.parametrize(
        ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "dark"), (320, "light")]
    )
    def test_are_open_to_everyone(
        self, make_context, log_in, axe, keep_picture, manager, make_portfolio, width, scheme
    ):
        make_portfolio(6)
        context = make_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 844},
            reduced_motion="reduce",
        )
        log_in(context, manager)
        page = context.new_page()
        for name, (address, opened) in {
            "overview": ("/?risiko=hoy&eier=finnes-ikke&forfalt=ja", "leder"),
            "overview-grouped": ("/?grupper=eier&sorter=-status&sorter=risiko", "sorter"),
            "overview-columns": ("/?kolonner=status,segment,mal,leder,forfalt", "kolonner"),
            "overview-due": ("/?rapport=sen&frist-fra=2021-01-01", "frist"),
            "overview-nothing": ("/?sok=helikopter", None),
            "my-projects": ("/mine/", None),
        }.items():
            page.goto(address)
            if opened:
                open_panel(page, opened)
            axe(page)
            keep_picture(page, f"{name}-{width}-{scheme}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_say_that_there_is_nothing_yet(self, page, axe, keep_picture):
        page.goto("/")

        expect(page.get_by_role("heading", name="Ingen prosjekter ennå")).to_be_visible()
        axe(page)
        keep_picture(page, "overview-empty")

    def test_are_printed_as_a_table_that_says_what_was_chosen(self, page, portfolio, keep_picture):
        page.set_viewport_size({"width": 680, "height": 960})
        page.goto("/?eier=ks&grupper=status")
        page.emulate_media(media="print")

        expect(page.locator("#panel-kolonner .panel__body")).to_be_hidden()
        expect(page.get_by_role("link", name="Fjern alle")).to_be_hidden()
        expect(page.locator(".chips")).to_have_text(re.compile("Eier: KS"))
        expect(page.get_by_role("columnheader", name="Risiko")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        keep_picture(page, "overview-print")
