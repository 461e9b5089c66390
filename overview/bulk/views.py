"""Setting one field of several projects: choose, look over, do it, undo it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fkj_portfolio.filters import LONGEST_KEY
from fkj_portfolio.http import MemberRequest, require_form_methods
from overview.bulk.actions import (
    NotUndoableError,
    SeenOtherwiseError,
    change_projects,
    undo_change,
)
from overview.bulk.forms import Selection, SharedValueForm
from overview.bulk.plan import Plan, foresee
from overview.bulk.undo import Undoing, foresee_undoing
from projects.addresses import overview_again
from projects.models import Project, ProjectsChange, SharedField
from projects.register_lock import lock_register


@require_form_methods
@permission_required("projects.change_project", raise_exception=True)
@transaction.atomic
def several_change(request: MemberRequest) -> HttpResponse:
    """Choose what to set for several projects, see what that does, and do it."""
    if request.method == "POST":
        # Nobody retires the owner or the contact that is chosen until it is done.
        lock_register()
    today = timezone.localdate()
    forms = [SharedValueForm(request.GET, field=each, today=today) for each in SharedField]
    form = next((form for form in forms if form.is_valid()), None)
    outdated: SeenOtherwiseError | None = None
    if request.method == "POST":
        try:
            change = _change(request, form)
            # Who goes back and says yes anew may have undone it meanwhile.
            if change.undone_at is None:
                messages.success(request, _("The projects are changed."))
            return _with_state(request, change)
        except SeenOtherwiseError as error:
            outdated = error

    selection = Selection(request.GET, user=request.user, today=today)
    context = {
        "selection": selection,
        "forms": forms,
        "outdated": outdated,
        "plan": _plan(selection, form),
        "token": uuid.uuid4(),
        "undoable": ProjectsChange.objects.undoable(),
    }
    template = "overview/several_change.html"
    return render(request, template, context, status=409 if outdated else 200)


@require_safe
@permission_required("projects.change_project", raise_exception=True)
def several_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """What was set for several projects, and for ten minutes the way to undo it."""
    changes = ProjectsChange.objects.with_clock().select_related("changed_by", "undone_by")
    change = get_object_or_404(changes, pk=pk)
    projects = Project.objects.filter(pk__in=change.projects.values("project"))
    return _show(request, foresee_undoing(change, projects))


@require_POST
@permission_required("projects.change_project", raise_exception=True)
def several_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Set back what several projects had before; or say why not, and what else can be done."""
    change = get_object_or_404(ProjectsChange, pk=pk)
    named = (each for each in request.POST.getlist("uten") if len(each) <= LONGEST_KEY)
    left_out = {int(each) for each in named if each.isdecimal()}
    try:
        undo_change(change=change, left_out=left_out, by=request.user)
    except NotUndoableError as error:
        # A second click finds what the first has done.
        if error.undoing.change.undone_by != request.user:
            return _show(request, error.undoing, is_refused=True)
    else:
        messages.success(request, _("The change is undone."))
    return _with_state(request, change)


def _change(request: MemberRequest, form: SharedValueForm | None) -> ProjectsChange:
    """Do what the form says; raises SeenOtherwiseError when that can't be chosen any more."""
    try:
        token = uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        raise SeenOtherwiseError from None
    if form is None:
        raise SeenOtherwiseError
    seen = request.POST.get("seen", "")
    return change_projects(
        field=form.shared, value=form.value, seen=seen, token=token, by=request.user
    )


def _plan(selection: Selection, form: SharedValueForm | None) -> Plan | None:
    if form is None or selection.is_too_large or not selection.projects:
        return None
    return foresee(form.shared, form.value, selection.projects)


def _with_state(request: MemberRequest, change: ProjectsChange) -> HttpResponse:
    """Go to the page of a change, which leads back to the overview as it was."""
    state = request.GET.get("utvalg", "")
    query = f"?{urlencode({'utvalg': state})}" if state else ""
    return redirect(f"{change.get_absolute_url()}{query}")


def _show(request: MemberRequest, undoing: Undoing, *, is_refused: bool = False) -> HttpResponse:
    state = request.GET.get("utvalg", "")
    context = {
        "undoing": undoing,
        "change": undoing.change,
        "is_refused": is_refused,
        "overview": overview_again(state),
        "state": urlencode({"utvalg": state}) if state else "",
    }
    template = "overview/several_detail.html"
    return render(request, template, context, status=409 if is_refused else 200)
