"""The middleware of our own: login on a page of its own, and Norwegian unless asked otherwise."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import middleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from fkj_portfolio.http import SiteRequest
from fkj_portfolio.kept_forms import keep_form


class LanguageMiddleware:
    """Speak Norwegian bokmål unless the reader has chosen another language on the page.

    Django's own asks the browser, which in Norway often says English.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Ask for a login on a page of its own, also when htmx made the request.

    htmx follows an ordinary redirect by itself and would put the login form
    where the fragment belongs. What was typed in a form is kept until she is back.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: SiteRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        response: HttpResponseBase
        if not request.htmx and request.method in ("GET", "HEAD"):
            response = super().handle_no_permission(request, view_func)
        else:
            page = request.get_full_path() if keep_form(request) else _page_of(request)
            response = redirect_to_login(
                next=page, login_url=resolve_url(self.get_login_url(view_func))
            )
            if request.htmx:
                response = HttpResponseClientRedirect(response.url)
        patch_vary_headers(response, ["HX-Request", "HX-Current-URL"])
        return response


def _page_of(request: SiteRequest) -> str:
    """The page that somebody was on when she sent a command, whose address only takes POST."""
    try:
        if request.htmx:
            page = request.htmx.current_url_abs_path or "/"
        else:
            came_from = urlsplit(request.headers.get("referer", ""))
            within = came_from._replace(scheme="", netloc="", fragment="").geturl()
            page = within if came_from.netloc == request.get_host() else "/"
    except ValueError:
        # "http://[" is no address.
        return "/"
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "/"
