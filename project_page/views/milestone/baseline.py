"""Setting a new baseline, which is the portfolio office's alone."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from fkj_portfolio.http import MemberRequest, posted, require_form_methods
from milestones.actions import set_baseline
from project_page.forms.milestone_baseline import BaselineForm
from project_page.views.access import get_editable_project


@require_form_methods
@permission_required("projects.change_project", raise_exception=True)
@transaction.atomic
def baseline_create(request: MemberRequest, slug: str) -> HttpResponse:
    """Let slip count from the current due dates, with a reference to who decided it."""
    project = get_editable_project(request, slug)
    back = f"{project.get_absolute_url()}#milestones"
    form = BaselineForm(posted(request), project=project, today=timezone.localdate())
    if form.is_valid():
        chosen = form.cleaned_data
        set_baseline(
            project=project,
            milestones=chosen["milestones"],
            decision=chosen["decision"],
            decided_on=chosen["decided_on"],
            by=request.user,
        )
        names = [milestone.label for milestone in chosen["milestones"]]
        said = _("Slip now counts from the new baseline for %(names)s.")
        messages.success(request, said % {"names": get_text_list(names, _("and"))})
        return redirect(back)
    if form.is_bound and form.repeats_the_last():
        messages.info(request, _("This new baseline is already set."))
        return redirect(back)

    context = {"project": project, "form": form, "waiting": list(form.waiting)}
    return render(request, "project_page/baseline_form.html", context)
