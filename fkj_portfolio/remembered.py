"""Pages that whoever is not logged in gets from memory, as long as nothing in the database changes.

A page is remembered as it was answered, but for the reader's own token against forged requests,
which is cut out, and put in for each reader anew.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import get_language

from fkj_portfolio.http import SiteRequest
from fkj_portfolio.memory import Memory

View = Callable[..., HttpResponse]

#: Of each process; a page of the overview has some sixty thousand bytes.
PAGES = Memory(size=200)
#: Where a token stands: in the forms, and where htmx takes it from.
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<="x-csrftoken": ")\w+')


@dataclass(frozen=True)
class Page:
    """An answer without the tokens that stood between its parts."""

    parts: list[bytes]
    headers: dict[str, str]

    @classmethod
    def of(cls, response: HttpResponse) -> "Page":
        """Take an answer apart; raise NotForEveryone for one that is not the page asked for."""
        if response.status_code != 200 or response.cookies:
            raise NotForEveryone(response)
        return cls(TOKEN.split(response.content), dict(response.headers))

    def for_reader(self, request: SiteRequest) -> HttpResponse:
        """Put it together again with the token of a reader."""
        token = get_token(request).encode() if len(self.parts) > 1 else b""
        return HttpResponse(token.join(self.parts), headers=self.headers)


class NotForEveryone(Exception):
    """Carries an answer that must not be remembered."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def remembered_for_readers(view: View) -> View:
    """Answer whoever is not logged in from memory, unless there is something to tell only her.

    All that the view answers to depends on its address, the language, the day and what htmx says,
    and on the database; cookies are for those who are logged in.
    """

    @wraps(view)
    def answer(request: SiteRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated or len(get_messages(request)):
            return view(request, *args, **kwargs)
        try:
            page = PAGES.open().recall(
                _key_of(request), lambda: Page.of(view(request, *args, **kwargs))
            )
        except NotForEveryone as found:
            return found.response
        return page.for_reader(request)

    return answer


def _key_of(request: SiteRequest) -> tuple[Any, ...]:
    """What an answer depends on besides the database."""
    htmx = [item for item in request.META.items() if item[0].startswith("HTTP_HX_")]
    return (
        request.build_absolute_uri(),
        get_language(),
        timezone.localdate(),
        tuple(sorted(htmx)),
    )
