"""One report: all of it, with the milestones as they stood, and what had changed since the one before."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fkj_portfolio.history import as_of
from fkj_portfolio.http import SiteRequest
from projects.models import PortfolioSettings, Project, StatusReport
from projects.words import trend_in_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class Stand:
    """A project and its milestones as they stood when a day ended."""

    day: datetime.date
    project: Project
    milestones: list[Any]


@login_not_required
@require_safe
def status_report_detail(request: SiteRequest, slug: str, pk: int) -> HttpResponse:
    """One report of a project, between the one before it and the next."""
    user = request.user
    project = get_object_or_404(Project.objects.visible_to(user), slug=slug)
    reports = list(project.status_reports.for_timeline())
    place = _place_of(pk, reports)
    report, before = reports[place], reports[place + 1 :]
    previous = before[0] if before else None
    can_edit = project.is_editable_by(user)
    context = {
        "project": project,
        "report": report,
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
    }
    return render(request, "projects/status_report_detail.html", context)


def stand_at(
    report: StatusReport, *, project: Project, user: "User | AnonymousUser"
) -> Stand | None:
    """Read the milestones as they stood on the day of a report; None where that is not for this reader.

    A report may be about a day before the project was recorded here; then they are
    as they stood on the day when the report was. What was not published that day
    is shown to staff only, as on every page of the past.
    """
    for day in (report.reported_on, timezone.localdate(report.recorded_at)):
        with as_of(day):
            counted = Project.objects.with_milestone_counts(today=day)
            then = counted.filter(pk=project.pk).first()
            if then and not then.is_published and not user.is_authenticated:
                return None
            if then:
                milestones: Any = then.milestones
                return Stand(day, then, list(milestones.for_project_page()))
    return None


def _place_of(pk: int, reports: list[StatusReport]) -> int:
    """Return the place of a report among those of its project; Http404 when it is not there."""
    for place, report in enumerate(reports):
        if report.pk == pk:
            return place
    raise Http404


def _recorded_later(report: StatusReport) -> datetime.date | None:
    """Return when a report was recorded, if that was after the day that it is about."""
    recorded_on = timezone.localdate(report.recorded_at)
    return recorded_on if recorded_on > report.reported_on else None
