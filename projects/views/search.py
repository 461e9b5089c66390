"""The search of the whole site, for a reader who wants one answer."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fkj_portfolio.http import SiteRequest
from projects.forms.search import SearchForm
from projects.models import Project

FOUND_PER_PAGE = 20


@login_not_required
@require_safe
def search(request: SiteRequest) -> HttpResponse:
    """The projects where every word is found, each with the milestones that mention one."""
    form = SearchForm(request.GET, auto_id="search-%s")
    text = form.cleaned_data["search"] if form.is_valid() else ""
    found = Project.objects.visible_to(request.user) if text else Project.objects.none()
    found = found.search(text).with_latest_report().select_related("owner").in_order()
    page = Paginator(found.with_found_milestones(text) if text else found, FOUND_PER_PAGE)
    return render(
        request,
        "projects/search.html",
        {"form": form, "text": text, "page": page.get_page(request.GET.get("side"))},
    )
