"""Needs of every view: the type of a request, its allowed methods, the page's frame."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class SiteRequest(HttpRequest):
    """A request as the middleware leaves it; a type only, never made."""

    htmx: HtmxDetails
    user: "User | AnonymousUser"
    #: Of the database; set once somebody has asked for it.
    content_mark: str | None
    #: Of the forms on the page; set once the first of them has asked for it.
    form_key: str


class MemberRequest(SiteRequest):
    """A request by somebody who is logged in, as every view has it that does not say otherwise."""

    user: "User"


def require_form_methods(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view show the page of a form, and take the form at the same address."""
    view = require_http_methods(["GET", "HEAD", "POST"])(view)
    view.has_page = True  # type: ignore[attr-defined]
    return view


def has_page(request: HttpRequest) -> bool:
    """Return whether what was sent is a form whose page stands at the same address."""
    return getattr(resolve(request.path_info).func, "has_page", False)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, even when that is nothing, so that a form can say what it misses."""
    return request.POST if request.method == "POST" else None


def site(request: HttpRequest) -> dict[str, str]:
    """Give every template the name of the site."""
    return {"site_name": settings.SITE_NAME}
