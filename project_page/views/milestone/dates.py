"""Setting and moving the due date of a milestone."""

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fkj_portfolio.http import MemberRequest, require_form_methods
from milestones.actions import move_milestone
from milestones.words import why_not_outstanding
from project_page.forms.milestone import MoveForm
from project_page.views.milestone.access import get_editable_milestone
from project_page.views.milestone.answers import changed, show_form, unchanged


@require_form_methods
@transaction.atomic
def milestone_move(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Move the due date for a cause and a reason; what nobody has been told is simply set."""
    milestone = get_editable_milestone(request, slug, pk)
    if not milestone.is_outstanding:
        return unchanged(request, milestone, why_not_outstanding(milestone))

    form = MoveForm.for_request(request, milestone=milestone, today=timezone.localdate())
    if not form.is_valid():
        heading = _("Move the due date of %(name)s")
        if milestone.due_on is None:
            heading = _("Set the due date of %(name)s")
        return show_form(
            request,
            form,
            milestone=milestone,
            heading=heading % {"name": milestone.label},
            button=_("Save"),
            opened_by="move",
        )

    moved = form.cleaned_data
    words = {"name": milestone.label, "date": date_format(moved["to"], "SHORT_DATE_FORMAT")}
    if moved["to"] == milestone.due_on:
        return unchanged(request, milestone, _("%(name)s is already due %(date)s.") % words)
    if not milestone.promise(on=moved["to"]):
        move_milestone(
            milestone=milestone,
            to=moved["to"],
            by=request.user,
            cause=moved["cause"],
            reason=moved["reason"],
        )
    return changed(request, milestone, _("%(name)s is now due %(date)s.") % words, focus="move")
