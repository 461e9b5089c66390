"""Days of a report: that of its deliveries, others' of the same day, the timeline and the trend."""

import datetime

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from projects.models import RiskLevel, Status, StatusReport
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory
from tests.past import at
from tests.project_page.status_report_detail.pages import day, page_of

pytestmark = pytest.mark.django_db


class TestTheDayOfTheMilestones:
    def test_is_the_day_of_recording_when_the_project_was_not_here_before(self, client, project):
        report = StatusReportFactory(project=project, reported_on=day("2020-01-01"))

        response = client.get(page_of(report))

        assert response.context["stand"].day == timezone.localdate()
        assertContains(response, "<dt>Registrert</dt>")

    def test_ends_when_the_report_of_that_day_was_recorded(self, client, monkeypatch):
        with at("2026-03-02 09:00"):
            project = ProjectFactory()
            milestone = MilestoneFactory(project=project, title="Som den het")
        noon = datetime.datetime.fromisoformat("2026-03-02T12:00+01:00")
        with at("2026-03-02 12:00"), monkeypatch.context() as clock:
            clock.setattr(timezone, "now", lambda: noon)
            report = StatusReportFactory(project=project, reported_on=noon.date())
        with at("2026-03-02 15:00"):
            milestone.title = "Som den heter"
            milestone.save()

        response = client.get(page_of(report))

        assertContains(response, "Som den het<")
        assertNotContains(response, "Som den heter")

    def test_is_hidden_from_readers_where_the_project_was_not_published(
        self, client, staff, manager
    ):
        draft = ProjectFactory(draft=True, managers=[manager])
        MilestoneFactory(project=draft, title="Hemmelig")
        report = StatusReportFactory(project=draft, reported_on=timezone.localdate())
        assert client.get(page_of(report)).status_code == 404
        client.force_login(staff)

        assertContains(client.get(page_of(report)), "Hemmelig")


class TestReportsOfOneDay:
    @pytest.fixture
    def reports(self, project, monkeypatch) -> list[StatusReport]:
        """The first was recorded in the morning, its two corrections later, the last on another day."""
        first = None
        for time in ("2026-03-02T09:05+01:00", "2026-03-02T16:22+01:00", "2026-03-03T10:00+01:00"):
            now = datetime.datetime.fromisoformat(time)
            with monkeypatch.context() as clock:
                clock.setattr(timezone, "now", lambda now=now: now)
                report = StatusReportFactory(
                    project=project, reported_on=day("2026-03-02"), corrects=first
                )
            first = first or report
        return list(project.status_reports.newest_first())

    def test_are_told_apart_by_their_times(self, client, project, reports):
        third, second, first = reports

        timeline = client.get(project.get_absolute_url())
        page = client.get(page_of(second))

        assertContains(timeline, ">2. mars 2026 kl. 09:05</time>")
        assertContains(timeline, ">2. mars 2026 kl. 16:22</time>")
        assertContains(timeline, ">2. mars 2026 (registrert 3. mars 2026 kl. 10:00)</time>")
        assertContains(page, "<h1>Statusrapport 2. mars 2026 kl. 16:22</h1>")
        assertContains(page, "rapporten fra 2. mars 2026 kl. 09:05</a>", count=1)
        assertContains(page, "Siden rapporten fra 2. mars 2026 kl. 09:05")
        assertContains(client.get(page_of(first)), "rapporten fra 2. mars 2026 kl. 16:22</a>")
        assertContains(page, f'<a rel="next" href="{page_of(third)}">')

    def test_need_no_time_when_there_is_one(self, client, april):
        assertNotContains(client.get(page_of(april)), " kl. ")


class TestTimeline:
    def test_leads_to_each_report(self, client, story, imported, april, may):
        response = client.get(story.get_absolute_url())

        for report in (imported, april, may):
            assertContains(response, f'href="{page_of(report)}"')
        assertContains(response, "Kvalitetssikringen tar lengre tid enn planlagt.")

    def test_is_one_link_for_one_report(self, client, project):
        report = StatusReportFactory(project=project)

        assertContains(client.get(project.get_absolute_url()), f'href="{page_of(report)}"')


class TestTrend:
    @pytest.mark.parametrize(
        ("statuses", "words"),
        [
            ([Status.ON_TRACK], None),
            ([Status.ON_TRACK, Status.ON_TRACK], "(uendret siden 1. januar 2026)"),
            ([Status.CHALLENGES, Status.ON_TRACK], "(bedre enn 1. januar 2026)"),
            ([Status.ON_TRACK, Status.CHALLENGES], "(dårligere enn 1. januar 2026)"),
            (
                [Status.CHALLENGES, Status.ON_TRACK, Status.ON_TRACK, Status.ON_TRACK],
                "(uendret siden 2. januar 2026)",
            ),
            (
                [Status.ON_TRACK, Status.CHALLENGES, Status.ON_TRACK],
                "(bedre enn 2. januar 2026)",
            ),
        ],
    )
    def test_stands_beside_the_status(self, client, project, statuses, words):
        for number, status in enumerate(statuses, start=1):
            reported_on = datetime.date(2026, 1, number)
            StatusReportFactory(
                project=project,
                status=status,
                reported_on=reported_on,
                risk_level=RiskLevel.NOT_REPORTED,
            )

        response = client.get(project.get_absolute_url())

        if words:
            assertContains(response, words)
        else:
            assertNotContains(response, 'class="change"')
