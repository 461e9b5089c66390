"""Answers of the commands: to htmx what changed on the page, else the way back to the page.

An answer to htmx says itself where it belongs: a form goes into its row, a change replaces the row.
"""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django_htmx.http import reswap, retarget

from fkj_portfolio.http import MemberRequest
from milestones.models import Milestone
from milestones.words import progress_in_words
from projects.models import PortfolioSettings, Project


def show_form(
    request: MemberRequest,
    form: BaseForm,
    *,
    milestone: Milestone,
    heading: str,
    button: str,
    opened_by: str,
) -> HttpResponse:
    """Open a command's form in its row, or on a page of its own."""
    place = milestone.anchor
    context = {
        "form": form,
        "project": milestone.project,
        "milestone": milestone,
        "heading": heading,
        "button": button,
        "place": place,
        "opened_by": f"{place}-{opened_by}",
    }
    template = "_milestone_form.html" if request.htmx else "milestone_form.html"
    # Without htmx a refused form is an ordinary page; htmx swaps it by its status.
    status = 422 if form.errors and request.htmx else 200
    response = render(request, f"project_page/{template}", context, status=status)
    return _into(response, f"#{place}-form", swap="innerHTML")


def changed(
    request: MemberRequest, milestone: Milestone, said: str, *, focus: str = "main"
) -> HttpResponse:
    """Send the row and the progress, and say what happened with the progress in words.

    `focus` is the button of the row that the keyboard goes on from.
    """
    if not request.htmx:
        project = _with_counts(milestone.project)
        messages.success(request, f"{said} {progress_in_words(project)}")
        return redirect(milestone)
    return _send_row(request, milestone, said, focus=focus)


def unchanged(
    request: MemberRequest, milestone: Milestone, said: str, *, level: int = messages.INFO
) -> HttpResponse:
    """Say why nothing was done, and show the milestone as it is now.

    What is refused for now is a warning, so that it may be sent again.
    """
    if not request.htmx:
        messages.add_message(request, level, said)
        return redirect(milestone)
    return _send_row(request, milestone, said, notice=said)


def rearranged(request: MemberRequest, milestone: Milestone, said: str) -> HttpResponse:
    """Send the whole list, because rows have come or changed places."""
    if not request.htmx:
        return changed(request, milestone, said)
    project = _with_counts_and_signal(milestone.project)
    context = {
        "project": project,
        "milestones": list(project.milestones.for_project_page()),
        "changed_pk": milestone.pk,
        "focus": "main",
        "can_set_baseline": request.user.has_perm("projects.change_project"),
        "today": timezone.localdate(),
        "announcement": f"{said} {progress_in_words(project)}",
    }
    response = render(request, "project_page/_milestones_changed.html", context)
    return _into(response, "#milestones", swap="outerHTML")


def _send_row(
    request: MemberRequest,
    milestone: Milestone,
    said: str,
    *,
    notice: str = "",
    focus: str = "main",
) -> HttpResponse:
    project = _with_counts_and_signal(milestone.project)
    context = {
        "project": project,
        "milestone": project.milestones.for_project_page().get(pk=milestone.pk),
        "notice": notice,
        "focus": focus,
        "today": timezone.localdate(),
        "announcement": f"{said} {progress_in_words(project)}",
    }
    response = render(request, "project_page/_milestone_changed.html", context)
    return _into(response, f"#{milestone.anchor}", swap="outerHTML")


def _with_counts(project: Project) -> Project:
    counted: Project = Project.objects.with_milestone_counts(today=timezone.localdate()).get(
        pk=project.pk
    )
    return counted


def _with_counts_and_signal(project: Project) -> Project:
    """The signal stands beside the status, and may turn by any change of a milestone."""
    today = timezone.localdate()
    rules = PortfolioSettings.current()
    measured = Project.objects.with_milestone_counts(today=today)
    found: Project = measured.with_signal(rules=rules.signal_rules, today=today).get(pk=project.pk)
    return found


def _into(response: HttpResponse, target: str, *, swap: str) -> HttpResponse:
    """Name the place of an answer; without htmx nobody reads it."""
    patch_vary_headers(response, ["HX-Request"])
    return reswap(retarget(response, target), swap)  # type: ignore[arg-type]
