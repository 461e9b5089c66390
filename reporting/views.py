"""What has changed between two days."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fkj_portfolio.http import SiteRequest
from projects.as_of import first_day
from reporting.changes import compare
from reporting.forms import PeriodForm
from reporting.groups import Groups
from reporting.picture import draw
from reporting.snapshots import read


@login_not_required
@require_safe
def changes(request: SiteRequest) -> HttpResponse:
    """Status then against now, and what has happened to projects and milestones between."""
    form = PeriodForm(request.GET, first=first_day(request.user), today=timezone.localdate())
    found = compare(read(form.period, user=request.user))
    groups = Groups(found, whole=request.GET.get("alle", ""))
    context = {
        "form": form,
        "period": form.period,
        "changes": found,
        "rows": groups.rows(),
        "colours": groups.colours(),
        "happenings": groups.happenings(),
        "deeds": groups.deeds(),
        "picture": draw(found),
    }
    return render(request, "reporting/changes.html", context)
