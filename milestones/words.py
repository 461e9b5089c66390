"""How far a project has come and how late a milestone is, in words; the same words everywhere."""

import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones.models import Milestone

if TYPE_CHECKING:
    from projects.models import Project


def progress_in_words(project: "Project") -> str:
    """Say how many of its milestones a project has delivered; it comes `with_milestone_counts`."""
    if not project.milestone_count:
        return _("Every delivery is obsolete.") if project.obsolete_count else ""
    return ngettext(
        "The project has finished %(delivered)d of %(total)d delivery.",
        "The project has finished %(delivered)d of %(total)d deliveries.",
        project.milestone_count,
    ) % {"delivered": project.delivered_count, "total": project.milestone_count}


def slip_in_words(
    original: datetime.date | None,
    due: datetime.date | None,
    *,
    new_baseline: datetime.date | None = None,
    is_delivered: bool = False,
    delivered_on: datetime.date | None = None,
    is_obsolete: bool = False,
    moves: int = 0,
    today: datetime.date | None = None,
) -> str:
    """Say how far a milestone is from the date that its slip counts from, and how often it was moved.

    That is the date which was first promised, or the new baseline where there is
    one, and the words say which. Without a date they say so. What was withdrawn
    undelivered has nothing left to be late with, and the answer is empty. With
    `today` they also say how long an open one is overdue.
    """
    if is_obsolete and not is_delivered:
        return ""
    if is_delivered:
        words = [_delivered(original, due, delivered_on, new_baseline)]
    elif original is None or due is None:
        words = [_("date not given")]
    else:
        words = _open(original, due, today, new_baseline)
    if moves:
        words.insert(
            1, ngettext("moved %(count)s time", "moved %(count)s times", moves) % {"count": moves}
        )
    return ", ".join(words)


def slip_from_original_in_words(milestone: Milestone) -> str:
    """Say how far a milestone with a new baseline is from the date that was first promised.

    Empty when it has no new baseline, because then its slip counts from that date.
    """
    ends_on = milestone.delivered_on if milestone.is_delivered else milestone.due_on
    is_withdrawn = milestone.is_obsolete and not milestone.is_delivered
    original = milestone.original_due_on
    if milestone.new_baseline_on is None or original is None or ends_on is None or is_withdrawn:
        return ""
    return _from_original((ends_on - original).days)


def _delivered(
    original: datetime.date | None,
    due: datetime.date | None,
    delivered_on: datetime.date | None,
    new_baseline: datetime.date | None,
) -> str:
    if delivered_on is None:
        return _("date not given")
    if original is None:
        return _("due date not given")
    days = (delivered_on - (new_baseline or original)).days
    if new_baseline:
        return _delivered_from_baseline(days)
    if days == 0:
        return _("delivered on the day")
    if due == original:
        late = ngettext("delivered %(days)s day late", "delivered %(days)s days late", abs(days))
        early = ngettext("delivered %(days)s day early", "delivered %(days)s days early", abs(days))
    else:
        late = ngettext(
            "delivered %(days)s day after the original due date",
            "delivered %(days)s days after the original due date",
            abs(days),
        )
        early = ngettext(
            "delivered %(days)s day before the original due date",
            "delivered %(days)s days before the original due date",
            abs(days),
        )
    return (late if days > 0 else early) % {"days": number_format(abs(days))}


def _delivered_from_baseline(days: int) -> str:
    late = ngettext(
        "delivered %(days)s day after the new baseline",
        "delivered %(days)s days after the new baseline",
        abs(days),
    )
    early = ngettext(
        "delivered %(days)s day before the new baseline",
        "delivered %(days)s days before the new baseline",
        abs(days),
    )
    if days == 0:
        return _("delivered on the date of the new baseline")
    return (late if days > 0 else early) % {"days": number_format(abs(days))}


def _open(
    original: datetime.date,
    due: datetime.date,
    today: datetime.date | None,
    new_baseline: datetime.date | None,
) -> list[str]:
    days = (due - (new_baseline or original)).days
    overdue = (today - due).days if today else 0
    words = []
    if days:
        words.append(_from_baseline(days) if new_baseline else _from_original(days))
    elif overdue <= 0:
        words.append(_("on schedule by the new baseline") if new_baseline else _("on schedule"))
    if overdue > 0:
        words.append(
            ngettext("overdue for %(days)s day", "overdue for %(days)s days", overdue)
            % {"days": number_format(overdue)}
        )
    return words


def _from_original(days: int) -> str:
    after = ngettext(
        "%(days)s day after the original due date",
        "%(days)s days after the original due date",
        abs(days),
    )
    before = ngettext(
        "%(days)s day before the original due date",
        "%(days)s days before the original due date",
        abs(days),
    )
    if days == 0:
        return _("on the original due date")
    return (after if days > 0 else before) % {"days": number_format(abs(days))}


def _from_baseline(days: int) -> str:
    after = ngettext(
        "%(days)s day after the new baseline", "%(days)s days after the new baseline", abs(days)
    )
    before = ngettext(
        "%(days)s day before the new baseline", "%(days)s days before the new baseline", abs(days)
    )
    return (after if days > 0 else before) % {"days": number_format(abs(days))}


def days_moved(days: int) -> str:
    """Say how many days later or earlier a date has come to lie."""
    if days < 0:
        return ngettext("%(days)s day earlier", "%(days)s days earlier", -days) % {
            "days": number_format(-days)
        }
    return ngettext("%(days)s day later", "%(days)s days later", days) % {
        "days": number_format(days)
    }


def why_not_outstanding(milestone: Milestone) -> str:
    """Say who delivered a milestone and when, or that it was withdrawn, and what to do about it."""
    words = {"name": milestone.label}
    if not milestone.is_delivered:
        return _("%(name)s is obsolete. Take that back first if it should stand after all.") % words
    if milestone.delivered_on is None:
        return _("%(name)s is already delivered.") % words
    words["date"] = date_format(milestone.delivered_on, "SHORT_DATE_FORMAT")
    if milestone.delivered_by is None:
        return _("%(name)s is already delivered, on %(date)s.") % words
    words["user"] = str(milestone.delivered_by)
    return _("%(name)s is already delivered, on %(date)s, says %(user)s.") % words
