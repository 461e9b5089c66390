"""A project's page, and reporting its status, in a real browser."""

import datetime

import pytest
from playwright.sync_api import expect

from projects.models import Project, RiskLevel, Status
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def full(project, manager) -> Project:
    """The project with everything a page can have."""
    Project.objects.filter(pk=project.pk).update(
        ingress="Målet er at informasjonen blir lett tilgjengelig.",
        description="## Bakgrunn\n\nEn samlet sektor anbefaler:\n\n- ett\n- to",
        link_url="https://www.example.no/",
        link_text="Les mer om prosjektet",
        main_goal=StrategicGoalFactory(number=4),
        contact=ContactFactory(email="a@example.no", email_is_public=True, phone="0123 4567"),
        segment=SegmentFactory(name="Koordinere"),
    )
    project.further_goals.add(StrategicGoalFactory(number=2))
    MilestoneFactory(project=project, delivered=True)
    # Not due yet, whenever the test runs, so that the signal asks for nothing.
    MilestoneFactory.create_batch(2, project=project, original_due_on=datetime.date(2099, 6, 30))
    StatusReportFactory(
        project=project,
        reported_on=datetime.date(2026, 1, 5),
        status=Status.CHALLENGES,
        status_text="Leverandøren er forsinket. Vi venter.",
    )
    StatusReportFactory(
        project=project, status_text="Alt går etter planen.", risk_text="Lite.", reported_by=manager
    )
    return project


def longest(project: Project) -> None:
    """Give the project a title with a word that no screen is wide enough for."""
    Project.objects.filter(pk=project.pk).update(title="Samhandlingsarkitektur" * 11)


class TestProjectPage:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 390])
    @pytest.mark.parametrize("who", ["reader", "office"])
    def test_is_accessible(
        self, make_context, log_in, office, full, axe, keep_picture, who, width, scheme
    ):
        context = make_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        if who == "office":
            log_in(context, office)
        page = context.new_page()

        page.goto(full.get_absolute_url())

        expect(page.get_by_role("heading", level=1)).to_have_text(full.title)
        axe(page)
        keep_picture(page, f"project-{who}-{width}-{scheme}")

    @pytest.mark.parametrize("path", ["", "status/", "rediger/"])
    def test_fits_a_narrow_screen_whatever_the_title(
        self, make_context, log_in, office, full, path
    ):
        longest(full)
        context = make_context(viewport={"width": 320, "height": 640})
        log_in(context, office)
        page = context.new_page()

        page.goto(full.get_absolute_url() + path)

        assert page.evaluate("document.documentElement.scrollWidth") == 320

    def test_opens_a_report_of_before_by_keyboard(self, page, full):
        page.goto(full.get_absolute_url())
        expect(page.get_by_text("Vi venter.")).to_have_count(0)

        page.get_by_role("link", name="5. januar 2026").press("Enter")

        expect(page.get_by_text("Vi venter.")).to_be_visible()

    def test_leads_to_the_projects_with_the_same_owner(self, page, full):
        ProjectFactory(title="Et annet prosjekt")
        page.goto(full.get_absolute_url())

        page.get_by_role("link", name=str(full.owner)).click()

        expect(page.get_by_role("link", name=full.title)).to_be_visible()
        expect(page.get_by_role("link", name="Et annet prosjekt")).to_have_count(0)


@pytest.mark.parametrize("java_script_enabled", [True, False])
class TestReportStatus:
    @pytest.fixture
    def page(self, make_context, log_in, manager, java_script_enabled):
        context = make_context(java_script_enabled=java_script_enabled)
        log_in(context, manager)
        return context.new_page()

    def test_changes_what_the_page_says_by_keyboard(self, page, full, keep_picture):
        page.goto(full.get_absolute_url())
        page.get_by_role("link", name="Rapporter status").press("Enter")
        page.get_by_role("radio", name="Under kontroll").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Control+a")
        page.keyboard.type("Vi har mistet en leverandør.")
        keep_picture(page, "status-report")
        page.get_by_role("button", name="Publiser rapporten").press("Enter")

        expect(page.get_by_text("Statusrapporten er publisert.")).to_be_visible()
        header = page.locator(".page-header")
        expect(header).to_contain_text("Noen utfordringer")
        expect(header).to_contain_text("(dårligere enn 2. mars 2026)")
        report = full.status_reports.newest_first()[0]
        assert (report.status, report.risk_level) == (Status.CHALLENGES, RiskLevel.LOW)
        assert report.status_text == "Vi har mistet en leverandør."

    def test_keeps_the_text_of_a_form_that_is_refused(self, page, full, java_script_enabled):
        page.goto(f"{full.get_absolute_url()}status/")
        page.get_by_label("Om statusen").fill("Dette skrev jeg.")
        page.get_by_label("Rapporten gjelder per").fill("i går")
        page.get_by_role("button", name="Publiser rapporten").click()

        summary = page.locator(".ds-error-summary")
        expect(summary).to_contain_text("Skriv datoen som dd.mm.åååå")
        if java_script_enabled:
            expect(summary).to_be_focused()
        expect(page.get_by_label("Om statusen")).to_have_value("Dette skrev jeg.")


class TestForms:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 390])
    @pytest.mark.parametrize("address", ["/prosjekter/fkj/status/", "/prosjekter/fkj/rediger/"])
    def test_are_accessible_also_when_refused(
        self, make_context, log_in, office, full, axe, keep_picture, address, width, scheme
    ):
        context = make_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        log_in(context, office)
        page = context.new_page()
        page.goto(address)
        axe(page)

        text = page.locator("main textarea").first
        text.fill("x" * 5001)
        page.locator("main form.form-page button[type=submit]").click()

        expect(page.locator(".ds-error-summary")).to_be_focused()
        axe(page)
        keep_picture(page, f"{address.split('/')[-2]}-refused-{width}-{scheme}")

    def test_two_who_edit_at_once_see_both_texts(
        self, page, context, log_in, manager, full, axe, keep_picture
    ):
        log_in(context, manager)
        page.goto(f"{full.get_absolute_url()}rediger/")
        page.get_by_label("Ingress").fill("Slik skrev jeg det.")
        Project.objects.filter(pk=full.pk).update(ingress="Slik skrev en annen det.", title="Nytt")
        page.get_by_role("button", name="Lagre").click()

        expect(page.get_by_text("Slik skrev en annen det.")).to_be_visible()
        axe(page)
        keep_picture(page, "project-conflict")
        page.get_by_text("Behold det jeg har skrevet").click()
        page.get_by_role("button", name="Lagre").click()

        expect(page.get_by_text("Endringene er lagret.")).to_be_visible()
        full.refresh_from_db()
        assert (full.title, full.ingress) == ("Nytt", "Slik skrev jeg det.")
