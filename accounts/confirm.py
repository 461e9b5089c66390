"""The password asked for once more, where whoever has only taken over a session must not go on."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from accounts.forms import ConfirmForm

View = Callable[..., HttpResponseBase]

#: What the form of the confirmation adds to what was sent.
OURS = {"confirm-password", "csrfmiddlewaretoken"}


def is_fresh(request: HttpRequest) -> bool:
    """Return whether somebody has just written her password, to log in or to confirm."""
    records = get_authentication_records(request, request.user)
    age = time.time() - records[-1]["at"] if records else None
    return age is not None and age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def confirmed(view: View) -> View:
    """Ask before something is changed; what was sent goes along in the page, and is done afterwards."""

    @wraps(view)
    def ask_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not request.user.is_authenticated or is_fresh(request):
            return view(request, *args, **kwargs)
        form = _form(request)
        if form.is_valid():
            _remember(request)
            return view(request, *args, **kwargs)
        kept = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in OURS
            for value in values
        ]
        return _ask(request, form, kept=kept)

    return ask_first


def confirmed_before_seen(view: View) -> View:
    """Ask before the page is shown, whose form holds passwords that should not go along anywhere."""

    @wraps(view)
    def ask_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated or is_fresh(request):
            return view(request, *args, **kwargs)
        form = _form(request)
        if form.is_valid():
            _remember(request)
            return HttpResponseRedirect(request.get_full_path())
        return _ask(request, form, kept=[])

    return ask_first


def _remember(request: HttpRequest) -> None:
    reauthenticate_by_password(request)
    # Whoever has taken over the session is left behind with a key that is good for nothing.
    request.session.cycle_key()


def _form(request: HttpRequest) -> ConfirmForm:
    answered = "confirm-password" in request.POST
    return ConfirmForm(request.POST if answered else None, user=request.user)


def _ask(request: HttpRequest, form: ConfirmForm, *, kept: list[tuple[str, Any]]) -> HttpResponse:
    return render(request, "account/confirm.html", {"form": form, "kept": kept})
