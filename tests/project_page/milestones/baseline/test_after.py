"""Baselines after they are set: in the row, the database and the past."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from fkj_portfolio.history import as_of, true_from
from milestones.actions import move_milestone, set_baseline
from milestones.models import Baseline, Milestone
from milestones.words import slip_from_original_in_words
from tests.factories import MilestoneFactory, ProjectFactory
from tests.project_page.milestones.baseline.forms import JULY_10, MAY_1, OCTOBER_5


class TestRow:
    @pytest.fixture(autouse=True)
    def _baseline(self, project, moved, office):
        set_baseline(
            project=project, milestones=[moved], decision="Sak 1", decided_on=MAY_1, by=office
        )

    def test_tells_everyone_but_who(self, client, project):
        response = client.get(project.get_absolute_url())

        assertContains(response, "Ny grunnlinje")
        assertContains(response, "Vedtak: Sak 1, 01.05.2026")
        assertNotContains(response, "Satt av")

    @pytest.mark.parametrize(
        ("due_on", "words", "from_original"),
        [
            (OCTOBER_5, "i rute etter ny grunnlinje", "87 dager etter opprinnelig frist"),
            (
                datetime.date(2026, 10, 17),
                "12 dager etter ny grunnlinje",
                "99 dager etter opprinnelig frist",
            ),
            (
                datetime.date(2026, 10, 4),
                "1 dag før ny grunnlinje",
                "86 dager etter opprinnelig frist",
            ),
            (JULY_10, "87 dager før ny grunnlinje", "på opprinnelig frist"),
        ],
    )
    def test_counts_from_the_baseline(self, client, project, moved, due_on, words, from_original):
        if due_on != moved.due_on:
            move_milestone(milestone=moved, to=due_on, by=None)

        response = client.get(project.get_absolute_url())

        assertContains(response, words[1:])
        assertContains(response, from_original[1:])

    @pytest.mark.parametrize(
        ("delivered_on", "words"),
        [
            (datetime.date(2026, 6, 5), "Levert 122 dager før ny grunnlinje, flyttet 1 gang"),
            (datetime.date(2026, 6, 10), "Levert 117 dager før ny grunnlinje, flyttet 1 gang"),
        ],
    )
    def test_of_a_delivered_one_counts_to_the_delivery(
        self, client, project, moved, office, delivered_on, words
    ):
        moved.deliver(on=delivered_on, by=office)

        response = client.get(project.get_absolute_url())

        assertContains(response, words)
        moved.refresh_from_db()
        assert slip_from_original_in_words(moved).endswith("før opprinnelig frist")

    def test_of_a_withdrawn_one_has_no_slip(self, moved):
        moved.withdraw(on=MAY_1, reason="Why")
        moved.refresh_from_db()

        assert slip_from_original_in_words(moved) == ""


class TestSetBaseline:
    def test_without_anything_to_set_makes_none(self, project, milestone, office):
        without_date = MilestoneFactory(project=project, original_due_on=None)

        baseline = set_baseline(
            project=project,
            milestones=[milestone, without_date],
            decision="Sak",
            decided_on=MAY_1,
            by=office,
        )

        assert baseline is None
        assert not Baseline.objects.exists()


class TestDatabase:
    @pytest.mark.django_db
    def test_locks_the_original_date_when_the_project_is_first_published(self, manager):
        project = ProjectFactory(draft=True)
        milestone = MilestoneFactory(project=project, original_due_on=MAY_1)
        Milestone.objects.update(original_due_on=JULY_10, due_on=JULY_10)
        project.publish()

        with (
            pytest.raises(IntegrityError, match="original_due_date_is_locked"),
            transaction.atomic(),
        ):
            Milestone.objects.update(original_due_on=MAY_1)

        project.unpublish()
        sql = "UPDATE milestones_milestone SET original_due_on = NULL"
        with (
            pytest.raises(IntegrityError, match="original_due_date_is_locked"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
        milestone.refresh_from_db()
        assert milestone.original_due_on == JULY_10

    def test_sets_no_baseline_without_a_decision(self, moved):
        with pytest.raises(IntegrityError, match="new_baseline_refers_to_a_decision"):
            Milestone.objects.update(new_baseline_on=OCTOBER_5)


class TestThePast:
    def test_shows_the_baseline_from_the_day_it_was_set(self, moved, project, office):
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        with true_from(datetime.date(2023, 1, 1)):
            old = ProjectFactory()
            milestone = MilestoneFactory(project=old, original_due_on=MAY_1, due_on=OCTOBER_5)
        set_baseline(
            project=old, milestones=[milestone], decision="Sak", decided_on=MAY_1, by=office
        )

        with as_of(yesterday):
            then = old.milestones.for_project_page().get()
            assert (then.baseline_on, list(then.baselines.all())) == (MAY_1, [])
        with as_of(datetime.date(2999, 1, 1)):
            later = old.milestones.for_project_page().get()
            assert later.baseline_on == OCTOBER_5
            assert [str(date.baseline.set_by) for date in later.baselines.all()] == [str(office)]


class TestWithoutDates:
    @pytest.mark.parametrize("path", ["/", "/prosjekter/fkj/"])
    def test_says_so_and_counts_in_no_slip(self, client, project, path):
        milestone = MilestoneFactory(project=project, original_due_on=None)

        response = client.get(path)

        assertContains(response, "ato ikke oppgitt")
        assertNotContains(response, "forfalt for")
        assert not milestone.is_overdue(today=datetime.date(2999, 1, 1))

    def test_delivered_without_a_date_counts_in_no_slip(self, client, project):
        MilestoneFactory(project=project, is_delivered=True)

        response = client.get("/prosjekter/fkj/")

        assertContains(response, "Dato ikke oppgitt")
        assertNotContains(response, "opprinnelig frist")
