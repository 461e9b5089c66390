"""Addresses that are slow, break off, fail or tell what they were given."""

import os
import sys
import time
from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import (
    HttpRequest,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,  # noqa: TID251 (to see what a server makes of one)
)
from django.urls import include, path

from fkj_portfolio.urls import handler500

__all__ = ["handler500", "urlpatterns"]


@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(os.getpid()))


@login_not_required
def slow(request: HttpRequest, seconds: int) -> HttpResponse:
    print("A slow request has begun.", file=sys.stderr, flush=True)
    time.sleep(seconds)
    return HttpResponse("finished")


@login_not_required
def stream(request: HttpRequest) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield "the first row\n"
        raise RuntimeError("The second row cannot be made.")

    return StreamingHttpResponse(lines())


@login_not_required
def environ(request: HttpRequest) -> JsonResponse:
    return JsonResponse({name: str(value) for name, value in request.META.items()})


@login_not_required
def database(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("reached")


@login_not_required
def failing(request: HttpRequest, state: str) -> HttpResponse:
    """Let the database fail with a state of its own."""
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'tried' USING ERRCODE = '{state}'; END $$")
    return HttpResponse()


urlpatterns = [
    path("probe/worker", worker),
    path("probe/slow/<int:seconds>", slow),
    path("probe/stream", stream),
    path("probe/environ", environ),
    path("probe/database", database),
    path("probe/failing/<str:state>", failing),
    path("", include("fkj_portfolio.urls")),
]
