"""Reporting how a project goes."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from fkj_portfolio.http import MemberRequest, posted, require_form_methods
from projects.forms.status_report import StatusReportForm
from projects.views.project import get_editable_project


@require_form_methods
@transaction.atomic
def status_report_create(request: MemberRequest, slug: str) -> HttpResponse:
    """Report a project's status and risk, beside what is reported now."""
    project = get_editable_project(request, slug)
    form = StatusReportForm(
        posted(request), project=project, by=request.user, today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The status report is published."))
        return redirect(project)

    return render(
        request,
        "projects/status_report_form.html",
        {"project": project, "form": form, "current": form.current},
    )
