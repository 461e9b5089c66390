"""The search of the whole site, for a reader who wants one answer."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fkj_portfolio.addresses import page_address
from fkj_portfolio.http import SiteRequest
from fkj_portfolio.page_cache import remembered_for_readers
from overview.search.forms import SearchForm
from overview.search.hits import find_hits
from overview.search.nearest import find_meant
from projects.models import Project

FOUND_PER_PAGE = 20


@login_not_required
@require_safe
@remembered_for_readers
def search(request: SiteRequest) -> HttpResponse:
    """The projects where every word is found, the best first; or the titles that may be meant."""
    form = SearchForm(request.GET, auto_id="search-%s")
    text = form.cleaned_data["search"] if form.is_valid() else ""
    visible = Project.objects.visible_to(request.user)
    found = visible.search(text) if text else visible.none()
    found = found.best_first(text).with_latest_report().with_found_milestones(text)
    page = Paginator(found.select_related("owner"), FOUND_PER_PAGE).get_page(
        request.GET.get("side")
    )
    is_missed = text and not page.paginator.count
    context = {
        "form": form,
        "text": text,
        "page": page,
        "hits": find_hits(page, text),
        "meant": find_meant(text, among=visible, address=search_address) if is_missed else None,
    }
    return render(request, "overview/search.html", context)


def search_address(text: str) -> str:
    """Return the address that searches for a text."""
    return f"{page_address('projects:search')}?{urlencode({'sok': text})}"
