"""One report: all of it, with the milestones as they stood, and what had changed since the one before."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fkj_portfolio import history
from fkj_portfolio.http import SiteRequest
from milestones.models import Milestone
from pages.any_day import as_of_any_day, was_not_there
from projects.as_of import address_on, seen_from_today
from projects.models import PortfolioSettings, Project, StatusReport
from projects.words import report_day, trend_in_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class Stand:
    """A project and its milestones as they stood on a day."""

    day: datetime.date
    project: Project
    milestones: list[Milestone]


@login_not_required
@require_safe
@as_of_any_day
def status_report_detail(
    request: SiteRequest, slug: str, pk: int, *, as_of: datetime.date | None
) -> HttpResponse:
    """One report of a project, between the one before it and the next."""
    user = request.user
    projects = Project.objects.visible_to(user).select_related("contact")
    project = projects.filter(slug=slug).first()
    if project is None:
        return was_not_there(request, slug, as_of=as_of)
    reports = list(project.status_reports.for_timeline())
    place = _place_of(pk, reports)
    if place is None:
        return _was_not_reported(request, project, pk, as_of=as_of)
    report, before = reports[place], reports[place + 1 :]
    previous = before[0] if before else None
    day = report_day(report, reports)
    seen = seen_from_today(project, user, as_of=as_of)
    can_edit = as_of is None and project.is_editable_by(user)
    context = {
        "project": project,
        "report": report,
        "reports": reports,
        "title": _("Status report %(date)s") % {"date": day},
        "day": day,
        "previous": previous,
        "following": reports[place - 1] if place else None,
        "is_current": place == 0,
        "trend": trend_in_words(reports[place:]),
        "stand": stand_at(report, project=project, user=user),
        "previous_stand": stand_at(previous, project=project, user=user) if previous else None,
        "recorded_on": _recorded_later(report),
        "is_internal": user.is_authenticated,
        "shows_gap": PortfolioSettings.current().show_signal_to(may_edit=can_edit),
        "can_edit": can_edit,
        "as_of": as_of,
        "day_recorded_on": seen.recorded_on,
        "is_there_today": seen.is_there,
    }
    return render(request, "project_page/status_report_detail.html", context)


def stand_at(
    report: StatusReport, *, project: Project, user: "User | AnonymousUser"
) -> Stand | None:
    """Read the milestones as they stood with a report; None where that is not for this reader.

    That is when its day ended, or when the report was recorded if that was on the same day.
    A report may be about a day before the project was recorded here; then they are
    as they stood when the report was. What was not published then is shown to staff
    only, as on every page of the past.
    """
    recorded_on = timezone.localdate(report.recorded_at)
    for day in (report.reported_on, recorded_on):
        with history.as_of(report.recorded_at if day == recorded_on else day):
            counted = Project.objects.with_milestone_counts(today=day)
            then = counted.filter(pk=project.pk).first()
            if then and not then.is_published and not user.is_authenticated:
                return None
            if then:
                return Stand(day, then, list(then.milestones.for_project_page()))
    return None


def _place_of(pk: int, reports: list[StatusReport]) -> int | None:
    """Return the place of a report among those of its project; None when it is not there."""
    return next((place for place, report in enumerate(reports) if report.pk == pk), None)


def _was_not_reported(
    request: SiteRequest, project: Project, pk: int, *, as_of: datetime.date | None
) -> HttpResponse:
    """Lead to a project as it stood on a day when a report of it had not come yet.

    Raises Http404 when the project has no such report today either.
    """
    with history.as_it_is():
        if as_of is None or not StatusReport.objects.filter(pk=pk, project=project.pk).exists():
            raise Http404
    words = _("The report had not come on %(date)s. This is how the project stood that day.")
    messages.warning(request, words % {"date": date_format(as_of)})
    return redirect(address_on(project.get_absolute_url(), as_of))


def _recorded_later(report: StatusReport) -> datetime.date | None:
    """Return when a report was recorded, if that was after the day that it is about."""
    recorded_on = timezone.localdate(report.recorded_at)
    return recorded_on if recorded_on > report.reported_on else None
