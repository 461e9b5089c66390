"""The signal, how a status has changed, and what needs looking at, in words; the same words everywhere."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import takewhile

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.models import Project, Signal, Status, StatusReport
from projects.models.attention import Concern
from projects.models.status_report import Change


def signal_in_words(project: Project) -> str:
    """Name the annotated signal: “Signal fra leveransene: rødt”."""
    return _("Signal from the deliveries: %(signal)s") % {"signal": project.signal_label.lower()}


def signal_reason(project: Project, today: datetime.date) -> str:
    """Say in one sentence why the signal is as it is; the project comes `with_signal`."""
    if project.signal == Signal.GREEN:
        behind = project.furthest_behind_since
        is_behind = behind is not None and behind < today
        return _("No delivery is overdue.") if is_behind else _("No delivery is late.")
    if project.signal == Signal.YELLOW and project.longest_overdue_since:
        return _overdue(project, today)
    return _behind(project, today)


def _behind(project: Project, today: datetime.date) -> str:
    """The days since the date that slip counts from: the original one, or that of a new baseline.

    “Not delivered”, since the slip of the milestone itself counts to a due date that may be later.
    """
    assert project.furthest_behind_since
    days = (today - project.furthest_behind_since).days
    if project.furthest_behind_new_baseline_on:
        words = ngettext(
            "%(name)s is %(days)s day after its date in the new baseline and not delivered.",
            "%(name)s is %(days)s days after its date in the new baseline and not delivered.",
            days,
        )
    else:
        words = ngettext(
            "%(name)s is %(days)s day after the original due date and not delivered.",
            "%(name)s is %(days)s days after the original due date and not delivered.",
            days,
        )
    return words % {"name": project.furthest_behind_label, "days": number_format(days)}


def _overdue(project: Project, today: datetime.date) -> str:
    assert project.longest_overdue_since
    days = (today - project.longest_overdue_since).days
    words = ngettext(
        "%(name)s is %(days)s day past its due date.",
        "%(name)s is %(days)s days past its due date.",
        days,
    )
    return words % {"name": project.longest_overdue_label, "days": number_format(days)}


def concern_in_words(concern: Concern, project: Project) -> str:
    """Say what needs looking at in a project, which comes `with_attention`."""
    match concern:
        case Concern.TURNED_RED | Concern.BECAME_WORSE:
            words = _("the status became “%(status)s”, from “%(before)s”")
            return words % {
                "status": project.status_label,
                "before": project.previous_status_label,
            }
        case Concern.OVERDUE:
            count = len(project.overdue_pks)
            words = ngettext("%(count)s overdue delivery", "%(count)s overdue deliveries", count)
            return words % {"count": number_format(count)}
        case Concern.OFTEN_MOVED:
            count = len(project.often_moved_pks)
            words = ngettext(
                "%(count)s delivery moved twice or more",
                "%(count)s deliveries moved twice or more",
                count,
            )
            return words % {"count": number_format(count)}
        case Concern.GAP:
            words = _("the status “%(status)s” is better than the signal (%(signal)s)")
            return words % {
                "status": project.status_label,
                "signal": project.signal_label.lower(),
            }
        case Concern.LATE:
            if project.reported_on is None:
                return _("not reported yet")
            return _("not updated since %(date)s") % {"date": date_format(project.reported_on)}
    return {
        Concern.NO_OWNER: _("has no owner"),
        Concern.NO_CONTACT: _("has no contact"),
        Concern.NO_MANAGER: _("has no project manager"),
    }[concern]


def concerns_in_words(concern: Concern) -> str:
    """Name what needs looking at, as the head of a count of projects."""
    match concern:
        case Concern.TURNED_RED | Concern.BECAME_WORSE:
            turned_red = concern == Concern.TURNED_RED
            status = Status.MAJOR_CHALLENGES if turned_red else Status.CHALLENGES
            return _("Status became “%(status)s”") % {"status": status.label}
    return {
        Concern.OVERDUE: _("Overdue deliveries"),
        Concern.GAP: _("Status better than the signal"),
        Concern.LATE: _("The report is late"),
        Concern.OFTEN_MOVED: _("Deliveries moved twice or more"),
        Concern.NO_OWNER: _("Without an owner"),
        Concern.NO_CONTACT: _("Without a contact"),
        Concern.NO_MANAGER: _("Without a project manager"),
    }[concern]


def trend_in_words(reports: Sequence[StatusReport]) -> str:
    """Say how the status of the first report stands to the ones before, and since when.

    The newest is first; empty when there is none before it.
    """
    if len(reports) < 2:
        return ""
    now, before = reports[0], reports[1]
    change = Change.between(Status(before.status), Status(now.status))
    if change == Change.UNCHANGED:
        *_later, first = takewhile(lambda report: report.status == now.status, reports)
        return _("unchanged since %(date)s") % {"date": date_format(first.reported_on)}
    words = _("better than %(date)s") if change == Change.BETTER else _("worse than %(date)s")
    return words % {"date": date_format(before.reported_on)}


def report_day(report: StatusReport, reports: Iterable[StatusReport]) -> str:
    """Name the day of a report; with the time when another of the project's reports shares the day."""
    date = date_format(report.reported_on)
    if not any(
        other.pk != report.pk and other.reported_on == report.reported_on for other in reports
    ):
        return date
    recorded_at = timezone.localtime(report.recorded_at)
    time = date_format(recorded_at, "TIME_FORMAT")
    if recorded_at.date() == report.reported_on:
        return _("%(date)s at %(time)s") % {"date": date, "time": time}
    words = _("%(date)s (recorded %(recorded_on)s at %(time)s)")
    return words % {"date": date, "recorded_on": date_format(recorded_at), "time": time}
