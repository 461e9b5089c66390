"""Keys on the real pages."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from tests.browser.keys.content import link
from tests.factories import MilestoneFactory, OwnerFactory, ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)


class TestMilestones:
    @pytest.fixture
    def milestones(self, project):
        """Two to come, and one that was delivered."""
        due = datetime.date(2099, 6, 30)
        MilestoneFactory(project=project, code="MP1", original_due_on=due)
        MilestoneFactory(project=project, code="MP2", original_due_on=due)
        delivered = {"is_delivered": True, "delivered_on": datetime.date(2023, 1, 31)}
        MilestoneFactory(project=project, code="MP3", **delivered)

    @pytest.fixture
    def mp2(self, page, log_in, manager, project, milestones):
        """The project's manager has gone to the second milestone by keys."""
        log_in(page.context, manager)
        page.goto(project.get_absolute_url())
        page.keyboard.press("j")
        page.keyboard.press("j")
        mp2 = page.locator(".milestone").nth(1)
        expect(mp2.get_by_role("heading")).to_be_focused()
        return mp2

    @pytest.mark.parametrize(
        ("key", "command", "heading"),
        [
            ("l", "Marker som levert", "Marker MP2 som levert"),
            ("m", "Flytt frist", "Flytt fristen for MP2"),
            ("u", "Sett som utgått", "Sett MP2 som utgått"),
            ("r", "Rediger", "Rediger MP2"),
        ],
    )
    def test_opens_the_form_of_a_command(self, page, mp2, key, command, heading):
        page.keyboard.press(key)

        expect(mp2.get_by_role("heading", name=heading)).to_be_visible()
        expect(mp2.locator("form :is(input, textarea):focus")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(mp2.get_by_role("link", name=command)).to_be_focused()
        page.keyboard.press("k")
        expect(page.locator(".milestone").first.get_by_role("heading")).to_be_focused()

    def test_leaves_a_form_that_is_open_alone(self, page, mp2):
        page.keyboard.press("l")
        mp2.get_by_role("button", name="Marker som levert").focus()

        page.keyboard.press("u")

        expect(mp2.get_by_role("heading", name="Marker MP2 som levert")).to_be_visible()

    def test_goes_on_from_what_has_changed(self, page, mp2):
        page.keyboard.press("l")
        expect(mp2.get_by_role("textbox", name="Levert")).to_be_focused()
        page.keyboard.press("Enter")
        expect(mp2.get_by_role("button", name="Angre levering")).to_be_focused()

        page.keyboard.press("j")

        expect(page.locator(".milestone").nth(2).get_by_role("heading")).to_be_focused()
        page.keyboard.press("l")
        expect(page.locator(".milestone").nth(2)).to_contain_text("Angre levering")

    def test_lets_a_reader_go_through_them_and_no_more(self, page, project, milestones):
        page.goto(project.get_absolute_url())

        page.keyboard.press("j")
        page.keyboard.press("l")

        expect(page.locator(".milestone").first.get_by_role("heading")).to_be_focused()


class TestAsOf:
    def test_opens_and_closes_by_keyboard(self, page, project):
        page.goto(project.get_absolute_url())
        opener = page.locator("#as-of-form summary")

        opener.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("Dato")).to_be_focused()
        page.keyboard.press("Escape")

        expect(opener).to_be_focused()
        expect(page.get_by_label("Dato")).to_be_hidden()


class TestOverview:
    def test_is_gone_through_by_keys(self, page):
        owner = OwnerFactory()
        for title in ("Alfa", "Beta"):
            ProjectFactory(title=title, owner=owner)
        page.goto("/")

        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(link(page, "Beta")).to_be_focused()
        page.keyboard.press("f")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("[data-panel][open] input:focus")).to_have_count(1)
        page.keyboard.press("Space")
        expect(page).to_have_url(re.compile(r"\?eier="))
        expect(page.locator("[data-panel][open] input:focus")).to_have_count(1)
        page.keyboard.press("Escape")

        for key, look in (("2", "tidslinje"), ("3", "fordeling")):
            page.keyboard.press(key)
            expect(page).to_have_url(re.compile(rf"vis={look}"))
        page.keyboard.press("1")
        expect(page).not_to_have_url(re.compile("vis="))
        page.keyboard.press("j")
        expect(link(page, "Alfa")).to_be_focused()
