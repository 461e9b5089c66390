"""The mark of what the portfolio contains: another when a page would be another, and only then."""

import re
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from fkj_portfolio.content_cache import ANSWERS, OpenContentCache
from fkj_portfolio.page_cache import PAGES
from projects.models import Owner, PortfolioSettings, Project
from tests.accounts.visitors import PASSWORD, log_in
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

#: Kept by the triggers of tables that have a mark, in the same transaction.
DERIVED = {"projects_projectfigures", "projects_projectwords", "projects_titleword"}
#: Read of a past day, and written with the tables that they are about.
EVENTS = re.compile(r"event$|^as_of\.")
#: Read in the same transaction for what is not shown.
UNSHOWN = {"projects_contentmark"}
TABLE = re.compile(r'(?:FROM|JOIN)\s+"?((?:as_of\.|public\.)?[a-z_]+)"?', re.IGNORECASE)


def mark(slug=""):
    with connection.cursor() as cursor:
        if slug:
            cursor.execute("SELECT projects_content_mark_of(%s)", [slug])
        else:
            cursor.execute("SELECT projects_content_mark()")
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def _nothing_remembered():
    PAGES.answers.clear()
    ANSWERS.answers.clear()


@pytest.fixture
def project():
    project = ProjectFactory(
        slug="fkj", owner=OwnerFactory(name="KS"), main_goal=StrategicGoalFactory()
    )
    StatusReportFactory(project=project)
    MilestoneFactory(project=project)
    return project


@pytest.fixture
def other():
    return ProjectFactory(slug="annet")


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

        with connection.cursor() as cursor:
            cursor.execute("SELECT projects_fold_content_marks()")
            cursor.execute("SELECT count(*), count(DISTINCT scope) FROM projects_contentmark")
            rows, scopes = cursor.fetchone()

        assert (mark(), mark("fkj"), mark("annet")) == before
        assert rows == scopes

    def test_waits_for_nobody_who_is_folding(self, project, connect):
        with connect() as first, connect() as second:
            first.execute("SELECT projects_fold_content_marks()")
            second.execute("SET statement_timeout = '5s'")
            second.execute("SELECT projects_fold_content_marks()")
            second.execute("UPDATE projects_project SET title = 'Ny'")


@pytest.fixture
def connect():
    """Connections beside that of the test, each with a transaction of its own."""
    settings = connection.get_connection_params()
    arguments = {
        name: settings[name]
        for name in ("host", "port", "user", "password", "dbname")
        if settings.get(name)
    }

    @contextmanager
    def connect():
        with psycopg.connect(**arguments) as opened:
            yield opened

    return connect


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

        found = [
            "".join(
                sorted(re.findall(r'/prosjekter/[abc]/">([abcABC])</a>', each.content.decode()))
            )
            for each in shown
        ]
        assert found == ["abc", "Cab", "BCa", "ABC"]

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


class TestTables:
    @pytest.fixture
    def read(self, monkeypatch):
        """The tables that are read while something is made that is remembered."""
        read = set()
        recall = OpenContentCache.recall

        def listening(self, key, find, **options):
            def note(execute, sql, *others):
                read.update(table.removeprefix("public.") for table in TABLE.findall(sql))
                return execute(sql, *others)

            def found():
                with connection.execute_wrapper(note):
                    return find()

            return recall(self, key, found, **options)

        monkeypatch.setattr(OpenContentCache, "recall", listening)
        return read

    def test_that_a_remembered_page_reads_have_a_mark(self, project, office, read):
        SavedViewFactory(is_standard=True, owner=office, slug="standard", query="status=x")
        for client in (Client(), Client()):
            for address in (
                *("/?visning=alle", "/?vis=tidslinje", "/?vis=fordeling", "/?sok=journal&eier=ks"),
                *("/?grupper=mal&kolonner=segment,kontaktperson,mal", "/prosjekter/fkj/"),
                *("/endringer/", "/sok/?sok=journal", "/sok/?sok=journl"),
            ):
                assert client.get(address, follow=True).status_code == 200
            client.force_login(office)
        office_client = Client()
        office_client.force_login(office)
        office_client.get("/?leder=ingen&visning=alle")

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'content_mark_update'"
            )
            marked = {table for (table,) in cursor.fetchall()}
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = {table for (table,) in cursor.fetchall()}
        shown = {table for table in read & tables if not EVENTS.search(table)}
        assert {"projects_project", "milestones_milestone", "projects_owner"} <= shown
        assert shown - DERIVED - UNSHOWN <= marked
