"""Check that two databases hold the same portfolio, each filled by the code of its own commit."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import psycopg
from psycopg.sql import SQL, Composed, Identifier

#: What pages are made of. What the code derives from it may be different with another commit.
TABLES = (
    "accounts_user",
    "projects_owner",
    "projects_project",
    "projects_projectevent",
    "projects_project_managers",
    "projects_statusreport",
    "projects_statusreportevent",
    "milestones_milestone",
    "milestones_milestoneevent",
    "milestones_datemove",
)
#: Moments and what is drawn by lot are others each time.
COMPARED = ("bigint", "boolean", "character varying", "date", "integer", "smallint", "text")


class Column(NamedTuple):
    """A column of a table."""

    table: str
    name: str


def check_that_data_are_the_same(databases: list[str]) -> str:
    """Count the rows of each table, add up each column that all have, and tell how much it is.

    Raises SystemExit with the tables and columns that differ.
    """
    every = [_columns(database) for database in databases]
    shared = [column for column in every[0] if all(column in columns for columns in every)]
    missing = set(TABLES) - {column.table for column in shared}
    sums = [_add_up(database, shared) for database in databases]
    differing = [line for one, other in pairwise(sums) for line in _differences(one, other)]
    if differing or missing:
        lines = [*differing, *(f"{table}: not in both" for table in sorted(missing))]
        raise SystemExit(
            "\n  ".join(["The data of the two commits differ, so no times are compared:", *lines])
        )
    counts = {table: counted for (table, name), counted in sums[0].items() if not name}
    told = ", ".join(f"{counted:,} in {table}" for table, counted in counts.items())
    return f"The data are the same in {len(shared)} columns: {told}."


def _differences(one: dict[Column, int], other: dict[Column, int]) -> Iterator[str]:
    """Name tables with other numbers of rows, and of the rest the columns that say something else."""
    counted_otherwise = {
        table: f"{table}: {one[Column(table, '')]:,} rows and {other[Column(table, '')]:,}"
        for table, name in one
        if not name and one[Column(table, "")] != other[Column(table, "")]
    }
    yield from counted_otherwise.values()
    for table, name in one:
        if (
            table not in counted_otherwise
            and one[Column(table, name)] != other[Column(table, name)]
        ):
            yield f"{table}.{name}"


def _columns(database: str) -> list[Column]:
    with psycopg.connect(database) as connection:
        found = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = ANY (%s) AND data_type = ANY (%s)"
            " ORDER BY 1, 2",
            [list(TABLES), list(COMPARED)],
        )
        return [Column(*column) for column in found]


def _add_up(database: str, columns: list[Column]) -> dict[Column, int]:
    """Return how many rows each table has, under no name of a column, and a sum of each column."""
    sums = {}
    with psycopg.connect(database) as connection:
        for table in dict.fromkeys(column.table for column in columns):
            names = [column.name for column in columns if column.table == table]
            found = connection.execute(_question(table, names)).fetchone()
            assert found
            sums |= {
                Column(table, name): int(each)
                for name, each in zip(("", *names), found, strict=True)
            }
    return sums


def _question(table: str, names: list[str]) -> Composed:
    key = Identifier("pgh_id" if "pgh_id" in names else "id")
    added = [
        SQL("coalesce(sum(hashtextextended({}::text || {}::text, 0)), 0)").format(
            key, Identifier(name)
        )
        for name in names
    ]
    return SQL("SELECT {} FROM {}").format(
        SQL(", ").join([SQL("count(*)"), *added]), Identifier(table)
    )
