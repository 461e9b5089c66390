"""The mark of what the portfolio contains: another when a page would be another, and only then."""

import time

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from projects.models import Owner, PortfolioSettings, Project
from tests.accounts.visitors import PASSWORD, log_in
from tests.content_marks.shown import mark, titles
from tests.factories import (
    MilestoneFactory,
    ProjectFactory,
    SavedViewFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


def fold_and_count():
    with connection.cursor() as cursor:
        cursor.execute("SELECT projects_fold_content_marks()")
        cursor.execute("SELECT count(*), count(DISTINCT scope) FROM projects_contentmark")
        return cursor.fetchone()


class TestMark:
    def test_is_another_after_every_change_of_what_is_shown(self, project):
        owner, milestone = project.owner, project.milestones.get()
        changes = [
            lambda: Project.objects.filter(pk=project.pk).update(title="Ny"),
            lambda: Owner.objects.filter(pk=owner.pk).update(name="Nytt navn"),
            lambda: milestone.deliver(on=timezone.localdate(), by=None),
            lambda: StatusReportFactory(project=project),
            lambda: project.managers.add(UserFactory()),
            lambda: project.managers.clear(),
            lambda: project.further_goals.add(StrategicGoalFactory()),
            lambda: PortfolioSettings.objects.create(),
            lambda: SavedViewFactory(),
            lambda: UserFactory(name="Ny"),
            lambda: ProjectFactory().delete(),
        ]
        seen = {mark()}

        for number, change in enumerate(changes, start=1):
            change()
            seen.add(mark())
            assert len(seen) == number + 1, number

    def test_of_a_project_is_another_after_its_own_changes_and_those_of_what_is_shared(
        self, project, other
    ):
        before = mark("fkj")

        Project.objects.filter(pk=other.pk).update(title="Ny")
        StatusReportFactory(project=other)
        MilestoneFactory(project=other)
        SavedViewFactory(owner=UserFactory())
        shared = mark("fkj")
        project.milestones.update(title="Ny")
        own = mark("fkj")
        Owner.objects.filter(pk=project.owner_id).update(name="Nytt navn")

        # A new user may be named on any page.
        assert shared != before
        assert len({shared, own, mark("fkj")}) == 3

    def test_of_a_project_stays_when_another_changes(self, project, other):
        before = mark("fkj")

        Project.objects.filter(pk=other.pk).update(title="Ny")
        StatusReportFactory(project=other)
        MilestoneFactory(project=other).deliver(on=timezone.localdate(), by=None)

        assert mark("fkj") == before

    def test_stays_when_somebody_logs_in_and_out(self):
        user = UserFactory()
        user.set_password(PASSWORD)
        user.save()
        before = mark()
        client = Client()

        log_in(client, user.email)
        client.post("/konto/logg-ut/")
        user.refresh_from_db()

        assert user.last_login
        assert "_auth_user_id" not in client.session
        assert mark() == before

    def test_stays_when_a_transaction_is_rolled_back(self, project):
        before = mark()

        with transaction.atomic():
            ProjectFactory()
            transaction.set_rollback(True)

        assert mark() == before

    def test_is_none_in_a_transaction_that_has_written(self):
        with transaction.atomic():
            ProjectFactory()

            assert mark() is None

    def test_stays_when_it_is_folded(self, project, other):
        Project.objects.filter(pk=other.pk).update(title="Ny")
        before = mark(), mark("fkj"), mark("annet")

        rows, scopes = fold_and_count()
        assert (mark(), mark("fkj"), mark("annet")) == before
        # What somebody else in this PostgreSQL has begun, another test, keeps from the newest being folded.
        patience = time.monotonic() + 120
        while rows != scopes and time.monotonic() < patience:
            time.sleep(0.5)
            rows, scopes = fold_and_count()
        assert rows == scopes
        assert (mark(), mark("fkj"), mark("annet")) == before

    def test_is_folded_by_those_who_write(self, project, connect):
        with connect() as writer:
            writer.autocommit = True
            # The same numbers each time; what others do in this PostgreSQL may put it off for a while.
            writer.execute("SELECT setseed(0.5)")
            for number in range(1, 20_000):
                writer.execute("UPDATE projects_project SET title = %s", [str(number)])
                (rows,) = writer.execute("SELECT count(*) FROM projects_contentmark").fetchone()
                if rows <= number:
                    break

        assert number < 20_000 - 1

    def test_waits_for_nobody_who_is_folding(self, project, connect):
        with connect() as first, connect() as second:
            first.execute("SELECT projects_fold_content_marks()")
            second.execute("SET statement_timeout = '5s'")
            second.execute("SELECT projects_fold_content_marks()")
            second.execute("UPDATE projects_project SET title = 'Ny'")


class TestOtherTransactions:
    def test_are_seen_in_whichever_order_they_end(self, client, connect):
        for name in "abc":
            ProjectFactory(slug=name, title=name)
        with connect() as first, connect() as second, connect() as third:
            for name, each in zip("abc", (first, second, third), strict=True):
                each.execute(
                    "UPDATE projects_project SET title = upper(title) WHERE slug = %s", [name]
                )
            shown = [client.get("/")]
            for each in (third, second, first):
                each.commit()
                shown.append(client.get("/"))

        assert [titles(each) for each in shown] == ["abc", "Cab", "BCa", "ABC"]

    def test_that_are_long_are_seen_however_many_come_meanwhile(self, project, other, connect):
        with connect() as long:
            long.execute("UPDATE projects_project SET title = 'Sent' WHERE slug = 'annet'")
            for number in range(300):
                Project.objects.filter(pk=project.pk).update(title=f"Nr. {number}")
            with connection.cursor() as cursor:
                cursor.execute("SELECT projects_fold_content_marks()")
            before = mark()
            long.commit()

        assert mark() != before
