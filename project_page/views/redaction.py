"""Taking away words that should not have been public."""

from typing import Any
from urllib.parse import unquote_plus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from fkj_portfolio.http import MemberRequest, posted, require_form_methods
from fkj_portfolio.marks import mark_for
from project_page.forms.redaction import RedactionForm
from project_page.redaction_words import places_in_words
from projects.models import Project, RedactionReason, SavedView
from projects.redaction import WordsFound, redact
from projects.register_lock import lock_register


@never_cache
@require_form_methods
@permission_required("projects.change_project", raise_exception=True)
@transaction.atomic
def redaction_create(request: MemberRequest, slug: str) -> HttpResponse:
    """Find words in all that is kept of a project, show where, and take them away for everyone.

    The words are posted and never part of an address, which others would keep.
    """
    projects = Project.objects.all()
    if request.method == "POST":
        # The new address is free until it is taken.
        lock_register()
        projects = projects.select_for_update(no_key=True)
    project = get_object_or_404(projects, slug=slug)
    form = RedactionForm(posted(request), project=project)
    context: dict[str, Any] = {
        "project": project,
        "form": form,
        "mark": "",
        "texts": [],
        "is_outdated": False,
        "others": [],
        "views": [],
    }
    if form.is_valid() and form.found:
        reason = RedactionReason(form.cleaned_data["reason"])
        if "remove" in request.POST and form.is_confirmed():
            redact(form.found, reason=reason, by=request.user)
            messages.success(request, _("The words are taken away, on every day and for everyone."))
            return redirect("projects:project_history", form.found.project.slug)
        mark = mark_for(timezone.localdate(), reason.in_marks)
        context |= {
            "mark": mark,
            "texts": places_in_words(form.found, mark),
            "is_outdated": "remove" in request.POST,
            "others": _others_with(form.cleaned_data["phrase"], project),
            "views": _views_with(form.found, request.user),
        }
        form.show()
    return render(request, "project_page/redaction_create.html", context)


def _views_with(found: WordsFound, user: User) -> list[str]:
    """Return the saved views with the words in their name or their filters; a private one as whose it is."""
    seen = set(SavedView.objects.visible_to(user).values_list("pk", flat=True))
    return [
        f"{view} ({view.owner})" if view.pk in seen else str(view.owner)
        for view in SavedView.objects.select_related("owner").order_by("pk")
        if found.pattern.search(f"{view.name}\n{unquote_plus(view.query)}")
    ]


def _others_with(phrase: str, project: Project) -> list[Project]:
    """Return some other projects in which the search finds the words."""
    return list(Project.objects.search(phrase).exclude(pk=project.pk).in_order()[:10])
