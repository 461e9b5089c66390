"""A report is never changed or lost; what was wrong is corrected by a new one that says so."""

import datetime

import pgtrigger
import pytest
from django.contrib import admin
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from fkj_portfolio.history import as_of
from projects.models import Status, StatusReport
from tests.cast import cast_but
from tests.factories import ProjectFactory, StatusReportFactory

pytestmark = pytest.mark.django_db

STANDS = "a_report_is_never_changed_or_lost"


@pytest.fixture
def report(project, manager) -> StatusReport:
    return StatusReportFactory(project=project, reported_by=manager, status_text="Alt går bra.")


class TestReportStands:
    """Every route by which somebody might change or lose a report."""

    @pytest.fixture(autouse=True)
    def _still_stands(self, report):
        yield
        assert StatusReport.objects.get(pk=report.pk).status == Status.ON_TRACK

    @pytest.mark.parametrize(
        "change",
        [
            lambda report: report.save(),
            lambda report: report.delete(),
            lambda report: StatusReport.objects.update(status=Status.CHALLENGES),
            lambda report: StatusReport.objects.all().delete(),
            lambda report: StatusReport.objects.bulk_update([report], ["status"]),
            lambda report: report.project.status_reports.all()._raw_delete("default"),
        ],
    )
    def test_against_the_application(self, report, change):
        report.status = Status.CHALLENGES

        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change(report)

    def test_when_its_project_or_reporter_would_be_deleted(self, report, manager):
        with pytest.raises(ProtectedError):
            report.project.delete()
        with pytest.raises(ProtectedError):
            manager.delete()

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE projects_statusreport SET status = 'challenges'",
            "DELETE FROM projects_statusreport",
            (
                "INSERT INTO projects_statusreport TABLE projects_statusreport"
                " ON CONFLICT (id) DO UPDATE SET status = 'challenges'"
            ),
        ],
    )
    def test_against_plain_sql(self, sql):
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

    @pytest.mark.parametrize("table", ["projects_statusreport", "projects_statusreportevent"])
    @pytest.mark.parametrize("sql", ["UPDATE {} SET status = 'challenges'", "DELETE FROM {}"])
    def test_even_where_the_session_has_the_guards_ignored(self, table, sql):
        with (
            pgtrigger.ignore(),
            pytest.raises(IntegrityError, match=STANDS),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql.format(table))

    def test_has_no_page_in_the_admin(self):
        assert StatusReport not in admin.site._registry


