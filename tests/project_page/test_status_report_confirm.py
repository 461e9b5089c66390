"""Confirming with one click that nothing has changed."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Lifecycle, Project, RiskLevel, Status
from tests.cast import cast_but
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory

pytestmark = pytest.mark.django_db

OTHERS = cast_but("reader", "manager", "office")


@pytest.fixture
def report(project):
    return StatusReportFactory(
        project=project,
        status=Status.CHALLENGES,
        status_text="Leverandøren er forsinket.",
        risk_level=RiskLevel.HIGH,
        risk_text="Vi kan miste en måned.",
    )


def url(project: Project) -> str:
    return f"/prosjekter/{project.slug}/bekreft/"


class TestStatusReportConfirm:
    @pytest.mark.parametrize("who", ["manager", "office"])
    def test_reports_the_same_once_more_for_today(self, client, log_in, project, report, who):
        user = log_in(client, who)

        response = client.post(url(project), {"report": report.pk}, follow=True)

        assertRedirects(response, project.get_absolute_url())
        assertContains(response, "Statusen «Noen utfordringer» er bekreftet per i dag.")
        new = project.status_reports.newest_first()[0]
        assert new.content == report.content
        assert (new.reported_on, new.reported_by) == (timezone.localdate(), user)
        assert project.status_reports.count() == 2

    def test_takes_a_double_click_for_one(self, client, manager, project, report):
        client.force_login(manager)

        for _click in range(2):
            response = client.post(url(project), {"report": report.pk}, follow=True)

        assertContains(response, "Statusen «Noen utfordringer» er bekreftet per i dag.")
        assert project.status_reports.count() == 2

    def test_confirms_again_what_was_confirmed_today_by_another(
        self, client, manager, office, project, report
    ):
        theirs = project.confirm(report, on=timezone.localdate(), by=office)
        client.force_login(manager)

        client.post(url(project), {"report": theirs.pk})

        assert project.status_reports.newest_first()[0].reported_by == manager

    def test_refuses_a_report_that_was_overtaken_and_shows_the_new_one(
        self, client, manager, office, project, report
    ):
        project.report(
            status=Status.MAJOR_CHALLENGES,
            status_text="Planen holder ikke.",
            risk_level=RiskLevel.HIGH,
            on=timezone.localdate(),
            by=office,
        )
        client.force_login(manager)

        response = client.post(url(project), {"report": report.pk}, follow=True)

        assertContains(response, "Det har kommet en ny rapport siden du åpnet siden.")
        assertContains(response, "Planen holder ikke.")
        assert project.status_reports.count() == 2

    def test_does_not_take_her_own_new_report_for_the_same(self, client, manager, project, report):
        project.report(
            status=Status.ON_TRACK, risk_level=RiskLevel.LOW, on=timezone.localdate(), by=manager
        )
        client.force_login(manager)

        response = client.post(url(project), {"report": report.pk}, follow=True)

        assertContains(response, "Det har kommet en ny rapport")
        assert project.status_reports.count() == 2

    @pytest.mark.parametrize("sent", ["", "x", "-1", "0", "9" * 30, "1\0", "²"])
    def test_refuses_a_report_that_is_none_of_these(self, client, manager, project, report, sent):
        client.force_login(manager)

        response = client.post(url(project), {"report": sent}, follow=True)

        assertContains(response, "Les den før du bekrefter den.")
        assert project.status_reports.count() == 1

    def test_refuses_the_report_of_another_project(self, client, manager, project, report):
        client.force_login(manager)

        client.post(url(project), {"report": StatusReportFactory().pk})

        assert project.status_reports.count() == 1

    def test_leads_to_the_form_when_there_is_nothing_to_confirm(self, client, manager, project):
        client.force_login(manager)

        response = client.post(url(project), {"report": ""}, follow=True)

        assertRedirects(response, f"{project.get_absolute_url()}status/")
        assertContains(response, "Det finnes ingen rapport å bekrefte ennå.")

    def test_asks_why_when_the_milestones_say_otherwise(self, client, manager, project, report):
        MilestoneFactory(project=project, code="MP5", original_due_on=datetime.date(2023, 3, 1))
        client.force_login(manager)

        response = client.post(url(project), {"report": report.pk}, follow=True)

        assertRedirects(response, f"{project.get_absolute_url()}status/")
        assertContains(response, "Skriv i én setning hvorfor statusen likevel er bedre")
        assert project.status_reports.count() == 1

    @pytest.mark.parametrize("lifecycle", [Lifecycle.PLANNED, Lifecycle.PAUSED, Lifecycle.CLOSED])
    def test_refuses_a_project_that_is_not_active(self, client, manager, lifecycle):
        project = ProjectFactory(title="Prøven", lifecycle=lifecycle, managers=[manager])
        report = StatusReportFactory(project=project)
        client.force_login(manager)

        response = client.post(url(project), {"report": report.pk}, follow=True)

        assertRedirects(response, project.get_absolute_url())
        assertContains(response, "Prøven er ikke aktivt, så statusen kan ikke bekreftes.")
        assert project.status_reports.count() == 1

    def test_repeats_the_sentence_that_was_given(self, client, manager, project):
        MilestoneFactory(project=project, original_due_on=datetime.date(2023, 3, 1))
        report = StatusReportFactory(project=project, gap_reason="Den leveres i neste uke.")
        client.force_login(manager)

        client.post(url(project), {"report": report.pk})

        assert project.status_reports.newest_first()[0].gap_reason == "Den leveres i neste uke."
        assert project.status_reports.count() == 2


class TestAccess:
    @pytest.mark.parametrize("who", OTHERS)
    def test_is_forbidden_to_others(self, client, log_in, project, report, who):
        log_in(client, who)

        assert client.post(url(project), {"report": report.pk}).status_code == 403
        assertNotContains(client.get(project.get_absolute_url()), "Bekreft uendret")
        assert project.status_reports.count() == 1

    def test_asks_a_reader_to_log_in(self, client, project, report):
        response = client.post(url(project), {"report": report.pk})

        assert response.url.startswith("/konto/logg-inn/")
        assert project.status_reports.count() == 1

    def test_asks_htmx_to_log_in_on_a_page_of_its_own(self, htmx_client, project, report):
        assert htmx_client.post(url(project)).headers["HX-Redirect"].startswith("/konto/logg-inn/")

    def test_is_only_posted_to(self, client, manager, project, report):
        client.force_login(manager)

        assert client.get(url(project)).status_code == 405

    def test_is_not_found_for_no_project(self, client, manager):
        client.force_login(manager)

        assert client.post("/prosjekter/finnes-ikke/bekreft/").status_code == 404


class TestButton:
    @pytest.mark.parametrize("path", ["/mine/", "/prosjekter/fkj/", "/prosjekter/fkj/status/"])
    def test_carries_the_report_that_it_confirms(self, client, manager, project, report, path):
        client.force_login(manager)

        soup = BeautifulSoup(client.get(path).content, "html.parser")

        form = soup.select_one(f"form[action='{url(project)}']")
        assert form.select_one("[name=report]")["value"] == str(report.pk)
        assert form.button.text == "Bekreft uendret: Felles kommunal journal"

    @pytest.mark.parametrize("path", ["/mine/", "/prosjekter/fkj/", "/prosjekter/fkj/status/"])
    def test_is_not_there_without_a_report(self, client, manager, project, path):
        client.force_login(manager)

        assertNotContains(client.get(path), "Bekreft uendret")

    def test_is_not_there_when_nobody_waits(self, client, manager):
        project = ProjectFactory(lifecycle=Lifecycle.PAUSED, managers=[manager])
        StatusReportFactory(project=project)
        client.force_login(manager)

        for path in ("/mine/", project.get_absolute_url(), f"{project.get_absolute_url()}status/"):
            assertNotContains(client.get(path), "Bekreft uendret")
