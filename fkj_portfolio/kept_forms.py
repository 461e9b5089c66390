"""Forms that could not be taken because a login had ended: kept, and offered once more after the next.

They are kept in the session of the browser, which survives the login and is emptied at logout, and are
shown to nobody but the user that they were made for. Nothing kept is ever sent by itself: it fills in the
form where it was written, and she sends it. htmx sends from the middle of a page; there the script keeps
the text in its tab.
"""

import json
import time
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from jinja2 import pass_context
from jinja2.runtime import Context

from fkj_portfolio.form_keys import FORM_KEY, made_for
from fkj_portfolio.http import SiteRequest, has_page

IN_SESSION = "kept_forms"
MOST_FORMS = 5
#: Of what is kept of one form, as text.
MOST_CHARACTERS = 250_000
SECONDS = 24 * 60 * 60


def keep_form(request: SiteRequest) -> bool:
    """Keep what was typed, if the page of the form can show it again; return whether it is kept.

    Only a form that was made for a user is kept, and for her alone: no other site can have
    such a one, and whoever else is logged in here neither keeps hers nor sees it.
    """
    owner, user = made_for(request), request.user
    if request.htmx or not owner or (user.is_authenticated and str(user.pk) != owner):
        return False
    fields = {name: values for name, values in request.POST.lists() if _is_kept(name)}
    too_long = len(json.dumps(fields)) > MOST_CHARACTERS
    if not fields or too_long or not has_page(request) or not _is_from_its_own_page(request):
        return False
    address = request.get_full_path()
    kept = {"owner": owner, "address": address, "at": time.time(), "fields": fields}
    _keep(request, [*_others(request, address), kept])
    if user.is_authenticated:
        words = _("The page had been open for too long, and nothing was saved. Send it once more.")
        messages.warning(request, words)
    else:
        request.session.set_expiry(SECONDS)
        words = _("You were no longer logged in. What you wrote is there when you have logged in.")
        messages.info(request, words)
    return True


def forget_form(request: HttpRequest, address: str) -> None:
    """Forget what was kept of the form at this address: it has been sent now, or thrown away."""
    if IN_SESSION in request.session:
        _keep(request, _others(request, address))


@pass_context
def kept_form(context: Context) -> str:
    """Fill the page's form in with what was kept of it; return its address if there is any.

    Done where the page is drawn, when its view has decided: nothing can take a form that is
    filled in for one that was sent.
    """
    request: Any = context["request"]
    form = context.get("form")
    if not isinstance(form, BaseForm) or form.is_bound or not request.user.is_authenticated:
        return ""
    owner, address = str(request.user.pk), str(request.get_full_path())
    for kept in _fresh(request):
        if (kept["owner"], kept["address"]) == (owner, address):
            form.data = MultiValueDict(kept["fields"])
            return address
    return ""


def _is_kept(name: str) -> bool:
    return name not in ("csrfmiddlewaretoken", FORM_KEY) and "password" not in name


def _is_from_its_own_page(request: HttpRequest) -> bool:
    """Return whether what was sent was typed on the page at its own address, and not beside a button elsewhere."""
    try:
        page = urlsplit(request.headers.get("referer", "")).path
    except ValueError:
        # "http://[" is no address.
        return False
    return unquote(page) in ("", request.path)


def _fresh(request: HttpRequest) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = request.session.get(IN_SESSION, [])
    return [each for each in kept if each["at"] > time.time() - SECONDS]


def _others(request: HttpRequest, address: str) -> list[dict[str, Any]]:
    return [each for each in _fresh(request) if each["address"] != address]


def _keep(request: HttpRequest, forms: list[dict[str, Any]]) -> None:
    if forms:
        request.session[IN_SESSION] = forms[-MOST_FORMS:]
    else:
        request.session.pop(IN_SESSION, None)
