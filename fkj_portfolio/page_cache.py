"""Pages that are the same for everyone without a login, made once as long as what they show does not change."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page

from fkj_portfolio.content_cache import ContentCache
from fkj_portfolio.http import SiteRequest

View = Callable[..., HttpResponse]

#: Of each process; a page of the overview has some eighty thousand bytes.
PAGES = ContentCache(size=200, room=30_000_000, weigh=lambda response: len(response.content))
#: What somebody without a login may bring along; anything else may make the page another.
COOKIES_OF_READERS = {
    settings.LANGUAGE_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    settings.DEVICE_COOKIE_NAME,
}


def remembered_for_readers(view: View) -> View:
    """Answer whoever is not logged in from memory.

    The view may depend on the address, on whether htmx asks, on the language, on the day and on the
    database. What it tells one visitor alone (a redirect, a message) is not remembered.
    """

    @wraps(view)
    def answer(request: SiteRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or request.COOKIES.keys() - COOKIES_OF_READERS:
            return view(request, *args, **kwargs)
        # A page of one project goes by what concerns that project.
        made = PAGES.open(request, project=kwargs.get("slug", "")).recall(
            (
                *(request.get_full_path(), bool(request.htmx), get_language()),
                *(timezone.localdate(), _takes_gzip(request)),
            ),
            # Compressed once, not at every visit.
            lambda: gzip_page(view)(request, *args, **kwargs),
            if_kept=_is_for_everyone,
        )
        if not _is_for_everyone(made):
            return made
        response = HttpResponse(made.content, headers=made.headers)
        # Nobody looked this time whether the visitor is logged in.
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def _takes_gzip(request: SiteRequest) -> bool:
    # As Django decides it: a name that only contains "gzip" gets a page that is not compressed.
    return bool(re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")))


def _is_for_everyone(response: HttpResponse) -> bool:
    return response.status_code == 200 and not response.cookies
