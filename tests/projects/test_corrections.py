"""A report is never changed or lost; what was wrong is corrected by a new one that says so."""

import pgtrigger
import pytest
from django.contrib import admin
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from projects.models import Status, StatusReport
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
            "INSERT INTO projects_statusreport SELECT * FROM projects_statusreport"
            " ON CONFLICT (id) DO UPDATE SET status = 'challenges'",
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
        with (
            pytest.raises(IntegrityError, match=STANDS),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            for table in ("projects_statusreport", "projects_statusreportevent"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER reports_stand")
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
