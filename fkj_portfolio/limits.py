"""Limits of one request: time in the database, and a place among the few costly ones.

A server answers many people with few threads and few processors. What one of them asks for must not keep the
others waiting, whether she means it or not; a query would even run on when she has gone.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Semaphore
from typing import Any

import psycopg
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from psycopg.pq import TransactionStatus


class TooCostlyError(Exception):
    """The request took too long, or too many like it were already being answered."""


class Budget:
    """The time that one request may have queries running, enforced by PostgreSQL itself."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        #: What PostgreSQL has been told to hold now; None when that is not known.
        self.limit: int | None = None

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Run a query within what is left; raises TooCostlyError when that is nothing, or not enough."""
        if str(sql).startswith("ROLLBACK TO"):
            # Takes no time, and may undo a limit.
            self.limit = None
            return execute(sql, params, many, context)
        if self.left <= 0:
            raise TooCostlyError
        # In whole seconds: so a quick request finds the connection as the one before left it.
        self._limit_statements(math.ceil(self.left))
        began = time.monotonic()
        try:
            return execute(sql, params, many, context)
        except OperationalError as error:
            if was_canceled(error):
                raise TooCostlyError from error
            raise
        finally:
            self.left -= time.monotonic() - began

    def _limit_statements(self, seconds: int) -> None:
        """Let PostgreSQL end what runs longer; told only when it is another limit than before.

        What is told within a transaction ends with it, and then what the connection was told before holds again.
        """
        connection.ensure_connection()
        raw = connection.connection
        status = raw.info.transaction_status
        if status == TransactionStatus.IDLE:
            self.limit = getattr(raw, "limit", None)
        # A transaction that has failed takes nothing but its end, which takes no time.
        if status == TransactionStatus.INERROR or self.limit == seconds:
            return
        scope = "LOCAL" if connection.in_atomic_block else "SESSION"
        with connection.wrap_database_errors, raw.cursor() as cursor:
            cursor.execute(f"SET {scope} statement_timeout = {seconds * 1000}")
        self.limit = seconds
        if scope == "SESSION":
            raw.limit = seconds


def was_canceled(error: BaseException | None) -> bool:
    """Return whether PostgreSQL ended a statement that ran for longer than its limit."""
    return isinstance(getattr(error, "__cause__", None), psycopg.errors.QueryCanceled)


class BudgetMiddleware:
    """Give each request its time in the database: less to a reader than to somebody logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Nobody without the cookie is logged in; who has it is found by queries that have a limit too.
        has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        budget = Budget(settings.SECONDS_OF_USERS if has_cookie else settings.SECONDS_OF_READERS)
        request.budget = budget  # type: ignore[attr-defined]
        with connection.execute_wrapper(budget):
            return self.get_response(request)

    def process_view(self, request: Any, view: object, args: object, kwargs: object) -> None:
        """Take back what was given to a cookie that nobody is logged in with."""
        has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_cookie and not request.user.is_authenticated:
            request.budget.left = min(request.budget.left, settings.SECONDS_OF_READERS)


class Lane:
    """A few at a time: `width` are let through, and `waiting` more may wait for `seconds`."""

    def __init__(self, *, width: int, waiting: int, seconds: float) -> None:
        self.seconds = seconds
        self.places = BoundedSemaphore(width)
        self.entrance = BoundedSemaphore(width + waiting)

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Take a place for what is done within; raises TooCostlyError when none comes free in time."""
        with _place(self.entrance, seconds=0), _place(self.places, seconds=self.seconds):
            yield


@contextmanager
def _place(places: Semaphore, *, seconds: float) -> Iterator[None]:
    if not places.acquire(timeout=seconds):
        raise TooCostlyError
    try:
        yield
    finally:
        places.release()


#: For reading a day in the past, the costliest there is. One at a time in each process, so that at least half of
#: its processor is left for everything else; those who wait hold a thread each, of sixteen.
THE_PAST = Lane(width=1, waiting=3, seconds=5)
