"""Every table that a remembered page reads has a mark."""

import re
from itertools import product

import pytest
from django.db import connection, transaction
from django.test import Client

from fkj_portfolio.content_cache import OpenContentCache
from tests.factories import SavedViewFactory

pytestmark = pytest.mark.django_db(transaction=True)

#: Kept by the triggers of tables that have a mark, in the same transaction.
DERIVED = {"projects_projectfigures", "projects_projectwords", "projects_titleword"}
#: Read of a past day, and written with the tables that they are about.
EVENTS = re.compile(r"event$|^as_of\.")
#: Read in the same transaction for what is not shown.
UNSHOWN = {"projects_contentmark"}
TABLE = re.compile(r'(?:FROM|JOIN)\s+"?((?:as_of\.|public\.)?[a-z_]+)"?', re.IGNORECASE)


def marked():
    """The tables of which every change, by whichever statement, makes another mark."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname ~ '^content_mark_(insert|update|delete|truncate)$' AND tgenabled = 'O'"
            " GROUP BY tgrelid HAVING count(*) = 4"
        )
        return {table for (table,) in cursor.fetchall()}


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

    @pytest.fixture
    def shown(self, project, office, read):
        """The tables whose rows stand on a page that is remembered."""
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
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = {table for (table,) in cursor.fetchall()}
        return {table for table in read & tables if not EVENTS.search(table)} - DERIVED - UNSHOWN

    def test_that_a_remembered_page_reads_have_a_mark(self, shown):
        assert {"projects_project", "milestones_milestone", "projects_owner"} <= shown
        assert shown <= marked()

    def test_of_which_one_had_none_would_be_found(self, shown):
        for table, change in product(shown, ["insert", "update", "delete", "truncate"]):
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"DROP TRIGGER content_mark_{change} ON {table}")

                assert shown - marked() == {table}
                transaction.set_rollback(True)
