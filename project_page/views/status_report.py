"""Reporting how a project goes, and where that departs from what its milestones say."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from fkj_portfolio.filters import LONGEST_KEY
from fkj_portfolio.http import MemberRequest, posted, require_form_methods
from project_page.forms.status_report import StatusReportForm
from project_page.views.access import get_editable_project
from projects.models import Lifecycle, PortfolioSettings, Project, StatusReport
from projects.words import signal_reason

GAPS_PER_PAGE = 50


@require_form_methods
@transaction.atomic
def status_report_create(request: MemberRequest, slug: str) -> HttpResponse:
    """Report a project's status and risk, beside what is reported now and what the milestones say."""
    today = timezone.localdate()
    project = _measured(get_editable_project(request, slug), today)
    corrects = _to_correct(request, project)
    form = StatusReportForm(
        posted(request), project=project, by=request.user, today=today, corrects=corrects
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        said = (
            _("The correction is published.") if corrects else _("The status report is published.")
        )
        messages.success(request, said)
        return redirect(project)

    context = {
        "project": project,
        "form": form,
        "current": form.current,
        "corrects": corrects,
        "today": today,
    }
    return render(request, "project_page/status_report_form.html", context)


@require_POST
@transaction.atomic
def status_report_confirm(request: MemberRequest, slug: str) -> HttpResponse:
    """Report once more, for today, what the newest report says; it must be the one that was seen."""
    today = timezone.localdate()
    project = _measured(get_editable_project(request, slug), today)
    if project.lifecycle != Lifecycle.ACTIVE:
        text = _("%(project)s is not active, so its status is not to be confirmed.")
        messages.warning(request, text % {"project": project})
        return redirect(project)
    current = project.status_reports.newest_first().first()
    if current is None:
        messages.info(request, _("There is no report to confirm yet. Write the first one."))
        return redirect("projects:status_report_create", project.slug)
    seen = _seen_report(request, project)
    if seen and _is_done(current, seen, by=request.user, today=today):
        messages.success(request, _confirmed(current))
        return redirect(project)
    if seen != current:
        text = _("A new report has come since you opened the page. Read it before you confirm it.")
        messages.warning(request, text)
        return redirect(project)
    if project.has_gap and not current.gap_reason:
        text = _("%(reason)s Write in one sentence why the status is better, and publish.")
        messages.warning(request, text % {"reason": signal_reason(project, today)})
        return redirect("projects:status_report_create", project.slug)

    messages.success(request, _confirmed(project.confirm(current, on=today, by=request.user)))
    return redirect(project)


@require_safe
@permission_required("projects.change_project", raise_exception=True)
def gap_list(request: MemberRequest) -> HttpResponse:
    """The active projects that are reported greener than their milestones say."""
    today = timezone.localdate()
    projects = Project.objects.with_gap(rules=PortfolioSettings.current().signal_rules, today=today)
    paginator = Paginator(projects.prefetch_related("managers"), GAPS_PER_PAGE)
    context = {"page": paginator.get_page(request.GET.get("side")), "today": today}
    return render(request, "project_page/gap_list.html", context)


def _to_correct(request: MemberRequest, project: Project) -> StatusReport | None:
    """Return the report of the project that `?retter=` names; Http404 when it has none such."""
    named = request.GET.get("retter", "")
    if not named:
        return None
    if not named.isdecimal() or len(named) > LONGEST_KEY:
        raise Http404
    return get_object_or_404(project.status_reports.select_related("reported_by"), pk=int(named))


def _measured(project: Project, today: datetime.date) -> Project:
    """Return a project as its page has it: with the status, and the signal beside it."""
    projects = Project.objects.with_latest_report()
    measured = projects.with_signal(rules=PortfolioSettings.current().signal_rules, today=today)
    found: Project = measured.get(pk=project.pk)
    return found


def _seen_report(request: MemberRequest, project: Project) -> StatusReport | None:
    """Return the report of this project that the page showed; None when it is none of them."""
    number = request.POST.get("report", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return project.status_reports.filter(pk=number).first()


def _is_done(current: StatusReport, seen: StatusReport, *, by: User, today: datetime.date) -> bool:
    """Return whether she has reported the same today already: she clicked twice."""
    is_hers = current.reported_by_id == by.pk and current.reported_on == today
    return is_hers and current.content == seen.content


def _confirmed(report: StatusReport) -> str:
    words = _("The status “%(status)s” is confirmed as of today.")
    return words % {"status": report.get_status_display()}