class TestTruncate:
    @pytest.mark.parametrize(
        "sql",
        [
            "TRUNCATE projects_statusreport CASCADE",
            "TRUNCATE projects_project CASCADE",
            "TRUNCATE projects_statusreportevent",
        ],
    )
    def test_is_refused_but_to_the_tests(self, sql):
        with connection.cursor() as cursor:
            for table in ("projects_statusreport", "projects_statusreportevent"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER reports_stand")
            with pytest.raises(IntegrityError, match=STANDS):
                cursor.execute(sql)


class TestCorrects:
    def test_names_an_earlier_report_of_the_same_project(self, report):
        correction = StatusReportFactory(project=report.project, corrects=report)

        assert list(report.corrections.all()) == [correction]

    def test_names_none_of_another_project(self, report):
        with pytest.raises(IntegrityError, match="report_corrects_one_of_its_project"):
            StatusReportFactory(project=ProjectFactory(), corrects=report)

    def test_does_not_name_itself(self, report):
        with pytest.raises(IntegrityError, match="corrects"):
            StatusReportFactory(project=report.project, pk=report.pk + 1, corrects_id=report.pk + 1)


def form_of(report: StatusReport) -> str:
    address = reverse("projects:status_report_create", args=[report.project.slug])
    return f"{address}?retter={report.pk}"


def page_of(report: StatusReport) -> str:
    return reverse("projects:status_report_detail", args=[report.project.slug, report.pk])


def corrected(report: StatusReport, **changes: object) -> dict[str, object]:
    """Return what the form of a correction sends."""
    return {
        "status": Status.CHALLENGES,
        "status_text": "Det gikk ikke så bra.",
        "risk_level": report.risk_level,
        "risk_text": report.risk_text,
        "reported_on": timezone.localdate().strftime("%d.%m.%Y"),
        "opened_with": report.project.status_reports.newest_first()[0].pk,
    } | changes


class TestCorrect:
    @pytest.fixture(autouse=True)
    def _as_manager(self, client, manager):
        client.force_login(manager)

    def test_begins_with_what_was_reported(self, client, report):
        response = client.get(form_of(report))

        assertContains(response, "Rett rapporten fra 2. mars 2026 for Felles kommunal journal")
        assertContains(response, "Alt går bra.")
        assertNotContains(response, "Bekreft uendret")
        assert response.context["form"]["reported_on"].value() == timezone.localdate()

    def test_is_a_new_report_that_says_so_and_is_said_of_the_old(self, client, report):
        response = client.post(form_of(report), corrected(report), follow=True)

        assertContains(response, "Rettelsen er publisert.")
        correction = report.corrections.get()
        assert correction.status == Status.CHALLENGES
        assertContains(response, f'Retter <a href="{page_of(report)}">rapporten fra 2. mars 2026')
        assertContains(response, f'Rettet av <a href="{page_of(correction)}">rapporten fra')
        assertContains(client.get(page_of(correction)), f'Retter <a href="{page_of(report)}">')
        assertContains(client.get(page_of(report)), f'Rettet av <a href="{page_of(correction)}">')

    def test_is_found_however_many_reports_there_are(self, client, project):
        """Numbers are written with a space between the thousands, but not in addresses."""
        report = StatusReportFactory(project=project, pk=1_234_567)

        assertContains(client.get(page_of(report)), f'href="{form_of(report)}"')
        assertContains(client.get(form_of(report)), 'id="correction-1234567"')

    def test_twice_makes_one(self, client, report):
        sent = corrected(report)
        client.post(form_of(report), sent)
        client.post(form_of(report), sent)

        assert report.corrections.count() == 1

    def test_says_something_else(self, client, report):
        same = corrected(report, status=report.status, status_text=report.status_text)

        response = client.post(form_of(report), same)

        assertContains(response, "En rettelse må si noe annet enn rapporten den retter.")
        assert not report.corrections.exists()

    def test_of_an_older_one_begins_as_the_current_one_because_it_becomes_that(
        self, client, report
    ):
        current = StatusReportFactory(
            project=report.project,
            status=Status.MAJOR_CHALLENGES,
            status_text="Nå går det dårlig.",
            reported_on=report.reported_on + datetime.timedelta(days=20),
        )

        response = client.get(form_of(report))

        assertContains(response, "Rettelsen blir den gjeldende rapporten.")
        assertContains(response, "Alt går bra.")
        assert response.context["form"]["status_text"].value() == "Nå går det dårlig."
        client.post(form_of(report), corrected(report, opened_with=current.pk))
        assert report.corrections.count() == 1

    def test_is_refused_once_when_a_colleague_has_reported_meanwhile(self, client, report):
        sent = corrected(report)
        StatusReportFactory(project=report.project, status_text="Kontoret rapporterte.")

        response = client.post(form_of(report), sent)

        assertContains(response, "Det kom en ny rapport mens du skrev.")
        assertContains(response, "Kontoret rapporterte.")
        assert not report.corrections.exists()

    @pytest.mark.parametrize("named", ["x", "²", "-1", "0", "9" * 30, "9" * 3000, "%00", "1;2"])
    def test_of_no_report_is_not_found(self, client, report, named):
        address = form_of(report).partition("=")[0]

        assert client.get(f"{address}={named}").status_code == 404
        assert client.post(f"{address}={named}", corrected(report)).status_code == 404

    def test_of_a_report_of_another_project_is_not_found(self, client, report):
        foreign = StatusReportFactory()
        address = form_of(report).partition("=")[0]

        response = client.post(f"{address}={foreign.pk}", corrected(report))

        assert response.status_code == 404
        assert not foreign.corrections.exists()

    def test_of_nothing_is_an_ordinary_report(self, client, report):
        address = form_of(report).partition("=")[0]

        assertContains(client.get(f"{address}="), "Rapporter status for Felles kommunal journal")

    def test_comes_back_after_an_expired_session(self, client, report):
        client.logout()

        response = client.post(
            form_of(report),
            corrected(report),
            headers={"referer": f"http://testserver{form_of(report)}"},
        )

        assert response.url.endswith(f"retter%3D{report.pk}")


class TestWhoCorrects:
    @pytest.mark.parametrize("who", ["manager", "office"])
    def test_is_who_may_report(self, client, log_in, report, who):
        log_in(client, who)

        assertContains(client.get(page_of(report)), "Rett denne rapporten")
        client.post(form_of(report), corrected(report))
        assert report.corrections.count() == 1

    @pytest.mark.parametrize("who", cast_but("reader", "manager", "office"))
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_nobody_else(self, client, log_in, report, who, method):
        log_in(client, who)

        assertNotContains(client.get(page_of(report)), "Rett denne rapporten")
        assert getattr(client, method)(form_of(report), corrected(report)).status_code == 403
        assert not report.corrections.exists()

    def test_is_no_reader(self, client, report):
        assertNotContains(client.get(page_of(report)), "Rett denne rapporten")
        assert client.get(form_of(report)).status_code == 302


class TestThePast:
    def test_is_not_rewritten_by_a_correction(self, story, client):
        """A correction is true from the day it is made."""
        may = story.status_reports.newest_first()[0]
        client.force_login(story.managers.get())
        client.post(form_of(may), corrected(may, gap_reason="Fristene er avtalt på nytt."))
        correction = may.corrections.get()
        assert correction.reported_on == timezone.localdate()

        with as_of(datetime.date(2023, 5, 20)):
            assert story.status_reports.newest_first().first() == may
            assert not may.corrections.exists()
