"""Pages as of any day: `?per=2023-02-01` in the address."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from fkj_portfolio.forms import DateField
from fkj_portfolio.history import as_it_is, as_of
from fkj_portfolio.http import SiteRequest
from fkj_portfolio.limits import THE_PAST
from projects.as_of import PARAMETER, first_day
from projects.models import Project

View = Callable[..., HttpResponse]


def as_of_any_day(view: View) -> View:
    """Let a page be read as of a day in the past; the view gets it as `as_of`, or None for today.

    There is one address for each day. What is no day, not over yet or before the first
    record leads to the nearest day that can be shown, and says why.
    """

    @wraps(view)
    def read(request: SiteRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if PARAMETER not in request.GET:
            return view(request, *args, as_of=None, **kwargs)

        which = {"slug": kwargs["slug"]} if "slug" in kwargs else {}
        day, note = _read_day(request, which)
        if note:
            messages.warning(request, note)
        wanted = [day.isoformat()] if day else []
        if request.GET.getlist(PARAMETER) != wanted:
            return redirect(_address_of(request, wanted))

        assert day
        with THE_PAST(), as_of(day):
            return view(request, *args, as_of=day, **kwargs)

    return read


def was_not_there(request: SiteRequest, slug: str, *, as_of: datetime.date | None) -> HttpResponse:
    """Lead to a project as it is today, when there was none to see on a day.

    Raises Http404 when there is none today either.
    """
    if as_of is None:
        raise Http404
    with as_it_is():
        project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    words = _("%(project)s was not to be seen on %(date)s. This is how it is today.")
    messages.warning(request, words % {"project": project, "date": date_format(as_of)})
    return redirect(project)


def _read_day(request: SiteRequest, which: dict[str, Any]) -> tuple[datetime.date | None, str]:
    """Return the past day to show, None for today; and what to say when it is not the one asked for."""
    text = request.GET[PARAMETER]
    if not text.strip():
        return None, ""
    try:
        day = DateField().clean(text)
    except ValidationError:
        shown = Truncator("".join(filter(str.isprintable, text))).chars(40)
        words = _("“%(text)s” is no date that we understand. This is how it is today.")
        return None, words % {"text": shown}
    today = timezone.localdate()
    assert day
    if day == today:
        return None, ""
    date = {"date": date_format(day)}
    if day > today:
        return None, _("%(date)s has not come yet. This is how it is today.") % date
    return _not_before_the_first(day, first_day(request.user, **which), today)


def _not_before_the_first(
    day: datetime.date, first: datetime.date | None, today: datetime.date
) -> tuple[datetime.date | None, str]:
    if first is None or day >= first:
        return day, ""
    if first == today:
        return None, _("Nothing is recorded before today. This is how it is today.")
    words = _("Nothing is recorded before %(date)s. This is how it was that day.")
    return first, words % {"date": date_format(first)}


def _address_of(request: SiteRequest, days: list[str]) -> str:
    query: QueryDict = request.GET.copy()
    query.setlist(PARAMETER, days)
    return f"{request.path}?{query.urlencode()}" if query.urlencode() else request.path
