"""What the database does that no field says: it is what the files of SQL and the models say, and no more."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from fkj_portfolio import prepare
from fkj_portfolio.migrating import installed_files, operations_of
from fkj_portfolio.sql import AsOf, InstallSql, digest_of, sql_files
from projects.models import Project
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db

#: Each definition by what it is called. What Django and pgtrigger make of the models is theirs.
DEFINITIONS = """
    SELECT 'function ' || oid::regprocedure, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'as_of'))
        AND proname !~ '^_?(pgtrigger|pgh)_'
    UNION ALL
    SELECT 'trigger ' || tgname || ' on ' || tgrelid::regclass, pg_get_triggerdef(oid)
    FROM pg_trigger WHERE NOT tgisinternal AND tgname !~ '^pgtrigger_'
    UNION ALL
    SELECT 'view ' || oid::regclass, pg_get_viewdef(oid) FROM pg_class
    WHERE relkind = 'v' AND relnamespace IN (
        SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'as_of')
    )
    UNION ALL
    SELECT 'constraint ' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE conname ~ '_go_with_their_project$'
    UNION ALL
    SELECT 'schema ' || nspname, '' FROM pg_namespace WHERE nspname = 'as_of'
"""


def definitions() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(DEFINITIONS)
        return dict(cursor.fetchall())


class TestInstalled:
    @pytest.fixture
    def loader(self):
        return MigrationLoader(connection)

    @pytest.fixture
    def operations(self, loader):
        state = loader.project_state()
        return [
            (operation, (app, schema_editor, state, state))
            for schema_editor in [connection.schema_editor(atomic=False)]
            for app, operation in operations_of(loader.graph)
            if isinstance(operation, AsOf | InstallSql)
        ]

    def test_is_what_the_files_and_the_models_say(self, operations):
        before = definitions()

        for operation, where in operations:
            operation.database_forwards(*where)

        assert len(before) > 80
        assert definitions() == before

    def test_is_every_file_as_it_stands(self, loader):
        assert installed_files(loader.graph) == {file: digest_of(file) for file in sql_files()}

    def test_is_taken_away_whole_and_nothing_is_of_no_file(self, operations):
        before = definitions()
        with connection.cursor() as cursor:
            # Its table goes first, otherwise.
            cursor.execute("DROP INDEX projects_titleword_trigrams")

        for operation, where in reversed(operations):
            operation.database_backwards(*where)
        assert definitions() == {}

        for operation, where in operations:
            operation.database_forwards(*where)
        assert definitions() == before

    def test_is_there_for_the_migrations_that_need_it_whatever_it_says(self, operations):
        needed = [(each, where) for each, where in operations if getattr(each, "is_needed", False)]
        for operation, where in needed:
            InstallSql(operation.file, "of then", is_needed=True).database_forwards(*where)

        files = {operation.file for operation, _where in needed}
        assert files == {"projects/sql/any_day.sql", "projects/sql/text.sql"}

    def test_counts_and_gathers_anew_what_a_new_version_may_count_otherwise(self, operations):
        project = ProjectFactory(title="Journal")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
            cursor.execute("UPDATE projects_projectfigures SET delivered_count = 9")
            cursor.execute("UPDATE projects_projectwords SET everywhere = ''")
            cursor.execute("SET LOCAL session_replication_role = 'origin'")
            # A migration begins with nothing pending.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        for operation, where in operations:
            operation.database_forwards(*where)

        assert Project.objects.get(figures__delivered_count=0) == project
        assert [*Project.objects.search("journal")] == [project]

    def test_is_passed_over_when_a_later_version_is_installed_later(self, operations):
        before = definitions()
        install, where = next(each for each in operations if isinstance(each[0], InstallSql))
        renewal = InstallSql(install.file, "of then", renews=True)

        renewal.database_forwards(*where)
        renewal.database_backwards(*where)

        assert definitions() == before


class TestOfAnyDay:
    @pytest.mark.parametrize("table", ["projects_projectfigures", "projects_projectwords"])
    def test_is_computed_only_for_the_projects_that_are_asked_for(self, table):
        """A function that PostgreSQL calls instead of reading through it would read all of them."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL portfolio.as_of = '2026-01-01'")
            cursor.execute(f"EXPLAIN SELECT * FROM as_of.{table} WHERE project_id = 1")
            plan = "\n".join(line for (line,) in cursor.fetchall())

        assert "(id = 1)" in plan
        assert "Function Scan" not in plan


class TestDatabaseOfAnotherVersion:
    @pytest.fixture(autouse=True)
    def other(self):
        MigrationRecorder(connection).record_applied(
            "projects", "0002_record_since_when_it_was_true"
        )

    def test_is_not_migrated(self):
        with pytest.raises(CommandError, match=r"such as projects\.0002_record.+empty database: "):
            call_command("migrate", verbosity=0)

    def test_ends_a_start_with_a_sentence(self, monkeypatch):
        # Closes the connection, and with it the transaction of the test.
        monkeypatch.setattr(prepare.connection, "close", lambda: None)

        with pytest.raises(SystemExit, match="The database was made by another version"):
            prepare.main()

    @pytest.mark.parametrize(
        ("is_private", "advice"),
        [(True, "empty database: move /.+ away"), (False, "let DATABASE_URL name it")],
    )
    def test_is_moved_away_only_with_a_server_of_our_own(self, monkeypatch, is_private, advice):
        monkeypatch.setattr("fkj_portfolio.upgrades.is_private", lambda data, root: is_private)

        with pytest.raises(CommandError, match=advice):
            call_command("migrate", verbosity=0)
