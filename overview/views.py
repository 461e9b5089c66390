"""The overview of the portfolio."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from fkj_portfolio.content_cache import ANSWERS, OpenContentCache
from fkj_portfolio.http import SiteRequest
from fkj_portfolio.page_cache import remembered_for_readers
from overview.arrangement import Arrangement
from overview.attention import Attention, attention
from overview.census.count import Census, take_census
from overview.census.key_figures import key_figures
from overview.facets import chips, facets, remarks
from overview.fields import DEFAULT_SORT, DISTRIBUTION, TABLE, TIMELINE
from overview.looks.distribution import distribution
from overview.looks.groups import group
from overview.looks.timeline import timeline
from overview.looks.timeline.axis import Scale, read_period
from overview.pages import table_rows, timeline_rows
from overview.reading import read
from overview.saved.menu import views_of
from overview.search.nearest import Meant, find_meant
from overview.sight import Sight
from overview.state import State
from pages.any_day import as_of_any_day
from projects.addresses import ADDRESS_NAMES
from projects.dimensions import DEFAULT_COLUMNS
from projects.models import Project

PROJECTS_PER_PAGE = 25
COLUMNS = ADDRESS_NAMES["columns"]
#: What an address need not say, because it holds anyway.
IMPLIED = {
    "sorter": [DEFAULT_SORT],
    "side": ["1"],
    "vis": [TABLE],
    "akse": [Scale.QUARTER.value],
    COLUMNS: [",".join(column.value for column in DEFAULT_COLUMNS)],
}


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
@remembered_for_readers
@as_of_any_day
def overview(request: SiteRequest, *, as_of: datetime.date | None) -> HttpResponse:
    """The portfolio: key figures, filters and projects; htmx gets only the results."""
    needed = _needed(request.GET)
    if needed != request.GET:
        return redirect(f"{request.path}?{needed.urlencode(safe=',')}" if needed else request.path)
    views = views_of(request, as_of=as_of)
    if views.redirect_to:
        return redirect(views.redirect_to)

    memory = ANSWERS.open(request)
    sight = Sight.of(request.user, today=as_of or timezone.localdate(), as_of=as_of)
    reading = read(request.GET, sight, view=views.kept, memory=memory)
    state, everything = reading.state, take_census(None, sight, memory)
    census = take_census(state, sight, memory) if state.is_narrowed else everything
    context = {
        "arrangement": Arrangement(state, sight, reading.form),
        "as_of": as_of,
        "attention": None if as_of else _attention(request, state, sight, memory),
        "can_add": as_of is None and request.user.has_perm("projects.add_project"),
        "census": census,
        "chips": chips(state, sight),
        "facets": facets(state, sight, census),
        "figures": key_figures(everything),
        "filter_form": reading.form,
        "is_office": as_of is None and request.user.has_perm("projects.change_project"),
        "meant": _meant(state, sight, census),
        "notes": reading.notes,
        "remarks": remarks(state, sight),
        "state": state,
        "today": sight.today,
        "views": views,
        **dict.fromkeys(["distribution", "page", "sections", "timeline"]),
        **LOOKS[state.look](request, state, sight, census),
    }
    template = "_changed.html" if request.htmx else "overview.html"
    return render(request, f"overview/{template}", context)


def _table(request: SiteRequest, state: State, sight: Sight, census: Census) -> dict[str, Any]:
    page = _page(request, census, partial(table_rows, state, sight, ANSWERS.open(request)))
    return {"page": page, "sections": group(page, state, census) if state.grouped_by else None}


def _timeline(request: SiteRequest, state: State, sight: Sight, census: Census) -> dict[str, Any]:
    page = _page(request, census, partial(timeline_rows, state, sight, ANSWERS.open(request)))
    drawn = timeline(
        page,
        today=sight.today,
        scale=state.scale,
        start=read_period(state.start),
        address=partial(state.address, page=str(page.number) if page.number > 1 else ""),
        as_of=sight.as_of,
        heading=state.heading,
        shows_table=state.shows_table,
    )
    return {"page": page, "timeline": drawn}


def _distribution(
    request: SiteRequest, state: State, sight: Sight, census: Census
) -> dict[str, Any]:
    return {"distribution": distribution(census, state)}


def _meant(state: State, sight: Sight, census: Census) -> Meant | None:
    """What may have been meant where nothing is found, among what the other filters leave."""
    if census.found or not state.text:
        return None
    left = sight.everything.filter(*state.conditions.values())
    return find_meant(state.text, among=left, address=lambda text: state.address(search=text))


LOOKS = {TABLE: _table, TIMELINE: _timeline, DISTRIBUTION: _distribution}


def _page(
    request: SiteRequest, census: Census, rows: Callable[[int, int], list[Project]]
) -> Page[Project]:
    """The projects of the page that the address names, those from one place to another of all that are found."""
    paginator: Any = Paginator(range(census.found), PROJECTS_PER_PAGE)
    page = paginator.get_page(request.GET.get("side"))
    places = page.object_list
    projects = rows(places.start, places.stop) if places else []
    return Page(projects, page.number, paginator)


def _attention(
    request: SiteRequest, state: State, sight: Sight, memory: OpenContentCache
) -> Attention | None:
    """What staff have to look at today in the projects that the filters find."""
    if not request.user.is_authenticated:
        return None
    shows_all = request.GET.get("oppmerksomhet") == "alle"
    return attention(state, sight, user=request.user, shows_all=shows_all, memory=memory)


def _needed(query: QueryDict) -> QueryDict:
    """The query without what is empty or implied, so that an address is short and the only one."""
    needed = QueryDict(mutable=True)
    for name, values in query.lists():
        kept = [each for each in values if each.strip()]
        if name == COLUMNS and kept:
            # The form sends a box for each.
            kept = [",".join(kept)]
        if kept and kept != IMPLIED.get(name):
            needed.setlist(name, kept)
    return needed
