"""What has been done to a milestone: found here, and told here, for every page that tells of it.

A new deed gets a line in `Deed`, is found in `deeds`, and gets its words in `TELLINGS`.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from milestones.models import BaselineDate, DateMove, Milestone
from milestones.words import days_moved

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Deed(models.TextChoices):
    """What can be done to a milestone.

    The label is the heading of the list on the page of what has changed between two days,
    which comes in this order; a deed without one has no list there.
    """

    DELIVERED = "delivered", pgettext_lazy("milestones", "Delivered")
    MOVED = "moved", pgettext_lazy("milestones", "Moved")
    WITHDRAWN = "withdrawn", pgettext_lazy("milestones", "Withdrawn")
    ADDED = "added", pgettext_lazy("milestones", "Added")
    REOPENED = "reopened", pgettext_lazy("milestones", "Not delivered after all")
    RESTORED = "restored", pgettext_lazy("milestones", "Stands after all")
    DELETED = "deleted", pgettext_lazy("milestones", "Deleted")
    RENAMED = "renamed", ""
    DUE_SET = "due_set", ""
    REBASELINED = "rebaselined", ""
    PLACED = "placed", ""


class Telling(NamedTuple):
    """How a deed is told; a page that it has no words for says nothing of it."""

    #: On the page of a report, beside the report before.
    since: "StrOrPromise" = ""
    #: In the history, after the name of who did it.
    past: "StrOrPromise" = ""
    #: In the history, when the day or the reason that it names is not known.
    past_bare: "StrOrPromise" = ""
    #: In the history, from the record of its own that it has.
    recorded: "StrOrPromise" = ""
    #: The columns that the history has told of with it.
    columns: tuple[str, ...] = ()


NAME = ("code", "title")
DUE = ("due_on", "original_due_on")
DELIVERY = ("is_delivered", "delivered_on", "delivered_by_id")
WITHDRAWAL = ("is_obsolete", "obsolete_on", "obsolete_reason")

TELLINGS = {
    Deed.ADDED: Telling(
        since=gettext_lazy("%(name)s is added."),
        past=gettext_lazy("added the delivery %(name)s"),
    ),
    Deed.DELETED: Telling(
        since=gettext_lazy("%(name)s is deleted."),
        past=gettext_lazy("deleted the delivery %(name)s"),
    ),
    Deed.RENAMED: Telling(
        past=gettext_lazy("changed the name of a delivery from “%(before)s” to “%(after)s”"),
        columns=NAME,
    ),
    Deed.DELIVERED: Telling(
        since=gettext_lazy("%(name)s is delivered."),
        past=gettext_lazy("marked %(name)s as delivered on %(date)s"),
        past_bare=gettext_lazy("marked %(name)s as delivered, without a date"),
        columns=DELIVERY,
    ),
    Deed.REOPENED: Telling(
        since=gettext_lazy("%(name)s is no longer delivered."),
        past=gettext_lazy("took back that %(name)s was delivered on %(date)s"),
        past_bare=gettext_lazy("took back that %(name)s was delivered"),
        columns=DELIVERY,
    ),
    Deed.WITHDRAWN: Telling(
        since=gettext_lazy("%(name)s is obsolete."),
        past=gettext_lazy("made %(name)s obsolete: %(reason)s"),
        past_bare=gettext_lazy("made %(name)s obsolete"),
        columns=WITHDRAWAL,
    ),
    Deed.RESTORED: Telling(
        since=gettext_lazy("%(name)s is no longer obsolete."),
        past=gettext_lazy("took back that %(name)s is obsolete"),
        columns=WITHDRAWAL,
    ),
    Deed.MOVED: Telling(
        since=gettext_lazy("%(name)s is now due %(date)s, %(days)s."),
        past=gettext_lazy("changed the due date of %(name)s from %(from)s to %(to)s"),
        recorded=gettext_lazy("moved the due date of %(name)s from %(from)s to %(to)s"),
        columns=DUE,
    ),
    Deed.DUE_SET: Telling(
        since=gettext_lazy("%(name)s is now due %(date)s."),
        past=gettext_lazy("set the due date of %(name)s to %(to)s"),
        columns=DUE,
    ),
    Deed.REBASELINED: Telling(
        since=gettext_lazy("The slip of %(name)s counts from a new baseline, %(date)s."),
        recorded=gettext_lazy("let the slip of %(name)s count from %(to)s instead of %(from)s"),
    ),
    Deed.PLACED: Telling(
        past=gettext_lazy("changed the order of the deliveries"),
        columns=("position",),
    ),
}


class Version(Protocol):
    """A milestone as it was at some time: what deeds are found by."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def position(self) -> int: ...
    @property
    def due_on(self) -> datetime.date | None: ...
    @property
    def new_baseline_on(self) -> datetime.date | None: ...
    @property
    def is_delivered(self) -> bool: ...
    @property
    def delivered_on(self) -> datetime.date | None: ...
    @property
    def is_obsolete(self) -> bool: ...
    @property
    def obsolete_on(self) -> datetime.date | None: ...


