"""Status that can be trusted, in a real browser: freshness, the signal, gaps and what needs attention."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from projects.models import Project, RiskLevel, Status
from tests.factories import ContactFactory, MilestoneFactory, ProjectFactory, StatusReportFactory
from tests.story import MANAGER_EMAIL, OFFICE_EMAIL, tell_story

pytestmark = pytest.mark.django_db(transaction=True)

WITH_AND_WITHOUT_JAVASCRIPT = pytest.mark.parametrize("java_script_enabled", [True, False])


@pytest.fixture
def story() -> Project:
    """The real project as its story ends; its reports are years old by now."""
    return tell_story()


@pytest.fixture
def visit(make_context, log_in):
    """Open a browser for somebody of the story."""

    def visit(email, **options):
        context = make_context(**options)
        log_in(context, get_user_model().objects.get(email=email))
        return context.new_page()

    return visit


def make_gap() -> Project:
    project = ProjectFactory(title="Trygg medisinliste")
    MilestoneFactory(project=project, code="MP3", original_due_on=datetime.date(2026, 1, 15))
    StatusReportFactory(project=project, gap_reason="Testmiljøet er klart, og MP3 leveres i mai.")
    return project


class TestConfirm:
    @WITH_AND_WITHOUT_JAVASCRIPT
    def test_takes_one_click(self, visit, story, java_script_enabled):
        page = visit(MANAGER_EMAIL, java_script_enabled=java_script_enabled)
        page.goto(story.get_absolute_url())
        header = page.locator(".page-header")
        expect(header).to_contain_text("Ikke oppdatert siden 15. mai 2023")
        expect(header).to_contain_text("Signal fra leveransene: rødt")

        page.get_by_role("button", name="Bekreft uendret").press("Enter")

        expect(page.get_by_text("Statusen «Betydelige utfordringer» er bekreftet")).to_be_visible()
        expect(header).not_to_contain_text("Ikke oppdatert siden")
        expect(header).to_contain_text("neste rapport innen")
        before, now = list(story.status_reports.order_by("pk"))[-2:]
        assert now.content == before.content

    def test_is_not_lost_on_what_came_meanwhile(self, visit, story):
        page = visit(MANAGER_EMAIL)
        page.goto(story.get_absolute_url())
        story.report(
            status=Status.CHALLENGES,
            status_text="Kontoret har fått nye opplysninger.",
            risk_level=RiskLevel.HIGH,
            on=datetime.date(2026, 7, 1),
            by=get_user_model().objects.get(email=OFFICE_EMAIL),
        )

        page.get_by_role("button", name="Bekreft uendret").click()

        expect(
            page.get_by_text("Det har kommet en ny rapport siden du åpnet siden.")
        ).to_be_visible()
        expect(page.get_by_text("Kontoret har fått nye opplysninger.").first).to_be_visible()


class TestWhyGreener:
    @WITH_AND_WITHOUT_JAVASCRIPT
    def test_is_asked_for_and_then_seen_by_the_office(
        self, visit, story, java_script_enabled, keep_picture, axe
    ):
        page = visit(MANAGER_EMAIL, java_script_enabled=java_script_enabled)
        page.goto(f"{story.get_absolute_url()}status/")
        page.get_by_text("Under kontroll", exact=True).click()
        page.get_by_role("button", name="Publiser rapporten").click()

        field = page.get_by_role("textbox", name="Hvorfor er statusen bedre enn signalet?")
        expect(page.locator(".ds-error-summary")).to_contain_text("Statusen er bedre enn signalet.")
        if java_script_enabled:
            axe(page)
            keep_picture(page, "trust-gap-asked")
        field.fill("Kvalitetssikringen er ferdig og leveres mandag.")
        page.get_by_role("button", name="Publiser rapporten").click()
        expect(page.get_by_text("Statusrapporten er publisert.")).to_be_visible()

        office = visit(OFFICE_EMAIL, java_script_enabled=java_script_enabled)
        office.goto("/avvik/")
        row = office.get_by_role("row", name=story.title)
        expect(row).to_contain_text("Kvalitetssikringen er ferdig og leveres mandag.")
        expect(row).to_contain_text("MP5 er")


class TestAttention:
    def test_leads_to_the_place_and_is_gone_when_all_is_well(self, visit, story):
        Project.objects.update(contact=ContactFactory())
        page = visit(OFFICE_EMAIL)
        page.goto("/")
        section = page.get_by_role("region", name="Krever oppmerksomhet")
        expect(section).to_contain_text(story.title)

        section.get_by_role("link", name="leveranser forfalt").click()

        expect(page.locator(":target")).to_contain_text("MP5")
        for milestone in story.milestones.filter(is_delivered=False, is_obsolete=False):
            milestone.deliver(on=datetime.date(2023, 7, 1), by=story.managers.get())
        page.goto(story.get_absolute_url())
        page.get_by_role("button", name="Bekreft uendret").click()
        expect(page.get_by_text("er bekreftet per i dag")).to_be_visible()
        page.goto("/")
        expect(page.get_by_role("heading", name="Nøkkeltall")).to_be_visible()
        expect(section).to_have_count(0)

    def test_follows_the_filters(self, visit, story):
        ProjectFactory(title="Uten eier", owner=None)
        page = visit(OFFICE_EMAIL)
        page.goto("/")
        section = page.get_by_role("region", name="Krever oppmerksomhet")
        expect(section.get_by_role("listitem")).to_have_count(2)

        page.get_by_label("Søk etter").fill("uten eier")

        expect(section.get_by_role("listitem")).to_have_count(1)
        expect(section).to_contain_text("mangler eier")


def test_all_fits_a_narrow_screen(visit, story):
    make_gap()
    page = visit(OFFICE_EMAIL, viewport={"width": 320, "height": 640})

    for path in ("/", story.get_absolute_url(), f"{story.get_absolute_url()}status/", "/avvik/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
class TestPages:
    @pytest.mark.parametrize(
        ("name", "path", "who"),
        [
            ("overview", "/", OFFICE_EMAIL),
            ("project", "/prosjekter/felles-kommunal-journal/", MANAGER_EMAIL),
            ("report", "/prosjekter/felles-kommunal-journal/status/", MANAGER_EMAIL),
            ("mine", "/mine/", MANAGER_EMAIL),
            ("gaps", "/avvik/", OFFICE_EMAIL),
        ],
    )
    def test_are_accessible(self, visit, story, axe, keep_picture, name, path, who, width, scheme):
        make_gap()
        options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
        page = visit(who, **options)

        page.goto(path)

        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        axe(page)
        keep_picture(page, f"trust-{name}-{width}-{scheme}")
