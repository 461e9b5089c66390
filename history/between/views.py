"""What has changed between two days."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fkj_portfolio.http import SiteRequest
from fkj_portfolio.limits import THE_PAST
from fkj_portfolio.page_cache import remembered_for_readers
from history.between.changes import compare
from history.between.forms import PeriodForm
from history.between.groups import Groups
from history.between.picture import draw
from history.between.snapshots import read
from projects.as_of import PARAMETER, first_day


@login_not_required
@require_safe
@remembered_for_readers
def changes(request: SiteRequest) -> HttpResponse:
    """Status then against now, and what has happened to projects and milestones between."""
    if PARAMETER in request.GET:
        return redirect(_until_the_day_read(request))

    form = PeriodForm(request.GET, first=first_day(request.user), today=timezone.localdate())
    with THE_PAST():
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
    return render(request, "history/between/changes.html", context)


def _until_the_day_read(request: SiteRequest) -> str:
    """Return the address of a comparison that ends with the day of other pages, unless it has an end."""
    query = request.GET.copy()
    day = query.pop(PARAMETER)[-1]
    if day.strip() and not query.get("til"):
        query["til"] = day
    return f"{request.path}?{query.urlencode()}" if query else request.path
