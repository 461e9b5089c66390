"""Rules for everyone who is logged in: nobody keeps her pages, her session lasts, refusals are noted."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from accounts.models import User
from accounts.security_log import Kind, address_of, place_of, record, say
from accounts.sessions import SessionStore

#: Whose pages are for one person even before she has logged in.
OF_ONE_PERSON = ("konto/", "admin/")


class MemberMiddleware:
    """Looks at each answer, when it is known whose it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Whoever logs out here is told so on a page that is still about her.
        was_in = _is_logged_in(request)
        response = self.get_response(request)
        if was_in or _is_logged_in(request) or _is_of_one_person(request):
            patch_cache_control(response, no_store=True, private=True)
        if isinstance(request.session, SessionStore) and _is_logged_in(request):
            request.session.note_visit()
        if response.status_code in (403, 429):
            _note_refusal(request)
        return response


def _is_logged_in(request: HttpRequest) -> bool:
    """Return whether somebody is logged in; without a session nobody asks the database."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.session_key
    return bool(has_session) and request.user.is_authenticated


def _is_of_one_person(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and (match.route or "").startswith(OF_ONE_PERSON))


def _note_refusal(request: HttpRequest) -> None:
    """Note whom we refused what; of readers only a line, since anyone can make any number of them."""
    method, route = request.method, request.resolver_match and request.resolver_match.route
    if isinstance(request.user, User):
        place = place_of(request)
        record(Kind.REFUSED, request=request, user=request.user, method=method, **place)
    else:
        say(Kind.REFUSED, address=address_of(request), user=None, method=method, route=route)
