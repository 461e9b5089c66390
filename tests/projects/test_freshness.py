"""Freshness of a status: when the next report is due, and what is said when it is late."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from projects.models import Lifecycle, PortfolioSettings, Project
from tests.factories import ProjectFactory, StatusReportFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]

TODAY = datetime.date(2026, 7, 10)
MARCH = datetime.date(2026, 3, 2)


def measured(project, *, today=TODAY, **rules):
    if rules:
        PortfolioSettings(**rules).save()
    projects = Project.objects.with_latest_report()
    return projects.with_report_due(today=today).get(pk=project.pk)


def text_of(response, selector="main"):
    return " ".join(
        BeautifulSoup(response.content, "html.parser").select_one(selector).text.split()
    )


class TestReportDue:
    def test_counts_the_days_of_the_portfolio(self, project):
        StatusReportFactory(project=project, reported_on=MARCH)

        due_on = measured(project, report_interval_days=30).report_due_on

        assert due_on == datetime.date(2026, 4, 1)

    def test_counts_the_days_of_the_project_when_it_has_its_own(self):
        project = ProjectFactory(report_interval_days=7)
        StatusReportFactory(project=project, reported_on=MARCH)

        assert measured(project).report_due_on == datetime.date(2026, 3, 9)

    @pytest.mark.parametrize(("day", "is_late"), [(8, False), (9, False), (10, True)])
    def test_is_late_from_the_day_after(self, day, is_late):
        project = ProjectFactory(report_interval_days=7)
        StatusReportFactory(project=project, reported_on=MARCH)

        found = measured(project, today=datetime.date(2026, 3, day))

        assert found.is_report_late is is_late

    @pytest.mark.parametrize("lifecycle", [Lifecycle.PLANNED, Lifecycle.PAUSED, Lifecycle.CLOSED])
    def test_is_never_when_the_project_is_not_active(self, lifecycle):
        project = ProjectFactory(lifecycle=lifecycle)
        StatusReportFactory(project=project, reported_on=datetime.date(2020, 1, 1))

        found = measured(project)

        assert (found.report_due_on, found.is_report_late) == (None, False)

    def test_counts_the_first_from_the_publication_in_norway(self):
        late = datetime.datetime(2026, 1, 15, 23, 30, tzinfo=datetime.UTC)
        found = measured(ProjectFactory(published_at=late), report_interval_days=10)

        assert found.report_due_on == datetime.date(2026, 1, 26)

    def test_waits_for_nothing_before_the_publication(self):
        assert measured(ProjectFactory(draft=True)).report_due_on is None


class TestInWords:
    def test_says_until_when_it_holds(self, client, project):
        StatusReportFactory(project=project, reported_on=datetime.date(2026, 6, 1))

        text = text_of(client.get(project.get_absolute_url()), ".page-header")

        assert "Sist bekreftet 1. juni 2026 · neste rapport innen 29. september 2026" in text
        assert "Ikke oppdatert" not in text

    def test_says_to_everyone_that_it_is_late_without_alarm(self, client, project):
        StatusReportFactory(project=project, reported_on=MARCH)

        response = client.get(project.get_absolute_url())

        header = BeautifulSoup(response.content, "html.parser").select_one(".page-header")
        assert "Ikke oppdatert siden 2. mars 2026" in " ".join(header.text.split())
        assert not header.select(".overdue, [data-color=danger], [data-color=warning]")

    def test_says_to_staff_who_confirmed_it(self, client, project, staff, manager):
        StatusReportFactory(project=project, reported_on=MARCH, reported_by=manager)
        page = project.get_absolute_url()
        assertNotContains(client.get(page), "av Leder Larsen")
        client.force_login(staff)

        assert "Ikke oppdatert siden 2. mars 2026 (av Leder Larsen)" in text_of(client.get(page))

    def test_says_when_the_first_report_was_due(self, client, project):
        text = text_of(client.get(project.get_absolute_url()))

        assert "Den første rapporten skulle kommet innen 15. mai 2026." in text

    @pytest.mark.parametrize("lifecycle", [Lifecycle.PAUSED, Lifecycle.CLOSED])
    def test_says_nothing_of_late_when_nobody_waits(self, client, lifecycle):
        project = ProjectFactory(lifecycle=lifecycle)
        StatusReportFactory(project=project, reported_on=MARCH)

        for address in ("/", project.get_absolute_url()):
            response = client.get(address)
            assertNotContains(response, "Ikke oppdatert")
            assertNotContains(response, "neste rapport")

    def test_is_said_in_the_overview(self, client, project):
        StatusReportFactory(project=project, reported_on=MARCH)

        assert "Ikke oppdatert siden 02.03.2026" in text_of(client.get("/"), "tbody")

    def test_is_said_where_she_works(self, client, project, manager):
        StatusReportFactory(project=project, reported_on=timezone.localdate())
        client.force_login(manager)

        assertContains(client.get("/mine/"), "neste rapport innen")
