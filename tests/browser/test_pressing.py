"""Panels, menus and dialogs under a mouse and a finger: words choose, and nothing closes in mid-press."""

import datetime

import pytest
from playwright.sync_api import expect

from projects.models import RiskLevel, Status
from tests.browser.hands import ByFinger, ByMouse, words_of
from tests.browser.test_frame import PHONE
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

WITH_BOXES = ["eier", "segment", "mal", "status", "risiko", "livslop", "leder", "frist", "kolonner"]


@pytest.fixture(params=[ByMouse, ByFinger])
def hands(request, make_context, log_in, office):
    """A member of the office with a mouse, or with a touch screen."""
    context = make_context(has_touch=request.param is ByFinger)
    log_in(context, office)
    return request.param(context.new_page())


@pytest.fixture(autouse=True)
def project(manager):
    """A project that has something to choose in every filter."""
    project = ProjectFactory(
        owner=OwnerFactory(name="KS"),
        segment=SegmentFactory(),
        main_goal=StrategicGoalFactory(),
        managers=[manager],
    )
    StatusReportFactory(project=project, status=Status.ON_TRACK, risk_level=RiskLevel.LOW)
    MilestoneFactory(project=project, original_due_on=datetime.date(2020, 3, 1))
    return project


def opened(hands, address, selector):
    hands.page.goto(address)
    panel = hands.page.locator(selector)
    hands.press(panel.locator("summary"))
    return panel


def expect_open(panel):
    expect(panel).to_have_attribute("open", "")


def press_edge(hands, body):
    """Press the left edge of something, where there is nothing to choose; a finger may reach what is beside it."""
    hands.touch(body, position={"x": 4, "y": body.bounding_box()["height"] / 2})


class TestPanels:
    def test_take_a_choice_pressed_by_its_words(self, hands):
        for name in WITH_BOXES:
            panel = opened(hands, "/", f"#panel-{name}")
            choice = panel.get_by_role("checkbox").first
            before = choice.is_checked()

            for checked in (not before, before):
                hands.press(choice)
                expect(choice).to_be_checked(checked=checked)
                expect(hands.page.locator(".htmx-request")).to_have_count(0)
                expect_open(panel)

    def test_take_a_choice_pressed_by_its_number(self, hands):
        panel = opened(hands, "/", "#panel-eier")

        hands.touch(panel.locator(".choices__count").first)

        expect(panel.get_by_role("checkbox").first).to_be_checked()
        expect_open(panel)

    def test_stay_open_under_a_press_that_chooses_nothing(self, hands):
        for name in ("eier", "frist", "kolonner", "sorter"):
            panel = opened(hands, "/", f"#panel-{name}")
            press_edge(hands, panel.locator(".panel__body"))
            expect_open(panel)

        panel = opened(hands, "/", "#panel-frist")
        hands.press(panel.get_by_text("dd.mm.åååå"))
        expect_open(panel)

    def test_take_the_field_of_a_day_by_its_words(self, hands, project):
        for address in ("/", project.get_absolute_url()):
            panel = opened(hands, address, "#as-of-form")

            hands.press(panel.get_by_text("dd.mm.åååå"))
            expect_open(panel)
            hands.press(panel.locator("label"))

            expect(panel.locator("#as-of-day")).to_be_focused()
            expect_open(panel)

    def test_let_a_text_be_selected_out_of_them(self, page):
        panel = opened(ByMouse(page), "/", "#panel-frist")
        text = panel.get_by_text("dd.mm.åååå")
        text.scroll_into_view_if_needed()
        hint = text.bounding_box()

        page.mouse.move(hint["x"] + 1, hint["y"] + hint["height"] / 2)
        page.mouse.down()
        page.mouse.move(hint["x"] - 60, hint["y"] + 200, steps=5)
        page.mouse.up()

        expect_open(panel)
        assert page.evaluate("String(getSelection())")
        page.locator("h1").click()
        expect(panel).not_to_have_attribute("open")

    def test_close_under_a_press_elsewhere(self, hands):
        panel = opened(hands, "/", "#panel-eier")

        hands.press(hands.page.locator("h1"))

        expect(panel).not_to_have_attribute("open")


class TestMenus:
    def test_stay_open_under_their_words(self, hands, office):
        SavedViewFactory(owner=office, name="Til møtet")
        hands.page.goto("/")
        hands.press(hands.page.locator("#views-open"))
        views = hands.page.locator("#views-menu")

        hands.press(views.get_by_role("heading").first)
        press_edge(hands, views)
        expect(views).to_be_visible()
        hands.press(views.get_by_role("link", name="Til møtet"))
        expect(hands.page.get_by_role("button", name="Visning: Til møtet")).to_be_visible()

        hands.page.set_viewport_size({"width": PHONE, "height": 844})
        hands.press(hands.page.get_by_role("button", name="Meny"))
        press_edge(hands, hands.page.locator("#site-menu"))
        expect(hands.page.locator("#site-menu")).to_be_visible()


def test_the_list_of_keys_takes_its_choice_by_the_words(hands):
    hands.page.goto("/")
    hands.press(hands.page.get_by_role("button", name="Tastatursnarveier"))
    keys = hands.page.get_by_role("dialog")
    choice = keys.get_by_role("switch")
    expect(choice).to_be_checked()

    hands.touch(words_of(choice))
    press_edge(hands, keys)

    expect(choice).not_to_be_checked()
    expect(keys).to_be_visible()


def test_a_card_is_chosen_by_the_word_beside_its_box(hands):
    hands.page.set_viewport_size({"width": PHONE, "height": 844})
    hands.page.goto("/")
    cell = hands.page.locator(".results-table__choice").first

    hands.touch(cell, position={"x": 10, "y": 10})

    expect(cell.get_by_role("checkbox")).to_be_checked()
    expect(hands.page.get_by_text("1 valgt", exact=True).first).to_be_visible()
