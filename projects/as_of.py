"""The portfolio as of any day: `?per=2023-02-01` in the address of a page."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Min
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from fkj_portfolio.forms import DateField
from fkj_portfolio.history import as_it_is, as_of, end_of
from fkj_portfolio.http import SiteRequest
from fkj_portfolio.limits import THE_PAST
from milestones.models import Milestone
from projects.models import Contact, Project, StatusReport
from projects.models.project_queryset import TAKEN_AWAY

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

PARAMETER = "per"

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


def address_on(address: str, day: datetime.date | None) -> str:
    """Return an address that leads to a day, or as it is when the day is None, which is today."""
    if day is None:
        return address
    page, hash_mark, anchor = address.partition("#")
    separator = "&" if "?" in page else "?"
    return f"{page}{separator}{urlencode({PARAMETER: day.isoformat()})}{hash_mark}{anchor}"


def first_day(user: "User | AnonymousUser", **which: Any) -> datetime.date | None:
    """Return the first day of which this person can see a project, or one of these."""
    events = _events_of(Project).exclude(pgh_label="delete").filter(**which)
    if not user.is_authenticated:
        events = events.filter(is_published=True).exclude(id__in=TAKEN_AWAY)
    first = events.aggregate(first=Min("pgh_true_from"))["first"]
    return timezone.localdate(first) if first else None


@dataclass(frozen=True)
class SeenFromToday:
    """Facts of today that a project's page must know, whichever day it shows."""

    #: Whether this person finds the project today.
    is_there: bool
    #: When what the page shows was recorded, if that was after the day that it was true.
    recorded_on: datetime.date | None
    email: str
    phone: str


def seen_from_today(
    project: Project, user: "User | AnonymousUser", *, as_of: datetime.date | None
) -> SeenFromToday:
    """Look at a project from today.

    Of the past, how to reach its contact is told only as far as it still holds: who has since asked that
    an address be taken away from the page, or has left, must not find it on the pages of the past.
    """
    then = project.contact
    email = then.email_for(user) if then else ""
    phone = then.phone_for(user) if then else ""
    if as_of is None:
        return SeenFromToday(is_there=True, recorded_on=None, email=email, phone=phone)

    with as_it_is():
        is_there = Project.objects.visible_to(user).filter(pk=project.pk).exists()
        now = Contact.objects.in_use().filter(pk=then.pk).first() if then else None
    return SeenFromToday(
        is_there=is_there,
        recorded_on=_recorded_later(project, as_of),
        email=email if now and now.email_for(user) == email else "",
        phone=phone if now and now.phone_for(user) == phone else "",
    )


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


def _recorded_later(project: Project, day: datetime.date) -> datetime.date | None:
    """Return when the last was recorded of what was true of a project on a day, if that was later."""
    projects, *others = (
        _events_of(model)
        .filter(**{key: project.pk}, pgh_true_from__lt=end_of(day))
        .order_by()
        .values("pgh_created_at")
        for model, key in ((Project, "id"), (StatusReport, "project"), (Milestone, "project"))
    )
    last = projects.union(*others).order_by("-pgh_created_at").first()
    recorded_on = timezone.localdate(last["pgh_created_at"])
    return recorded_on if recorded_on > day else None


def _events_of(model: Any) -> Any:
    return model._meta.get_field("events").related_model.objects.all()


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
