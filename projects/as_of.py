"""What the portfolio was on any day, beside what it is today, and the addresses of such days."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Min
from django.utils import timezone

from fkj_portfolio.history import as_it_is, end_of
from milestones.models import Milestone
from projects.models import Contact, Project, StatusReport
from projects.models.project_queryset import TAKEN_AWAY

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: What a day is called in addresses.
PARAMETER = "per"


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
