"""The overview of the portfolio."""

import datetime

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from fkj_portfolio.http import SiteRequest
from projects.as_of import as_of_any_day
from projects.attention import Attention, needing_attention
from projects.forms.project_filter import ProjectFilterForm
from projects.forms.project_sort import DEFAULT
from projects.models import PortfolioSettings, Project
from projects.models.key_figures import key_figures
from projects.models.project_queryset import ProjectQuerySet

PROJECTS_PER_PAGE = 25
MATTERS_SHOWN = 10
#: What an address need not say, because it holds anyway.
IMPLIED = {("sorter", DEFAULT), ("side", "1")}


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
@as_of_any_day
def overview(request: SiteRequest, *, as_of: datetime.date | None) -> HttpResponse:
    """The portfolio: key figures, filters and projects; htmx gets only the results."""
    needed = _needed(request.GET)
    if needed != request.GET:
        return redirect(f"{request.path}?{needed.urlencode()}" if needed else request.path)

    today = as_of or timezone.localdate()
    rules = PortfolioSettings.current()
    visible = Project.objects.visible_to(request.user)
    filter_form = ProjectFilterForm(request.GET, projects=visible, today=today, as_of=as_of)
    projects = filter_form.apply_to(visible.for_overview(rules=rules, today=today))
    page = Paginator(projects, PROJECTS_PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "as_of": as_of,
        "attention": None if as_of else _attention(request, projects, rules=rules, today=today),
        "sees_gaps": as_of is None and request.user.has_perm("projects.change_project"),
        "can_add": as_of is None and request.user.has_perm("projects.add_project"),
        "figures": key_figures(visible, today=today),
        "filter_form": filter_form,
        "page": page,
        "today": today,
    }
    template = "_overview_changed.html" if request.htmx else "overview.html"
    return render(request, f"projects/{template}", context)


def _attention(
    request: SiteRequest,
    projects: ProjectQuerySet,
    *,
    rules: PortfolioSettings,
    today: datetime.date,
) -> Attention | None:
    """What staff have to look at today in the projects that the filters find."""
    if not request.user.is_authenticated:
        return None
    is_all = request.GET.get("oppmerksomhet") == "alle"
    return needing_attention(
        Project.objects.filter(pk__in=projects.order_by().values("pk")),
        user=request.user,
        rules=rules,
        today=today,
        limit=None if is_all else MATTERS_SHOWN,
    )


def _needed(query: QueryDict) -> QueryDict:
    """The query without what is empty or implied, so that an address is short and the only one."""
    needed = QueryDict(mutable=True)
    for name, values in query.lists():
        kept = [each for each in values if each.strip() and (name, each) not in IMPLIED]
        if kept:
            needed.setlist(name, kept)
    return needed
