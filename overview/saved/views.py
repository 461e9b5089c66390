"""Saved views: states of the overview that people name, share and begin with."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fkj_portfolio.addresses import page_address
from fkj_portfolio.http import MemberRequest, SiteRequest, posted, require_form_methods
from overview.saved.forms import SavedViewForm, SavedViewStateForm
from overview.saved.menu import views_of
from overview.saved.words import StateWords
from projects.addresses import VIEW, address_to_save, overview_with, state_of
from projects.as_of import PARAMETER
from projects.models import SavedView
from projects.models.saved_view import EVERYTHING, SavedViewQuerySet
from projects.register_lock import lock_register


@require_safe
def saved_view_list(request: MemberRequest) -> HttpResponse:
    """The views that one may open, each with what it shows in words."""
    words = StateWords()
    sections = [
        (section.whose, [(link, words(link.view.query)) for link in section.links])
        for section in views_of(request).sections
    ]
    return render(request, "overview/saved_view_list.html", {"sections": sections})


@login_not_required
@require_safe
def saved_view_detail(request: SiteRequest, slug: str) -> HttpResponse:
    """Lead to the overview as a view has it; one that is not to be seen is as one that is gone."""
    view = SavedView.objects.visible_to(request.user).filter(slug=slug).first()
    if view is None:
        words = _("The view is gone, or not shared with you. Here are all projects.")
        messages.warning(request, words)
        return redirect(overview_with("", EVERYTHING))
    return redirect(view.address)


@require_form_methods
@transaction.atomic
def saved_view_create(request: MemberRequest) -> HttpResponse:
    """Save the state of the overview, which is in the address, as a new view."""
    state = state_of(request.GET)
    if request.method == "POST":
        # A second click waits here, and then finds the name taken.
        lock_register()
    view = SavedView(owner=request.user, query=state)
    form = SavedViewForm(posted(request), instance=view, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _saved(request, form.save())

    context = {
        "form": form,
        "view": None,
        "words": StateWords()(state),
        "is_of_the_past": PARAMETER in request.GET,
        "address_back": overview_with(
            state, request.GET.get(VIEW) or ("" if state else EVERYTHING)
        ),
    }
    return render(request, "overview/saved_view_form.html", context)


@require_form_methods
@transaction.atomic
def saved_view_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Change what a view is called, who sees it, and whether one begins with it."""
    view = _get_editable(request, slug)
    form = SavedViewForm(posted(request), instance=view, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes are saved."))
        return redirect("projects:saved_view_list")

    saved = SavedView.objects.get(pk=view.pk)
    context = {
        "form": form,
        "view": saved,
        "words": StateWords()(saved.query),
        "is_of_the_past": False,
        "address_back": page_address("projects:saved_view_list"),
    }
    return render(request, "overview/saved_view_form.html", context)


@require_POST
@transaction.atomic
def saved_view_save(request: MemberRequest, slug: str) -> HttpResponse:
    """Let an open view show the overview's state from now on."""
    state = state_of(request.POST.get("query", ""))
    view = _views(request).filter(slug=slug).first()
    if view is None:
        words = _("The view is gone, or not shared with you. You can save it as a new one.")
        messages.warning(request, words)
        return redirect(address_to_save(state))
    if not view.is_editable_by(request.user):
        raise PermissionDenied
    if "query" not in request.POST:
        # Nothing was sent, which is not the same as all projects.
        return redirect(view.address)

    form = SavedViewStateForm(request.POST, instance=view)
    if form.is_valid():
        view.keep(by=request.user)
        return _saved(request, view)
    if form.conflicts:
        return render(request, "overview/saved_view_conflict.html", _both(view, form, state))
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect(overview_with(state, view.slug))


@require_form_methods
@transaction.atomic
def saved_view_delete(request: MemberRequest, slug: str) -> HttpResponse:
    """Delete a view, having seen who loses it."""
    view = _get_editable(request, slug)
    if request.method == "POST":
        view.delete()
        messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view})
        return redirect("projects:saved_view_list")

    others = view.defaults.exclude(user=request.user).count()
    context = {"view": view, "words": StateWords()(view.query), "others": others}
    return render(request, "overview/saved_view_delete.html", context)


@require_POST
@transaction.atomic
def saved_view_set_default(request: MemberRequest, slug: str) -> HttpResponse:
    """Begin with a view when one comes to the portfolio."""
    view = get_object_or_404(_views(request), slug=slug)
    view.open_first(for_user=request.user)
    words = _("The portfolio opens with “%(name)s” for you.")
    messages.success(request, words % {"name": view})
    return redirect("projects:saved_view_list")


@require_POST
@transaction.atomic
def saved_view_unset_default(request: MemberRequest, slug: str) -> HttpResponse:
    """No longer begin with a view."""
    view = get_object_or_404(_views(request), slug=slug)
    view.open_first(for_user=request.user, wanted=False)
    words = _("The portfolio no longer opens with “%(name)s” for you.")
    messages.success(request, words % {"name": view})
    return redirect("projects:saved_view_list")


def _views(request: MemberRequest) -> SavedViewQuerySet:
    """Return what one may open; when posted to, one's turn to change it."""
    views = SavedView.objects.visible_to(request.user)
    if request.method != "POST":
        return views
    lock_register()
    return views.select_for_update(no_key=True)


def _get_editable(request: MemberRequest, slug: str) -> SavedView:
    view = get_object_or_404(_views(request), slug=slug)
    if not view.is_editable_by(request.user):
        raise PermissionDenied
    return view


def _saved(request: MemberRequest, view: SavedView) -> HttpResponse:
    """Show what has been saved."""
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view})
    return redirect(view.address)


def _both(view: SavedView, form: SavedViewStateForm, state: str) -> dict[str, Any]:
    """What a person and her colleague would have a view show."""
    saved, words = SavedView.objects.select_related("changed_by").get(pk=view.pk), StateWords()
    return {
        "form": form,
        "view": saved,
        "mine": words(state),
        "theirs": words(saved.query),
        "address_back": overview_with(state, view.slug),
    }
