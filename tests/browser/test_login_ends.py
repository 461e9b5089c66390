"""A login that ends while one types, and a second click, in a real browser, with the script and without."""

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Session
from milestones.models import Milestone
from projects.models import Owner, Project, StatusReport
from tests.factories import MilestoneFactory, OwnerFactory, StatusReportFactory

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "Ti tynne tiurer"
TEXT = "Vi venter på\nleverandøren."
SCRIPTS = pytest.mark.parametrize("java_script", [True, False])


@pytest.fixture
def manager(manager):
    """The project's manager, who has a password."""
    manager.set_password(PASSWORD)
    manager.save()
    return manager


@pytest.fixture
def visit(make_context, log_in):
    """Open a page as somebody."""

    def visit(path, user, java_script):
        context = make_context(java_script_enabled=java_script)
        log_in(context, user)
        page = context.new_page()
        page.goto(path)
        return page

    return visit


def end_login(page, how):
    """Let the session run out, alone or together with all cookies."""
    Session.objects.all().delete()
    if how == "cookies":
        page.context.clear_cookies()


def log_in_again(page, user):
    expect(page.get_by_role("heading", name="Logg inn")).to_be_visible()
    expect(page.locator("#messages")).to_contain_text("Det du skrev, ligger klart")
    page.get_by_label("E-post").fill(user.email)
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Logg inn").click()


def wait_until(page, is_so):
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError


class TestReport:
    @SCRIPTS
    @pytest.mark.parametrize("how", ["session", "cookies"])
    def test_comes_back_whole(
        self, visit, manager, project, axe, keep_picture, complaints, java_script, how
    ):
        StatusReportFactory(project=project)
        page = visit(
            reverse("projects:status_report_create", args=[project.slug]), manager, java_script
        )
        page.get_by_label("Noen utfordringer").click()
        page.get_by_label("Høy").click()
        page.get_by_label("Om statusen").fill(TEXT)
        end_login(page, how)
        page.get_by_role("button", name="Publiser rapporten").click()
        log_in_again(page, manager)

        expect(page.locator("[data-kept-form]")).to_contain_text("Det er ikke lagret ennå.")
        expect(page.get_by_label("Noen utfordringer")).to_be_checked()
        expect(page.get_by_label("Høy")).to_be_checked()
        expect(page.get_by_label("Om statusen")).to_have_value(TEXT)
        expect(page.get_by_role("button", name="Hent det fram")).to_have_count(0)
        assert StatusReport.objects.count() == 1
        if java_script:
            axe(page)
            keep_picture(page, "kept-form")

        page.get_by_role("button", name="Publiser rapporten").click()
        expect(page.locator("#messages")).to_contain_text("Statusrapporten er publisert.")
        newest = StatusReport.objects.newest_first().first()
        assert (newest.status, newest.risk_level) == ("challenges", "high")
        assert newest.status_text == TEXT

    @SCRIPTS
    def test_is_thrown_away_for_good(self, visit, manager, project, java_script):
        page = visit(
            reverse("projects:status_report_create", args=[project.slug]), manager, java_script
        )
        page.get_by_label("Om statusen").fill(TEXT)
        end_login(page, "session")
        page.get_by_role("button", name="Publiser rapporten").click()
        log_in_again(page, manager)

        page.get_by_role("button", name="Kast det").click()

        expect(page.locator("[data-kept-form]")).to_have_count(0)
        expect(page.get_by_label("Om statusen")).to_have_value("")
        expect(page.get_by_role("button", name="Hent det fram")).to_have_count(0)

    def test_is_asked_about_before_it_is_left(self, visit, manager, project):
        page = visit(reverse("projects:status_report_create", args=[project.slug]), manager, True)
        page.get_by_label("Om statusen").fill(TEXT)
        end_login(page, "session")
        page.get_by_role("button", name="Publiser rapporten").click()
        log_in_again(page, manager)
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

        # A browser asks only when something has been pressed on the page.
        page.get_by_label("Om statusen").click()
        page.goto("/")

        assert asked == ["beforeunload"]


class TestDelivery:
    def test_comes_back_without_the_script(self, visit, manager, project):
        MilestoneFactory(project=project, title="Rapport")
        page = visit(project.get_absolute_url(), manager, False)
        page.locator("summary", has_text="Mer").click()
        page.get_by_role("link", name="Flytt frist").click()
        page.get_by_label("Årsak").select_option(label="Leverandør")
        page.get_by_label("Begrunnelse").fill("Vedtatt i styret.")
        end_login(page, "session")
        page.get_by_role("button", name="Lagre").click()
        log_in_again(page, manager)

        expect(page.get_by_label("Årsak")).to_have_value("supplier")
        expect(page.get_by_label("Begrunnelse")).to_have_value("Vedtatt i styret.")

    @SCRIPTS
    def test_is_made_once_by_two_clicks(self, visit, manager, project, java_script):
        page = visit(
            reverse("milestones:milestone_create", args=[project.slug]), manager, java_script
        )
        page.get_by_label("Tittel").fill("Uten kode")
        sent = []
        page.on(
            "request", lambda request: sent.append(request) if request.method == "POST" else None
        )

        button = page.get_by_role("button", name="Legg til leveranse")
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        with transaction.atomic():
            # The first is still being done when she clicks again.
            Project.objects.select_for_update().get(pk=project.pk)
            for clicks in (1, 2):
                # The mouse itself does not wait for the page that is to come.
                page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
                wait_until(page, lambda clicks=clicks: len(sent) == clicks)

        expect(page.locator("li.milestone")).to_have_count(1)
        expect(page.locator("#messages")).to_contain_text("Uten kode er lagt til.")
        assert Milestone.objects.count() == 1


class TestBringingBack:
    def test_undoes_nothing_that_a_colleague_has_done(self, visit, administrator):
        owner = OwnerFactory(name="Etaten", website="https://etaten.no/")
        page = visit(reverse("projects:owner_edit", args=[owner.pk]), administrator, True)
        page.get_by_label("Navn", exact=True).fill("Direktoratet")
        Owner.objects.update(website="https://annet.no/")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()

        page.get_by_role("button", name="Hent det fram").click()
        page.get_by_role("button", name="Lagre").click()

        expect(page.locator("#messages")).to_contain_text("Endringene er lagret.")
        owner.refresh_from_db()
        assert (owner.name, owner.website) == ("Direktoratet", "https://annet.no/")
