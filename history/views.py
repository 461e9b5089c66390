"""Pages of who changed what, from what, to what, and when: of one project, and of the portfolio."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import replace_url

from fkj_portfolio.addresses import page_address
from fkj_portfolio.content_cache import ANSWERS, OpenContentCache
from fkj_portfolio.http import MemberRequest
from history.criteria import Criteria
from history.entries import read_entries
from history.forms import (
    HistoryFilterForm,
    PortfolioHistoryFilterForm,
    address_with,
)
from history.words import Story, tell
from projects.models import Project

ENTRIES_PER_PAGE = 25


class Entries(Paginator):  # type: ignore[type-arg]
    """Pages of entries; how many there are takes as long as reading them, and is remembered."""

    def __init__(self, criteria: Criteria, answers: OpenContentCache) -> None:
        super().__init__(criteria.entries(), ENTRIES_PER_PAGE)
        self.criteria, self.answers = criteria, answers

    @cached_property
    def count(self) -> int:
        return self.criteria.count(self.answers)


@require_safe
@vary_on_headers("HX-Request")
def project_history(request: MemberRequest, slug: str) -> HttpResponse:
    """Show what was changed on one project; htmx gets only the results."""
    project = get_object_or_404(Project, slug=slug)
    address = page_address("projects:project_history", slug)
    filter_form = HistoryFilterForm(request.GET, address=address, project=project)
    return _show(request, "project_history.html", filter_form, {"project": project})


@require_safe
@vary_on_headers("HX-Request")
def history(request: MemberRequest) -> HttpResponse:
    """Show what was changed in the whole portfolio; htmx gets only the results."""
    filter_form = PortfolioHistoryFilterForm(request.GET, address=page_address("projects:history"))
    return _show(request, "history.html", filter_form, {"project": None})


def _show(
    request: MemberRequest, template: str, filter_form: HistoryFilterForm, context: dict[str, Any]
) -> HttpResponse:
    criteria = filter_form.criteria
    pages = Paginator(criteria.entries(), ENTRIES_PER_PAGE)
    if not context["project"]:
        pages = Entries(criteria, ANSWERS.open(request))
    page = pages.get_page(request.GET.get("side"))
    told = [tell(entry) for entry in read_entries(page.object_list, criteria)]
    stories: list[Story] = [story for story in told if story]
    context |= {
        "filter_form": filter_form,
        "page": page,
        "stories": stories,
    }
    if not request.htmx:
        return render(request, f"history/{template}", context)
    response = render(request, "history/_history_results.html", context)
    side = {"side": str(page.number)} if page.number > 1 else {}
    return replace_url(response, address_with(filter_form.address, filter_form.chosen | side))
