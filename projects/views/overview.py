"""The overview of the portfolio."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from fkj_portfolio.http import SiteRequest
from projects.forms.project_filter import ProjectFilterForm
from projects.forms.project_sort import DEFAULT
from projects.models import Project
from projects.models.key_figures import key_figures

PROJECTS_PER_PAGE = 25
#: What an address need not say, because it holds anyway.
IMPLIED = {("sorter", DEFAULT), ("side", "1")}


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def overview(request: SiteRequest) -> HttpResponse:
    """The portfolio: key figures, filters and projects; htmx gets only the results."""
    needed = _needed(request.GET)
    if needed != request.GET:
        return redirect(f"{request.path}?{needed.urlencode()}" if needed else request.path)

    today = timezone.localdate()
    visible = Project.objects.visible_to(request.user)
    filter_form = ProjectFilterForm(request.GET, projects=visible, today=today)
    projects = filter_form.apply_to(visible.for_overview(today=today))
    page = Paginator(projects, PROJECTS_PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "can_add": request.user.has_perm("projects.add_project"),
        "figures": key_figures(visible, today=today),
        "filter_form": filter_form,
        "page": page,
        "today": today,
    }
    template = "_overview_changed.html" if request.htmx else "overview.html"
    return render(request, f"projects/{template}", context)


def _needed(query: QueryDict) -> QueryDict:
    """The query without what is empty or implied, so that an address is short and the only one."""
    needed = QueryDict(mutable=True)
    for name, values in query.lists():
        kept = [each for each in values if each.strip() and (name, each) not in IMPLIED]
        if kept:
            needed.setlist(name, kept)
    return needed
