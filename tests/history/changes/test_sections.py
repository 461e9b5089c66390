"""The sections of the page: projects and milestones that came, went or changed."""

import datetime

import pytest
from django.db import connection
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from fkj_portfolio.history import true_from
from milestones.actions import move_milestone
from projects.models import Lifecycle, Project, Status
from tests.factories import MilestoneFactory
from tests.history.changes.portfolio import (
    APRIL,
    BETWEEN,
    JUNE,
    MARCH,
    MAY,
    change,
    report,
    reported,
    section,
    soup,
)

pytestmark = pytest.mark.django_db


class TestProjects:
    def test_was_resumed(self, client):
        project = reported(Status.ON_TRACK, lifecycle=Lifecycle.PAUSED)
        change(project, lifecycle=Lifecycle.ACTIVE)

        assert "Satt på pause → Under kontroll" in section(soup(client.get(BETWEEN)), "resumed")

    def test_was_deleted_and_is_named_without_a_link(self, client):
        project = reported(None, title="Borte")
        with true_from(APRIL):
            Project.objects.filter(pk=project.pk).delete()

        page = soup(client.get(BETWEEN))
        assert section(page, "deleted") == "Slettet (1) Borte Før: Ikke rapportert"
        assert not page.select("main a[href^='/prosjekter/']")

    def test_bears_the_mark_of_an_example(self, client):
        project = reported(Status.ON_TRACK, is_example=True)
        report(project, Status.CHALLENGES, "Nytt.")

        assert "Eksempel" in section(soup(client.get(BETWEEN)), "came-challenges")

    def test_text_is_never_read_as_html(self, client):
        project = reported(Status.ON_TRACK, title="<script>alert(1)</script>")
        report(project, Status.CHALLENGES, "<img src=x onerror=alert(1)> & mer.")

        response = client.get(BETWEEN)
        for written in ("<script>alert", "<img src=x"):
            assertContains(response, escape(written))
            assertNotContains(response, written)

    def test_that_changed_and_changed_back_has_not_changed(self, client):
        project = reported(Status.ON_TRACK)
        report(project, Status.CHALLENGES, "Uro.")
        report(project, Status.ON_TRACK, "Ro.", on=MAY)

        assertContains(
            client.get(BETWEEN), "Ingenting er endret mellom 15. mars 2026 og 15. mai 2026."
        )

    @pytest.mark.parametrize(
        ("time", "paused_on"),
        [
            # The nights when the clocks change: at 01:00 UTC in March and in October.
            ("2026-03-28 23:59 +0100", "2026-03-28"),
            ("2026-03-29 00:00 +0100", "2026-03-29"),
            ("2026-03-29 23:59 +0200", "2026-03-29"),
            ("2026-03-30 00:00 +0200", "2026-03-30"),
            ("2026-10-25 23:59 +0100", "2026-10-25"),
            ("2026-10-26 00:00 +0100", "2026-10-26"),
        ],
    )
    def test_a_change_just_before_midnight_belongs_to_that_day(self, client, time, paused_on):
        project = reported(Status.ON_TRACK)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('portfolio.true_from', %s, true)", [time])
            Project.objects.filter(pk=project.pk).update(lifecycle=Lifecycle.PAUSED)
            cursor.execute("SELECT set_config('portfolio.true_from', '', true)")

        last = datetime.date.fromisoformat(paused_on)
        before = last - datetime.timedelta(days=1)
        page = soup(client.get(f"/endringer/?fra={before}&til={last}"))
        assert page.find(id="paused")
        page = soup(
            client.get(f"/endringer/?fra={before - datetime.timedelta(days=1)}&til={before}")
        )
        assert page.find(id="paused") is None


class TestMilestones:
    @pytest.fixture
    def project(self):
        return reported(Status.ON_TRACK, title="Prosjektet")

    def make(self, project, **values):
        with true_from(MARCH):
            return MilestoneFactory(project=project, original_due_on=APRIL, **values)

    def test_was_delivered(self, client, project, office):
        milestone = self.make(project, code="MP1", title="Plan")
        with true_from(MAY):
            milestone.deliver(on=MAY, by=office)

        delivered = section(soup(client.get(BETWEEN)), "delivered")
        assert "MP1 - Plan Prosjektet 01.05.2026, levert 30 dager etter frist" in delivered
        assert "registrert" not in delivered

    def test_was_delivered_before_and_recorded_within(self, client, project, office):
        milestone = self.make(project, code="MP1", title="Plan")
        with true_from(MAY):
            milestone.deliver(on=MARCH, by=office)

        delivered = section(soup(client.get(BETWEEN)), "delivered")
        words = "MP1 - Plan Prosjektet 01.03.2026, levert 31 dager før frist, registrert 01.05.2026"
        assert words in delivered

    def test_was_moved_twice(self, client, project, office):
        milestone = self.make(project)
        for day, to, cause in ((APRIL, MAY, "supplier"), (MAY, JUNE, "legal")):
            with true_from(day):
                move_milestone(milestone=milestone, to=to, by=office, cause=cause, reason="Fordi.")

        moved = section(soup(client.get(BETWEEN)), "moved")
        assert moved.startswith("Flyttet (1)")
        assert "Flyttet fra 01.04.2026 til 01.05.2026, 30 dager senere. Leverandør: Fordi." in moved
        assert "I alt 61 dager senere." in moved

    def test_moved_there_and_back_is_told(self, client, project, office):
        milestone = self.make(project)
        for day, to in ((APRIL, MAY), (MAY, APRIL)):
            with true_from(day):
                move_milestone(
                    milestone=milestone, to=to, by=office, cause="other", reason="Fordi."
                )

        assert "30 dager tidligere" in section(soup(client.get(BETWEEN)), "moved")

    def test_was_taken_back(self, client, project):
        reopened = self.make(project, code="MP1", delivered=True, delivered_on=MARCH)
        restored = self.make(project, code="MP2", obsolete=True)
        with true_from(APRIL):
            reopened.reopen()
            restored.restore()

        page = soup(client.get(BETWEEN))
        assert "MP1" in section(page, "reopened")
        assert "MP2" in section(page, "restored")

    def test_was_added_and_another_deleted(self, client, project):
        gone = self.make(project, code="MP1")
        with true_from(APRIL):
            MilestoneFactory(project=project, code="MP2")
            gone.delete()

        page = soup(client.get(BETWEEN))
        assert "MP2" in section(page, "added")
        assert "MP1" in section(page, "deleted")

    def test_of_a_new_project_counts_only_what_was_done_in_the_period(self, client):
        reported(Status.ON_TRACK)
        project = reported(Status.ON_TRACK, on=APRIL)
        with true_from(APRIL):
            MilestoneFactory(project=project, code="MP1", delivered=True, delivered_on=MARCH)
            MilestoneFactory(project=project, code="MP2", delivered=True, delivered_on=APRIL)

        page = soup(client.get(BETWEEN))
        assert "MP2" in section(page, "delivered")
        assert "MP1" not in section(page, "delivered")
        assert page.find(id="added") is None
