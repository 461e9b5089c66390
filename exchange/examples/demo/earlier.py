"""Rows about what was otherwise before, each until a day, beside a table that says how it is now."""

import datetime
from typing import Any

Table = dict[str, Any]


def as_it_was(table: Table, earlier: list[Table], day: datetime.date) -> Table:
    """The table as of a day: what stands in a row held until the day of that row."""
    state = dict(table)
    for row in sorted(earlier, key=lambda row: row["until"], reverse=True):
        if day < row["until"]:
            state |= {key: value for key, value in row.items() if key != "until"}
    return state


def days_of_change(earlier: list[Table]) -> list[datetime.date]:
    return sorted({row["until"] for row in earlier})
