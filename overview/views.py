"""The overview of the portfolio."""

import datetime
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from fkj_portfolio.http import SiteRequest
from fkj_portfolio.page_cache import remembered_for_readers
from fkj_portfolio.snapshot_cache import ANSWERS
from overview.attention import Attention, attention
from overview.census.distribution import count_distribution
from overview.census.facets import Counts
from overview.census.key_figures import key_figures
from overview.dimensions.columns import DEFAULT_COLUMNS, DEFAULT_SORT
from overview.dimensions.orders import with_columns
from overview.fields import DISTRIBUTION, TABLE, TIMELINE
from overview.looks.distribution import distribution
from overview.looks.groups import group
from overview.looks.timeline import timeline
from overview.looks.timeline.axis import Scale, read_period
from overview.saved.menu import views_of
from overview.search.nearest import Meant, find_meant
from overview.state import ProjectFilterForm
from projects.addresses import ADDRESS_NAMES
from projects.as_of import as_of_any_day
from projects.models import Project
from projects.models.project_queryset import ProjectQuerySet

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

    today = as_of or timezone.localdate()
    memory = ANSWERS.open(request)
    form = ProjectFilterForm(
        request.GET, user=request.user, today=today, as_of=as_of, memory=memory
    )
    form.view = views.kept
    counts = form.counts()
    everything = form.visible.for_overview(today=today)
    projects = form.narrow(everything)
    context = {
        "as_of": as_of,
        "attention": None if as_of else _attention(request, form, projects),
        "is_office": as_of is None and request.user.has_perm("projects.change_project"),
        "can_add": as_of is None and request.user.has_perm("projects.add_project"),
        "counts": counts,
        "facets": {facet.name: facet for facet in form.facets(counts)},
        "figures": memory.recall(
            ("figures", *form.sight), lambda: key_figures(everything, today=today)
        ),
        "filter_form": form,
        "meant": _meant(form, counts),
        "today": today,
        "views": views,
        **LOOKS[form.look](request, form, projects, counts),
    }
    template = "_overview_changed.html" if request.htmx else "overview.html"
    return render(request, f"overview/{template}", context)


def _table(
    request: SiteRequest, form: ProjectFilterForm, projects: ProjectQuerySet, counts: Counts
) -> dict[str, Any]:
    names = [column.name for column in form.shown_columns]
    page = _page(request, with_columns(form.in_order(projects), names), counts)
    if not (grouping := form.grouping):
        return {"page": page}
    totals = form.memory.recall(
        ("groups", grouping.value, *form.question), lambda: projects.count_by_group(grouping.column)
    )
    return {"page": page, "sections": group(page, totals, grouping, form=form, counts=counts)}


def _timeline(
    request: SiteRequest, form: ProjectFilterForm, projects: ProjectQuerySet, counts: Counts
) -> dict[str, Any]:
    page = _page(request, form.in_order(projects).with_timeline_milestones(), counts)
    chosen = form.cleaned_data
    return {
        "page": page,
        "timeline": timeline(
            page,
            today=form.today,
            scale=Scale(chosen["scale"] or Scale.QUARTER),
            start=read_period(chosen["start"]),
            address=partial(form.address, page=str(page.number) if page.number > 1 else ""),
            as_of=form.as_of,
            heading=form.heading,
            shows_table=bool(chosen["table"]),
        ),
    }


def _distribution(
    request: SiteRequest, form: ProjectFilterForm, projects: ProjectQuerySet, counts: Counts
) -> dict[str, Any]:
    rows = form.memory.recall(
        ("distribution", *form.question), lambda: count_distribution(projects)
    )
    pictures = distribution(
        rows,
        options={name: field.options.values() for name, field in form.filters.items()},
        address=form.address,
        goals=form.state.get("goal", []),
    )
    return {"distribution": pictures}


def _meant(form: ProjectFilterForm, counts: Counts) -> Meant | None:
    """What may have been meant where nothing is found, among what the other filters leave."""
    if counts.found or not form.text:
        return None
    left = form.visible.for_overview(today=form.today).filter(*form.conditions.values())
    return find_meant(form.text, among=left, address=lambda text: form.address(search=text))


LOOKS = {TABLE: _table, TIMELINE: _timeline, DISTRIBUTION: _distribution}


def _page(request: SiteRequest, projects: ProjectQuerySet, counts: Counts) -> Page[Project]:
    """The projects of the page that the address names; how many there are has been counted."""
    paginator = Paginator(projects, PROJECTS_PER_PAGE)
    paginator.count = counts.found
    return paginator.get_page(request.GET.get("side"))


def _attention(
    request: SiteRequest, form: ProjectFilterForm, projects: ProjectQuerySet
) -> Attention | None:
    """What staff have to look at today in the projects that the filters find."""
    if not request.user.is_authenticated:
        return None
    shows_all = request.GET.get("oppmerksomhet") == "alle"
    return attention(form, projects, user=request.user, shows_all=shows_all)


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
