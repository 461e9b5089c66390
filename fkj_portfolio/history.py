"""When something was true, beside when it was recorded; and the portfolio as of any day.

Every event table keeps both times. They differ only where the past is loaded: when an old page
is read with the day on which it was true. Reading the past goes through the schema `as_of`, which
holds a view for each table that people edit, of the same name and columns; within `as_of` every
query of the application reads those instead. `makemigrations` makes them of the models.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ClassVar

import pghistory.models
import psycopg
from django.db import InternalError, connection, models, transaction
from django.db.models import Func
from django.utils import timezone

_reads_the_past = ContextVar("reads_the_past", default=False)


class WritesThePastError(Exception):
    """Something was to be changed within `as_of`; a fault of ours, whatever PostgreSQL would say of it elsewhere."""


class TrueFrom(Func):
    """The time that `true_from` has set for this transaction, else now."""

    template = (
        "COALESCE(NULLIF(current_setting('portfolio.true_from', true), '')::timestamptz, now())"
    )
    output_field = models.DateTimeField()


class Event(pghistory.models.Event):
    """What was recorded of a row, when, and since when it was true.

    `as_of` says how a past day shows the rows, and is said beside the model: `track(attrs={"as_of": …})`.
    """

    #: "thing": there from its first event to its last. "record": never changes once it is there, so that its
    #: first event is its only one. "register": what things refer to; before its first event it is called as it
    #: was called first. "present": read as it is now, whatever the day.
    as_of: ClassVar[str] = "thing"

    pgh_true_from = models.DateTimeField(db_default=TrueFrom())

    class Meta:
        abstract = True


@contextmanager
def true_from(day: datetime.date) -> Iterator[None]:
    """Record everything within as true from noon of a day in the past; today is recorded as now.

    Raises IntegrityError when a project had been recorded before that day, or has later days
    already: a day that has been shown is never rewritten.
    """
    time = "" if day == timezone.localdate() else _start_of(day) + datetime.timedelta(hours=12)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portfolio.true_from', %s, true)", [str(time)])
        yield
        cursor.execute("SELECT set_config('portfolio.true_from', '', true)")


@contextmanager
def as_of(when: datetime.date | datetime.datetime) -> Iterator[None]:
    """Let every query within read the portfolio as it stood at a time, or when a day ended in Norway.

    Nothing can be changed within, as WritesThePastError says: what is past is only read.
    """
    time = when if isinstance(when, datetime.datetime) else end_of(when)
    with _reading("as_of, public", time.isoformat()):
        yield


@contextmanager
def as_it_is() -> Iterator[None]:
    """Within `as_of`, read the portfolio as it is now."""
    with _reading("public", ""):
        yield


def reads_the_past() -> bool:
    """Whether a query made here reads another time than now."""
    return _reads_the_past.get()


@contextmanager
def _reading(search_path: str, time: str) -> Iterator[None]:
    outer = _reads_the_past.set(bool(time))
    try:
        with _reading_in_database(search_path, time):
            yield
    except InternalError as error:
        if isinstance(error.__cause__, psycopg.errors.ReadOnlySqlTransaction):
            raise WritesThePastError from error
        raise
    finally:
        _reads_the_past.reset(outer)


@contextmanager
def _reading_in_database(search_path: str, time: str) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        # Compiling a query of many views takes longer than the query itself.
        cursor.execute(
            "SELECT current_setting('search_path'), current_setting('portfolio.as_of', true),"
            " set_config('search_path', %s, true), set_config('portfolio.as_of', %s, true),"
            " set_config('jit', 'off', true), set_config('transaction_read_only', 'on', true)",
            [search_path, time],
        )
        before = cursor.fetchone()[:2]
        yield
        cursor.execute(
            "SELECT set_config('search_path', %s, true), set_config('portfolio.as_of', %s, true)",
            [before[0], before[1] or ""],
        )


def end_of(day: datetime.date) -> datetime.datetime:
    """Return when a day ends in Norway, which is when the next begins; it may have 23 or 25 hours."""
    return _start_of(day + datetime.timedelta(days=1))


def _start_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
