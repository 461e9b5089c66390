"""Reports, corrections and baselines of the real project, in a real browser."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from milestones.actions import set_baseline
from milestones.models import Baseline
from projects.models import RiskLevel, Status
from tests.browser.hands import words_of
from tests.story import MANAGER_EMAIL, OFFICE_EMAIL

pytestmark = pytest.mark.django_db(transaction=True)

SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@pytest.fixture
def manager(story) -> User:
    """Kari, who manages the real project."""
    return User.objects.get(email=MANAGER_EMAIL)


@pytest.fixture
def office(story) -> User:
    """Per, of the portfolio office."""
    return User.objects.get(email=OFFICE_EMAIL)


@pytest.fixture
def visit(make_context, log_in):
    """Open a page as somebody, or as a reader."""

    def visit(path: str, user: User | None = None, **options):
        context = make_context(**options)
        if user:
            log_in(context, user)
        page = context.new_page()
        page.goto(path)
        return page

    return visit


@pytest.fixture
def with_baseline(story, office):
    """MP5 of the story with a new baseline."""
    set_baseline(
        project=story,
        milestones=story.milestones.filter(code="MP5"),
        decision="Styresak 12/23",
        decided_on=datetime.date(2023, 3, 20),
        by=office,
    )
    return story


@pytest.fixture
def corrected(story, manager):
    """The story with a correction of its last report."""
    story.report(
        status=Status.CHALLENGES,
        status_text="Beslutningsunderlaget ble klart etter møtet.",
        risk_level=RiskLevel.HIGH,
        on=datetime.date(2023, 6, 1),
        by=manager,
        corrects=story.status_reports.newest_first()[0],
    )
    return story


def report_page(story, number: int) -> str:
    """The address of a report, counted from the newest."""
    report = story.status_reports.newest_first()[number]
    return reverse("projects:status_report_detail", args=[story.slug, report.pk])


class TestPictures:
    @SCHEMES
    @WIDTHS
    def test_row_with_moves_and_a_new_baseline(
        self, visit, with_baseline, office, axe, keep_picture, width, scheme
    ):
        page = visit(
            with_baseline.get_absolute_url(),
            office,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        row = page.locator("li.milestone", has_text="Ny grunnlinje")
        row.locator("summary").first.click()

        expect(row).to_contain_text("flyttet 1 gang")
        expect(row).to_contain_text("92 dager etter opprinnelig frist")
        expect(row).to_contain_text("Avviket regnes fra 01.06.2023 i stedet for 01.03.2023")
        axe(page)
        row.screenshot(path=keep_picture(page, f"baseline-row-{width}-{scheme}"))

    @SCHEMES
    @WIDTHS
    def test_baseline_form(self, visit, story, office, axe, keep_picture, width, scheme):
        page = visit(
            f"{story.get_absolute_url()}leveranser/grunnlinje/",
            office,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        axe(page)
        page.get_by_role("button", name="Sett ny grunnlinje").click()

        expect(page.locator(".ds-error-summary")).to_be_focused()
        axe(page)
        keep_picture(page, f"baseline-form-{width}-{scheme}")

    @SCHEMES
    @WIDTHS
    def test_report(self, visit, corrected, manager, axe, keep_picture, width, scheme):
        page = visit(
            report_page(corrected, 1),
            manager,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )

        expect(page.get_by_role("heading", level=1)).to_have_text("Statusrapport 15. mai 2023")
        axe(page)
        keep_picture(page, f"report-{width}-{scheme}")

    @SCHEMES
    @WIDTHS
    def test_timeline(self, visit, corrected, axe, keep_picture, width, scheme):
        page = visit(
            corrected.get_absolute_url(),
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )

        expect(page.locator(".page-header")).to_contain_text("(bedre enn 15. mai 2023)")
        expect(page.locator(".timeline")).to_contain_text("Rettet av rapporten fra 1. juni 2023")
        axe(page)
        keep_picture(page, f"timeline-{width}-{scheme}")

    @SCHEMES
    @WIDTHS
    def test_correction_form(self, visit, corrected, manager, axe, keep_picture, width, scheme):
        old = corrected.status_reports.newest_first()[2]
        page = visit(
            f"{corrected.get_absolute_url()}status/?retter={old.pk}",
            manager,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )

        axe(page)
        keep_picture(page, f"correction-form-{width}-{scheme}")

    @pytest.mark.parametrize("which", ["report", "baseline"])
    def test_fit_a_narrow_screen(self, visit, with_baseline, office, which):
        path = f"{with_baseline.get_absolute_url()}leveranser/grunnlinje/"
        if which == "report":
            path = report_page(with_baseline, 0)

        page = visit(path, office, viewport={"width": 320, "height": 640})

        assert page.evaluate("document.documentElement.scrollWidth") <= 320


class TestTheStory:
    @pytest.mark.parametrize("java_script", [True, False])
    def test_the_office_sets_a_new_baseline(self, visit, story, office, java_script):
        page = visit(story.get_absolute_url(), office, java_script_enabled=java_script)

        page.get_by_role("link", name="Sett ny grunnlinje").click()
        words_of(page.get_by_label("MP5 - ")).click()
        page.get_by_label("Vedtak", exact=False).first.fill("Styresak 12/23")
        page.get_by_label("Vedtatt dato").fill("20.3.2023")
        page.get_by_role("button", name="Sett ny grunnlinje").click()

        expect(page.get_by_role("status").first).to_contain_text("Ny grunnlinje er satt for MP5.")
        row = page.locator("li.milestone", has_text="Styresak 12/23")
        expect(row).to_contain_text("92 dager etter opprinnelig frist")
        assert Baseline.objects.get().set_by == office

    def test_a_reader_reads_back_through_the_reports(self, visit, story):
        page = visit(story.get_absolute_url())

        page.get_by_role("link", name="15. mai 2023").click()
        expect(
            page.get_by_text("Beslutningsunderlaget er ikke klart til styremøtet.")
        ).to_be_visible()
        page.get_by_role("link", name="Forrige rapport").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Statusrapport 12. april 2023")
        expect(page.locator("main")).to_contain_text("Fristen for MP5 er flyttet til 01.06.2023")
        page.get_by_role("link", name="Forrige rapport").click()
        expect(page.locator("#milestones")).to_contain_text(
            "Prosjektet er ferdig med 5 av 9 leveranser."
        )
        expect(page.get_by_role("link", name="Rett denne rapporten")).to_have_count(0)

    @pytest.mark.parametrize("java_script", [True, False])
    def test_its_manager_corrects_a_report(self, visit, story, manager, java_script):
        page = visit(report_page(story, 0), manager, java_script_enabled=java_script)

        page.get_by_role("link", name="Rett denne rapporten").click()
        page.get_by_label("Om risikoen").fill("Finansieringen er sikret ut året.")
        page.get_by_role("button", name="Publiser rettelsen").click()

        expect(page.locator(".page-header")).to_contain_text("(uendret siden 15. mai 2023)")
        expect(page.locator(".timeline")).to_contain_text("Retter rapporten fra 15. mai 2023")
        assert story.status_reports.count() == 4
