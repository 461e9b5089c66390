"""Early refusals, in words, of what no browser sends; and of the wrong way to call an address."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views import csrf, defaults

from fkj_portfolio.http import SiteRequest
from fkj_portfolio.kept_forms import keep_form

UTF_8 = ("utf-8", "utf8")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class NonsenseMiddleware:
    """Refuse what Django itself would stumble over, before anything reads it.

    PostgreSQL keeps no NUL character, so a cookie with one names no session. Our pages are
    in UTF-8, and browsers answer in the same.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if "\0" not in value
        }
        if (request.content_params or {}).get("charset", UTF_8[0]).lower() not in UTF_8:
            raise BadRequest("The request is not in UTF-8.")
        if "Transfer-Encoding" in request.headers:
            # Without a length Django would take it for empty, and save that; browsers and proxies tell it.
            raise BadRequest("The request does not say how long it is.")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Refuse what Django's admin takes from the address, or from a list, unchecked."""
        assert request.resolver_match
        if request.resolver_match.app_name != "admin":
            return
        for name, values in [*request.GET.lists(), *request.POST.lists()]:
            if any("\0" in text for text in [name, *values]):
                raise BadRequest("There is a NUL character in the request.")
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(key.isascii() and key.isdigit() for key in chosen):
            raise BadRequest("What is chosen is no key.")


class MethodMiddleware:
    """Say in the frame what to do when an address takes no such method; Django says nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refuse what cannot be read, and say with the status when that is because there is too much of it."""
    response: HttpResponse = defaults.bad_request(request, exception)
    if isinstance(exception, RequestDataTooBig):
        response.status_code = 413
    return response


def csrf_failure(request: SiteRequest, reason: str = "") -> HttpResponse:
    """Refuse what may come from another site, and tell htmx that a new login mends it.

    Mostly the cookies are gone, or somebody has logged in anew in another tab. A form that was
    made for her is shown once more, filled in, for her to send.
    """
    if keep_form(request):
        address = request.get_full_path()
        return redirect(address) if request.user.is_authenticated else redirect_to_login(address)
    response = csrf.csrf_failure(request, reason)
    response.headers["Log-In-Again"] = "true"
    return response
