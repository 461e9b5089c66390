"""Forms that are done once however often they are sent: a double click, or a form sent again because the network had failed."""

import json
import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from accounts.models import SentForm
from fkj_portfolio.form_keys import FORM_KEY, sent_key
from fkj_portfolio.http import MemberRequest, SiteRequest
from fkj_portfolio.kept_forms import forget_form

#: What Django's admin answers when something has been added in a window of its own.
POPUP_ANSWER = "admin/popup_response.html"
#: Between two times that old ones are forgotten, of each process.
SECONDS_TO_FORGET = 60


class SendOnceMiddleware:
    """Do what a form says once, and answer whoever sends it again as the first time.

    A mark of who sent what, where and with which key is kept in the same transaction as what the
    form did; the database lets nobody else have the same mark, so whoever comes second waits for the
    first. A form without a key counts as sent again only while the first is still being done. What
    is refused may be sent again, and the same key with other words is another form: she went back.

    The last middleware, since it does the view's work within a transaction of its own.
    """

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponseBase]) -> None:
        self.get_response, self.forgot_at = get_response, float("-inf")

    def __call__(self, request: SiteRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        # The addresses without a room of their own are those of logins and of the language.
        has_room = bool(request.resolver_match.app_name)
        if request.method != "POST" or not has_room or not request.user.is_authenticated:
            return None
        with transaction.atomic():
            mark = _mark(request)
            if not sent_key(request):
                SentForm.objects.filter(mark=mark).delete()
            sent = SentForm.objects.take(mark)
            if sent.answer is not None:
                return _answer_again(request, sent)
            heard = len(messages.get_messages(request))
            response = view(request, *args, **kwargs)
            told = _told(request)[heard:]
            if not _is_done(request, response, told):
                sent.delete()
                return response
            sent.answer = _as_kept(response, told)
            sent.save(update_fields=["answer"])
            if time.monotonic() - self.forgot_at > SECONDS_TO_FORGET:
                SentForm.objects.forget_old()
                self.forgot_at = time.monotonic()
        forget_form(request, request.get_full_path())
        return response


def _mark(request: MemberRequest) -> str:
    fields = [(name, values) for name, values in request.POST.lists() if name != FORM_KEY]
    content = [each for each in fields if each[0] != "csrfmiddlewaretoken"]
    where = [request.get_full_path(), bool(request.htmx)]
    said = json.dumps([request.user.pk, sent_key(request), where, content])
    return salted_hmac("accounts.SentForm", said, algorithm="sha256").hexdigest()


def _told(request: MemberRequest) -> list[Message]:
    """Return what the next page tells her, and leave it to that page."""
    storage: Any = messages.get_messages(request)
    was_shown = storage.used
    told = list(storage)
    storage.used = was_shown
    for each in told:
        # Django makes texts of those only that nobody has asked for before they are stored.
        each.message = str(each.message)
    return told


def _is_done(request: MemberRequest, response: HttpResponseBase, told: list[Message]) -> bool:
    """Return whether the form was taken; what was refused comes back as a page, or with a warning."""
    if any(each.level >= messages.WARNING for each in told):
        return False
    if request.htmx:
        return response.status_code == 200
    return response.status_code == 302 or POPUP_ANSWER in getattr(response, "template_name", "")


def _as_kept(response: Any, told: list[Message]) -> dict[str, Any]:
    if not getattr(response, "is_rendered", True):
        response.render()
    return {
        "status": response.status_code,
        "headers": dict(response.headers),
        "content": response.text,
        "messages": told,
    }


def _answer_again(request: MemberRequest, sent: SentForm) -> HttpResponseBase:
    """Answer as the first time; later, when that may no longer be true, show how things are now."""
    first = sent.answer
    if sent.is_recent:
        for each in first["messages"]:
            messages.add_message(request, each.level, each.message, each.extra_tags)
    else:
        words = _(
            "This form was sent before, so nothing was done now. Open it anew to do it once more."
        )
        messages.info(request, words)
    if "Location" in first["headers"]:
        return redirect(first["headers"]["Location"])
    if request.htmx and not sent.is_recent:
        return HttpResponseClientRefresh()
    return HttpResponse(first["content"], status=first["status"], headers=first["headers"])
