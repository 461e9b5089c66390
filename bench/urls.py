"""What the measured server answers besides the site: the empty view, and how many queries a page needs."""

import functools
import os
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from overview.views import overview


@login_not_required
def empty_view(request: HttpRequest, name: str) -> HttpResponse:
    """Answer the bytes of a page with neither a template nor the database."""
    return HttpResponse(_body(name))


@functools.cache
def _body(name: str) -> bytes:
    return (Path(os.environ["BENCH_BODIES"]) / name).read_bytes()


@login_not_required
def queries(request: HttpRequest) -> JsonResponse:
    """Tell how many queries this process needs for a page."""
    with CaptureQueriesContext(connection) as captured:
        Client(SERVER_NAME="localhost").get(request.GET["page"])
    return JsonResponse({"queries": len(captured), "sql": [each["sql"] for each in captured]})


@login_not_required
def anew(request: HttpRequest) -> HttpResponse:
    """Answer the overview as somebody gets it for whom nothing is remembered."""
    request.COOKIES["anybody"] = "else"
    return overview(request)


urlpatterns = [
    path("bench/anew", anew),
    path("bench/empty/<str:name>", empty_view),
    path("bench/queries", queries),
    path("", include("fkj_portfolio.urls")),
]
