"""The overview as a timeline: by mouse, by keyboard, on a phone, and without a script."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_frame import NARROWEST, PHONE
from tests.factories import MilestoneFactory, ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Nasjonal løsning for deling av dokumenter mellom sykehus, fastleger og kommuner"
TODAY = timezone.localdate()


def after(days):
    return TODAY + datetime.timedelta(days=days)


@pytest.fixture
def portfolio():
    """Three projects with milestones of every state, within the quarters that are shown and outside."""
    for number, title in enumerate(["Felles kommunal journal", LONG, "Ålesund"]):
        project = ProjectFactory(title=title, slug=f"prosjekt-{number}")
        milestones = [
            {"title": "Styringsdokument", "original_due_on": after(-200), "due_on": after(-100)},
            {
                "title": "Konseptvalg",
                "original_due_on": after(-60),
                "is_delivered": True,
                "delivered_on": after(-30),
            },
            {"title": "Pilot", "original_due_on": after(60)},
            {"title": "Opplæring", "original_due_on": after(60)},
            {
                "title": "Felles innlogging",
                "original_due_on": after(150),
                "obsolete": True,
                "obsolete_on": TODAY,
            },
            {"title": "Sluttrapport", "original_due_on": after(2000)},
            {"title": "Innføring", "original_due_on": None},
        ]
        for place, values in enumerate(milestones, start=1):
            MilestoneFactory(project=project, code=f"MP{place}", position=place, **values)


def marker(page, words):
    return page.get_by_role("link", name=re.compile(words)).first


class TestTimeline:
    def test_goes_from_the_table_to_a_milestone_by_keyboard(self, page, portfolio):
        page.goto("/")
        page.get_by_role("link", name="Tidslinje").press("Enter")
        expect(page).to_have_url(re.compile("vis=tidslinje"))
        page.locator(".plan").get_by_role("link", name="Felles kommunal journal").first.focus()

        page.keyboard.press("Tab")
        expect(marker(page, "^MP1 Styringsdokument, forfalt")).to_be_focused()
        expect(page.locator(".plan__told")).to_have_text(re.compile("MP1 .*, opprinnelig "))
        page.keyboard.press("ArrowRight")
        expect(marker(page, "^MP2 Konseptvalg, levert")).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator(".plan__row:nth-child(2) a.mark:focus")).to_have_count(1)
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile(r"/prosjekter/prosjekt-1/#leveranse-\d+$"))

    def test_takes_two_stops_for_each_project(self, page, portfolio):
        page.goto("/?vis=tidslinje")
        page.locator(".plan__row a").first.focus()
        for _ in range(4):
            page.keyboard.press("Tab")

        expect(page.locator(".plan__name a").nth(2)).to_be_focused()

    def test_goes_back_to_the_project_and_closes_what_is_told(self, page, portfolio):
        page.goto("/?vis=tidslinje")
        page.locator(".plan__row a").first.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        expect(page.locator(".plan__told")).to_have_count(0)
        page.keyboard.press("ArrowLeft")

        expect(page.locator(".plan__name a").first).to_be_focused()

    def test_steps_in_time_without_loading_the_page(self, page, portfolio):
        page.goto("/?vis=tidslinje")
        page.evaluate("window.here = true")
        page.get_by_role("link", name=re.compile("^Senere")).press("Enter")

        expect(page).to_have_url(re.compile(r"fra=\d{4}-K\d"))
        expect(marker(page, "^MP6 Sluttrapport, ikke levert")).to_be_visible()
        expect(page.locator("#timeline-later")).to_be_focused()
        expect(page.locator("#live-region")).to_contain_text("kvartal")
        page.get_by_role("link", name="Rundt i dag").click()
        expect(page).not_to_have_url(re.compile("fra="))
        assert page.evaluate("window.here")

    def test_shows_all_by_year(self, page, portfolio):
        page.goto("/?vis=tidslinje")
        page.get_by_role("link", name="År", exact=True).click()

        expect(page).to_have_url(re.compile("akse=ar"))
        expect(page.locator("a.mark")).to_have_count(18)

    def test_works_without_a_script(self, make_context, portfolio):
        page = make_context(java_script_enabled=False).new_page()
        page.goto("/?vis=tidslinje")
        expect(page.get_by_text("Med tastaturet")).to_be_hidden()
        page.locator(".plan__row a").first.focus()
        for _ in range(2):
            page.keyboard.press("Tab")
        expect(marker(page, "^MP2 Konseptvalg")).to_be_focused()

        page.get_by_text("Vis som tabell").click()
        expect(page).to_have_url(re.compile("tabell=ja"))
        expect(page.get_by_role("row", name=re.compile("MP7 Innføring Ikke levert"))).to_have_count(
            3
        )
        page.get_by_role("link", name="Halvår").click()
        expect(page.get_by_text(re.compile("halvår .* til"))).to_be_visible()

    @pytest.mark.parametrize("width", [PHONE, NARROWEST])
    def test_fits_a_phone(self, make_context, portfolio, width):
        page = make_context(viewport={"width": width, "height": 800}).new_page()
        page.goto("/?vis=tidslinje")

        assert page.evaluate("document.documentElement.scrollWidth") == width
        name = page.locator(".plan__name").first.bounding_box()
        picture = page.locator(".plan__row > svg").first.bounding_box()
        assert picture["y"] >= name["y"] + name["height"]
        assert picture["width"] > 0.85 * width

    def test_gives_every_marker_room_for_a_finger(self, make_context, portfolio):
        page = make_context(viewport={"width": PHONE, "height": 800}).new_page()
        page.goto("/?vis=tidslinje")

        boxes = [
            each.bounding_box()
            for each in page.locator(".plan__row:first-child a.mark svg use").all()
        ]
        assert boxes
        assert all(round(box["width"]) >= 24 and round(box["height"]) >= 24 for box in boxes)
        for one in boxes:
            close = [
                other
                for other in boxes
                if abs(one["x"] - other["x"]) < 23 and abs(one["y"] - other["y"]) < 23
            ]
            assert close == [one]

    @pytest.mark.parametrize("color_scheme", ["light", "dark"])
    @pytest.mark.parametrize(
        ("width", "name"), [(1280, "wide"), (390, "phone")], ids=["wide", "phone"]
    )
    def test_can_be_read_by_everyone(
        self, make_context, portfolio, axe, keep_picture, color_scheme, width, name
    ):
        context = make_context(
            viewport={"width": width, "height": 900},
            color_scheme=color_scheme,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.goto("/?vis=tidslinje")
        axe(page)
        page.get_by_text("Vis som tabell").click()
        expect(page.get_by_text("Skjul tabellen")).to_be_focused()
        axe(page)
        keep_picture(page, f"timeline-{name}-{color_scheme}")