def deeds(
    before: Version | None,
    after: Version | None,
    *,
    was_moved: bool = False,
    within: tuple[datetime.date, datetime.date] | None = None,
) -> Iterator[Deed]:
    """Find what was done to a milestone from one version to another; None is where it is not there.

    `was_moved` says that it has been moved on the way, which the versions do not show when it was
    there and back. One that is added was delivered and withdrawn as well when it says so of a day
    `within` two others, after the end of the first and not after the last.
    """
    if after is None:
        yield Deed.DELETED
    elif before is not None:
        yield from _between(before, after, was_moved=was_moved)
    else:
        yield Deed.ADDED
        if after.is_delivered and _is_within(after.delivered_on, within):
            yield Deed.DELIVERED
        if after.is_obsolete and _is_within(after.obsolete_on, within):
            yield Deed.WITHDRAWN
        if was_moved:
            yield Deed.MOVED


def _between(before: Version, after: Version, *, was_moved: bool) -> Iterator[Deed]:
    """Find what was done to a milestone that was there both times."""
    if (before.code, before.title) != (after.code, after.title):
        yield Deed.RENAMED
    if before.is_delivered != after.is_delivered:
        yield Deed.DELIVERED if after.is_delivered else Deed.REOPENED
    if before.is_obsolete != after.is_obsolete:
        yield Deed.WITHDRAWN if after.is_obsolete else Deed.RESTORED
    if after.due_on and not before.due_on:
        yield Deed.DUE_SET
    if was_moved or (before.due_on and after.due_on and before.due_on != after.due_on):
        yield Deed.MOVED
    if after.new_baseline_on and before.new_baseline_on != after.new_baseline_on:
        yield Deed.REBASELINED
    if before.position != after.position:
        yield Deed.PLACED


def past_tense(deed: Deed, before: Milestone | None, after: Milestone | None) -> str:
    """Say what somebody did to a milestone, to stand after her name; empty when there are no words."""
    was, now = _both(before, after)
    comes_or_goes = before is None or after is None
    details = _details(deed, was, now)
    telling = TELLINGS[deed]
    text = telling.past if all(details.values()) else telling.past_bare
    return str(text) % {"name": str(now) if comes_or_goes else now.label, **details}


def record_in_past_tense(deed: Deed, record: DateMove | BaselineDate, *, name: str) -> str:
    """Say the same from the record that a deed has: from which date to which, and why."""
    words = {"name": name, "from": _day(record.from_date), "to": _day(record.to_date)}
    text = str(TELLINGS[deed].recorded) % words
    if isinstance(record, DateMove) and record.reason:
        text += f": {record.reason}"
    if isinstance(record, DateMove) and record.cause:
        text += _(" (cause: %(cause)s)") % {"cause": record.get_cause_display().lower()}
    return text


def changes_in_words(before: Iterable[Milestone], now: Iterable[Milestone]) -> list[str]:
    """Say in one sentence each what had happened to a project's milestones between two days."""
    then = {milestone.pk: milestone for milestone in before}
    pairs: list[tuple[Milestone | None, Milestone | None]]
    pairs = [(then.pop(milestone.pk, None), milestone) for milestone in now]
    pairs += [(gone, None) for gone in then.values()]
    told = (_since(deed, *pair) for pair in pairs for deed in deeds(*pair))
    return [words for words in told if words]


def _since(deed: Deed, before: Milestone | None, after: Milestone | None) -> str:
    was, now = _both(before, after)
    return str(TELLINGS[deed].since) % {"name": now.label, **_details(deed, was, now)}


def _both(before: Milestone | None, after: Milestone | None) -> tuple[Milestone, Milestone]:
    """Let one that came or went stand for itself on the other side."""
    was, now = before or after, after or before
    assert was
    assert now
    return was, now


def _details(deed: Deed, was: Milestone, now: Milestone) -> dict[str, str]:
    """Put into words what the sentences of a deed name besides the milestone."""
    match deed:
        case Deed.RENAMED:
            return {"before": str(was), "after": str(now)}
        case Deed.DELIVERED:
            return {"date": _day(now.delivered_on)}
        case Deed.REOPENED:
            return {"date": _day(was.delivered_on)}
        case Deed.WITHDRAWN:
            return {"reason": now.obsolete_reason}
        case Deed.DUE_SET:
            return {"to": _day(now.due_on), "date": _day(now.due_on)}
        case Deed.MOVED if was.due_on and now.due_on:
            days = days_moved((now.due_on - was.due_on).days)
            to = _day(now.due_on)
            return {"from": _day(was.due_on), "to": to, "date": to, "days": days}
        case Deed.REBASELINED:
            return {"date": _day(now.new_baseline_on)}
        case _:
            return {}


def _is_within(
    day: datetime.date | None, within: tuple[datetime.date, datetime.date] | None
) -> bool:
    return day is not None and within is not None and within[0] < day <= within[1]


def _day(day: datetime.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
