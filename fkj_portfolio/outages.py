"""While the database is away, or asked for too much, pages answer 503 and say when to come back."""

import logging
import sys
import time
from collections.abc import Callable
from threading import Lock

import psycopg
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error

from fkj_portfolio.limits import TooCostlyError, was_canceled

SECONDS_TO_RETRY = 5
log = logging.getLogger(__name__)
#: How the states of PostgreSQL begin that say that it is not to be had just now: the connection is broken
#: (08), it has no room (53), it is starting or stopping (57P), its disk fails (58), it may only be read.
AWAY = ("08", "53", "57P", "58", "25006")
#: Never given back: the page may be saved, and such a field is typed anew.
SECRET = ("password", "passord")


class Outage:
    """Record of what this process has seen of the database being away."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.began: float | None = None
        self.refused = 0

    def see(self, error: BaseException) -> None:
        """Count a request that needed the database; the first one is told of."""
        with self.lock:
            self.refused += 1
            if self.began is not None:
                return
            self.began = time.monotonic()
        reason = " ".join(str(error).split())
        log.error("The database is away, pages answer 503 meanwhile: %s", reason)

    def end(self) -> None:
        """Tell that the database is back."""
        with self.lock:
            if self.began is None:
                return
            seconds, refused = time.monotonic() - self.began, self.refused
            self.began, self.refused = None, 0
        log.warning("The database is back after %.0f s; %s requests got 503.", seconds, refused)


OUTAGE = Outage()


class OutageMiddleware:
    """See that the database is back, from a request that it answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Django looks whether a connection still works when a request first uses it.
        has_answered = connection.connection and connection.health_check_done  # type: ignore[attr-defined]
        if OUTAGE.began is not None and response.status_code < 500 and has_answered:
            OUTAGE.end()
        return response


def error_page(request: HttpRequest) -> HttpResponse:
    """Answer what nobody has caught, as Django's handler500: 503 when the database is away or was asked too much."""
    error = sys.exc_info()[1]
    # Also a commit, whose checks the budget does not see.
    is_costly = isinstance(error, TooCostlyError) or was_canceled(error)
    if is_costly:
        log.warning("%s took too long, or too many such were asked for at once.", request.path)
    elif error and is_outage(error):
        OUTAGE.see(error)
    else:
        return server_error(request)
    context = {
        "again": request.get_full_path(),
        "typed": typed(request),
        "is_costly": is_costly,
    }
    page = render_to_string("503.html", context)
    response = HttpResponse(page, status=503, headers={"Retry-After": str(SECONDS_TO_RETRY)})
    add_never_cache_headers(response)
    return response


def is_outage(error: BaseException) -> bool:
    """Return whether the database is the reason, and not what it was asked."""
    if not isinstance(error, Error):
        return False
    cause = error.__cause__
    if isinstance(cause, psycopg.Error) and cause.sqlstate:
        return cause.sqlstate.startswith(AWAY)
    if isinstance(error, InterfaceError):
        # Also what Django says of a connection that was lost within a transaction.
        return connection.connection is None or connection.connection.closed
    # Without a state it was the connection itself that failed.
    return isinstance(error, OperationalError)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was sent in a form, to be sent once more as it is; passwords are left out."""
    if request.method != "POST" or request.FILES:
        return []
    sent: QueryDict = request.POST
    return [
        (name, value)
        for name, values in sent.lists()
        for value in values
        if not any(secret in name.lower() for secret in SECRET)
    ]


def is_told_here(record: logging.LogRecord) -> bool:
    """Return whether a line is to be kept: of an outage we tell once, Django at every request with its traceback."""
    return not (getattr(record, "status_code", None) == 503 and record.exc_info)
