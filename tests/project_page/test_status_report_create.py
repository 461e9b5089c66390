"""Reporting the status of a project."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Lifecycle, Project, RiskLevel, Status, StatusReport
from tests.cast import cast_but
from tests.factories import StatusReportFactory

pytestmark = pytest.mark.django_db


def report_url(project: Project) -> str:
    return reverse("projects:status_report_create", args=[project.slug])


def filled_in(project: Project, **changes: object) -> dict[str, object]:
    """Return what the form sends when it was opened now."""
    current = project.status_reports.newest_first().first()
    return {
        "status": Status.CHALLENGES,
        "status_text": "Leverandøren er forsinket.",
        "risk_level": RiskLevel.HIGH,
        "risk_text": "Vi kan miste en måned.",
        "reported_on": timezone.localdate().strftime("%d.%m.%Y"),
        "opened_with": current.pk if current else "",
    } | changes


class TestStatusReportCreate:
    def test_begins_with_what_is_reported_now(self, client, manager, project):
        StatusReportFactory(project=project, status_text="Alt går bra.", risk_text="Lite å frykte.")
        client.force_login(manager)

        response = client.get(report_url(project))

        form = response.context["form"]
        assert form["status"].value() == Status.ON_TRACK
        assert form["risk_text"].value() == "Lite å frykte."
        assert form["reported_on"].value() == timezone.localdate()
        # Beside the form, in it, and as what it was opened with.
        assertContains(response, "Alt går bra.", count=3)
        assertContains(response, "Leveransene følger planen.")

    def test_publishes_a_report(self, client, manager, project):
        client.force_login(manager)

        response = client.post(report_url(project), filled_in(project), follow=True)

        assertRedirects(response, "/prosjekter/fkj/")
        assertContains(response, "Statusrapporten er publisert.")
        assertContains(response, "Noen utfordringer")
        report = project.status_reports.get()
        assert (report.status, report.risk_level) == (Status.CHALLENGES, RiskLevel.HIGH)
        assert (report.reported_by, report.owner_name) == (manager, str(project.owner))

    def test_keeps_the_reports_before(self, client, manager, project):
        StatusReportFactory(project=project)
        client.force_login(manager)

        client.post(report_url(project), filled_in(project))

        assert project.status_reports.count() == 2
        assert Project.objects.with_latest_report().get(pk=project.pk).status == Status.CHALLENGES

    def test_takes_only_one_of_two_clicks(self, client, manager, project):
        StatusReportFactory(project=project)
        client.force_login(manager)
        data = filled_in(project)

        client.post(report_url(project), data)
        response = client.post(report_url(project), data)

        assertRedirects(response, "/prosjekter/fkj/")
        assert project.status_reports.count() == 2

    def test_confirms_that_nothing_has_changed_on_another_day(self, client, manager, project):
        before = StatusReportFactory(project=project, reported_by=manager)
        client.force_login(manager)
        same = {"status": before.status, "risk_level": before.risk_level}

        client.post(report_url(project), filled_in(project, **same, status_text="", risk_text=""))

        assert project.status_reports.count() == 2

    def test_says_that_a_closed_project_is_not_counted(self, client, manager, project):
        Project.objects.update(lifecycle=Lifecycle.CLOSED)
        client.force_login(manager)

        assertContains(client.get(report_url(project)), "Prosjektets livsløp er «Avsluttet».")
        client.post(report_url(project), filled_in(project))
        assert project.status_reports.exists()

    def test_is_open_to_the_office(self, client, office, project):
        client.force_login(office)

        client.post(report_url(project), filled_in(project))

        assert project.status_reports.get().reported_by == office

    @pytest.mark.parametrize("who", cast_but("reader", "manager", "office"))
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_forbidden_to_others(self, client, log_in, project, who, method):
        log_in(client, who)

        response = getattr(client, method)(report_url(project), filled_in(project))

        assert response.status_code == 403
        assert not project.status_reports.exists()

    def test_asks_a_reader_to_log_in(self, client, project):
        came_from = {"referer": f"http://testserver{report_url(project)}"}

        response = client.post(report_url(project), filled_in(project), headers=came_from)

        assert response.url == "/konto/logg-inn/?next=/prosjekter/fkj/status/"
        assert not project.status_reports.exists()

    def test_refuses_other_methods(self, client, manager, project):
        client.force_login(manager)

        assert client.put(report_url(project)).status_code == 405


class TestAColleagueReportedMeanwhile:
    def test_is_shown_before_mine_is_published(self, client, manager, office, project):
        client.force_login(manager)
        mine = filled_in(project)
        theirs = StatusReportFactory(
            project=project, status_text="Kontoret rapporterte.", reported_by=office
        )

        response = client.post(report_url(project), mine)

        assertContains(response, "Det kom en ny rapport mens du skrev.")
        assertContains(response, "Kontoret rapporterte.")
        assertContains(response, "Kontor Nilsen")
        assert response.context["form"]["status_text"].value() == mine["status_text"]
        assertContains(response, f'name="opened_with" value="{theirs.pk}"')
        assert project.status_reports.get() == theirs

    def test_does_not_stop_me_the_second_time(self, client, manager, project):
        client.force_login(manager)
        mine = filled_in(project)
        theirs = StatusReportFactory(project=project)

        client.post(report_url(project), mine | {"opened_with": theirs.pk})

        assert project.status_reports.count() == 2


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("status", "", "Fyll ut dette feltet."),
            ("status", "splendid", "Velg noe fra listen."),
            ("risk_level", "", "Fyll ut dette feltet."),
            ("risk_level", "none\0", "Velg noe fra listen."),
            ("risk_text", "x" * 5001, "5"),
            ("risk_text", "a\0b", "usynlig tegn"),
            ("reported_on", "", "Fyll ut dette feltet."),
            ("reported_on", "01.01.0001", "Året må være mellom 2000 og 2100."),
            ("reported_on", "i går", "Skriv datoen som dd.mm.åååå"),
            ("reported_on", "31.12.2099", "Datoen kan ikke være fram i tid."),
            ("reported_on", "01.03.2026", "Datoen kan ikke være før forrige rapport, 02.03.2026."),
            ("opened_with", "x", "helt tall"),
            ("opened_with", "9" * 30, "Det kom en ny rapport"),
        ],
    )
    def test_is_said_and_nothing_is_saved_or_lost(
        self, client, manager, project, field, value, words
    ):
        StatusReportFactory(project=project)
        client.force_login(manager)

        response = client.post(report_url(project), filled_in(project) | {field: value})

        assertContains(response, "ds-error-summary")
        assertContains(response, words)
        form = response.context["form"]
        assert form["status_text"].value() == "Leverandøren er forsinket."
        assert project.status_reports.count() == 1

    def test_is_not_html_which_is_shown_as_it_was_typed(self, client, manager, project):
        script = "<script>alert(1)</script>"
        client.force_login(manager)

        response = client.post(
            report_url(project), filled_in(project, status_text=script), follow=True
        )

        assertNotContains(response, script)
        assertContains(response, "&lt;script&gt;alert(1)")

    def test_is_that_too_much_was_sent(self, client, manager, project):
        client.force_login(manager)

        response = client.post(report_url(project), {"status_text": "x" * 10_000_000})

        assert response.status_code == 413

    def test_dates_are_understood_as_people_write_them(self, client, manager, project):
        client.force_login(manager)

        client.post(report_url(project), filled_in(project, reported_on="1.3.26"))

        assert StatusReport.objects.get().reported_on == datetime.date(2026, 3, 1)
