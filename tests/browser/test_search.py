"""The visit of a reader who wants one answer."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
)
from tests.story import tell_story

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Samhandling om barn og unge med sammensatte behov i Nord-Gudbrandsdalsregionrådet"


@pytest.fixture
def story():
    """The real project, and others: one with long words, one with nothing, and many of a kind."""
    project = tell_story()
    MilestoneFactory(project=project, code="MP10", title="Innføre felles journal", position=10)
    owner = OwnerFactory(name="Interkommunalt samarbeid for digitalisering i Gudbrandsdalen")
    long = ProjectFactory(title=LONG, owner=owner, description="Felles journal. " * 300)
    MilestoneFactory(project=long, title="Styringsdokument", description="Om journalen. " * 40)
    StatusReportFactory(project=long, status_text="Arbeidet med journalen går etter planen.")
    ProjectFactory(title="Bare en tittel om journal", owner=None)
    for number in range(25):
        ProjectFactory(title=f"Velferdsteknologi {number:02}")
    return project


class TestSearch:
    @pytest.mark.parametrize("width", [1280, 390])
    def test_leads_from_a_typing_error_to_the_milestone_by_keyboard(
        self, make_context, story, width
    ):
        page = make_context(viewport={"width": width, "height": 844}).new_page()
        page.goto("/sok/")
        field = page.get_by_role("main").get_by_role("searchbox")
        field.focus()
        page.keyboard.type("felles komunal jurnal")
        page.keyboard.press("Enter")

        expect(page.locator(".result-count")).to_have_text("0 prosjekter funnet")
        expect(page.get_by_text("Mente du …?")).to_be_visible()
        offer = page.get_by_role("main").get_by_role("link", name=str(story))
        offer.focus()
        page.keyboard.press("Enter")

        expect(page.locator(".found h2").first).to_have_text(str(story))
        expect(page.locator(".found h2").first.locator("mark")).to_have_count(3)
        expect(field).to_have_value(str(story))
        milestone = page.locator(".found__milestones").first.get_by_role("link").first
        expect(milestone.locator("mark").first).to_be_visible()
        place = milestone.get_attribute("href").partition("#")[2]
        milestone.focus()
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile(f"{story.get_absolute_url()}#{place}$"))
        expect(page.locator(f"#{place}")).to_be_in_viewport()

    def test_works_without_javascript(self, make_context, story):
        page = make_context(java_script_enabled=False).new_page()
        page.goto("/")
        page.get_by_label("Søk i porteføljen").fill("velferd")
        page.get_by_label("Søk i porteføljen").press("Enter")

        expect(page.locator(".result-count")).to_have_text("25 prosjekter funnet")
        page.get_by_role("link", name="Neste side").click()
        expect(page.locator(".found > li")).to_have_count(5)

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 390, 320])
    def test_is_for_everyone(self, make_context, story, axe, keep_picture, width, scheme):
        context = make_context(color_scheme=scheme, viewport={"width": width, "height": 844})
        page = context.new_page()
        texts = {
            "found": "journal",
            "many": "velferdsteknologi",
            "meant": "felles komunal jurnal",
            "nothing": "xyzzy",
            "common": "og i",
            "refused": "&|!",
        }
        for name, text in texts.items():
            page.goto(f"/sok/?sok={text.replace('&', '%26')}")
            axe(page)
            overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(overflow) <= 0
            keep_picture(page, f"search-{name}-{width}-{scheme}")
