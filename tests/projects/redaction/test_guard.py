"""The database, which keeps redactions and refuses changes of the past."""

import datetime

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from fkj_portfolio.history import as_of
from projects.models import Project, Redaction, StatusReport
from tests.factories import (
    ProjectFactory,
)
from tests.past import day
from tests.projects.redaction.words import MARK, take_away

pytestmark = pytest.mark.django_db


class TestGuard:
    """The database lets a redaction through, and nothing else."""

    @pytest.fixture
    def redaction(self, named, office):
        return take_away(named, office, "Journal")

    def refuses(self, sql):
        match = r"is_never_changed_or_lost"
        with (
            pgtrigger.ignore(),
            pytest.raises(IntegrityError, match=match),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

    @pytest.mark.parametrize(
        "table",
        [
            *("projects_projectevent", "projects_statusreport", "projects_statusreportevent"),
            *("milestones_milestoneevent", "milestones_datemoveevent", "milestones_baselineevent"),
        ],
    )
    def test_refuses_marks_without_a_redaction(self, named, table):
        text = {
            "projects_statusreport": "status_text",
            "projects_statusreportevent": "status_text",
            "milestones_datemoveevent": "reason",
            "milestones_baselineevent": "decision",
        }.get(table, "title")

        self.refuses(f"UPDATE {table} SET {text} = '{MARK}'")
        self.refuses(f"DELETE FROM {table}")

    @pytest.mark.parametrize(
        "change",
        [
            "title = title || ' og mer'",
            "title = replace(title, 'Ny', 'Gammel')",
            "title = '%%'",
            "title = ''",
            "lifecycle = 'closed'",
            "is_published = false",
            "link_url = 'https://example.no'",
            "slug = 'en-annen'",
            "pgh_true_from = pgh_true_from - interval '1 day'",
            "owner_id = NULL",
        ],
    )
    def test_refuses_other_changes_beside_a_redaction(self, redaction, change):
        self.refuses(f"UPDATE projects_projectevent SET {change}")

    def test_refuses_other_projects_beside_a_redaction(self, redaction):
        other = ProjectFactory()
        self.refuses(
            f"UPDATE projects_projectevent SET title = '{redaction.mark}' WHERE id = {other.pk}"
        )

    def test_refuses_what_a_redaction_of_another_time_says(self, redaction):
        with connection.cursor() as cursor:
            # Only who may alter the tables can do this, to play that it was yesterday.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(
                "UPDATE projects_redaction SET redacted_at = redacted_at - interval '1 day'"
            )
            cursor.execute("SET LOCAL session_replication_role = origin")
        self.refuses(f"UPDATE projects_projectevent SET title = '{redaction.mark}'")

    def test_keeps_redactions(self, redaction):
        with pytest.raises(Exception, match="rows from projects_redaction"), transaction.atomic():
            Redaction.objects.update(reason="mistake")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="stays_with_its_project"), transaction.atomic():
            redaction.delete()

    @pytest.mark.parametrize(
        ("values", "truth"),
        [
            ({"reason": "whim"}, "reason_is_known"),
            ({"mark": "Fjernet"}, "mark_says_when_and_why"),
            ({"mark": "[fjernet %]"}, "mark_says_when_and_why"),
            (
                {"redacted_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
                "redacted_at_is_now",
            ),
        ],
    )
    def test_refuses_redactions_that_are_none(self, project, office, values, truth):
        row = {"project": project, "reason": "personal", "mark": MARK, "texts": []}
        with pytest.raises(IntegrityError, match=truth):
            Redaction.objects.create(**row | {"redacted_by": office} | values)

    def test_lets_the_past_be_read_as_before(self, named, office):
        take_away(named, office)

        with as_of(day("2026-04-10")):
            project = Project.objects.with_latest_report().get()
            assert project.title == f"Journal for {MARK}"
            assert not Redaction.objects.exists()
            assert StatusReport.objects.get().contact_name == MARK
        with as_of(timezone.now() + datetime.timedelta(days=400)):
            assert Redaction.objects.count() == 1
