"""Recording of something as true from a chosen time, for tests of the past."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

#: What a view computes for a past day from the other tables, and has no events of its own.
COMPUTED = ["projects_projectfigures", "projects_projectwords"]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@contextmanager
def at(text: str) -> Iterator[None]:
    """Record everything within as true from a time in Norway; a day alone is its noon."""
    naive = datetime.datetime.fromisoformat(text if " " in text else f"{text} 12:00")
    with transaction.atomic(), connection.cursor() as cursor:
        time = timezone.make_aware(naive).isoformat()
        cursor.execute("SELECT set_config('portfolio.true_from', %s, true)", [time])
        yield
        cursor.execute("SELECT set_config('portfolio.true_from', '', true)")
