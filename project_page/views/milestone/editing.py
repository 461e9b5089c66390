"""Adding a milestone, and changing what it is called and how it is described."""

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fkj_portfolio.http import MemberRequest, require_form_methods
from milestones.models import Milestone
from project_page.forms.milestone import MilestoneEditForm, MilestoneForm
from project_page.views.access import get_editable_project
from project_page.views.milestone.access import get_editable_milestone
from project_page.views.milestone.answers import changed, rearranged, show_form


@require_form_methods
@transaction.atomic
def milestone_create(request: MemberRequest, slug: str) -> HttpResponse:
    """Add a milestone at the end of the project's list."""
    project = get_editable_project(request, slug)
    milestone = Milestone(project=project, position=project.milestones.next_position())
    form = MilestoneForm.for_request(request, milestone=milestone)
    if form.is_valid():
        form.save()
        said = _("%(name)s is added.") % {"name": milestone.label}
        return rearranged(request, milestone, said)

    return show_form(
        request,
        form,
        milestone=milestone,
        heading=_("New delivery"),
        button=_("Add delivery"),
        opened_by="open",
    )


@require_form_methods
@transaction.atomic
def milestone_edit(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change code, title, description, place and the day of delivery; and an untold due date."""
    milestone = get_editable_milestone(request, slug, pk)
    name = {"name": milestone.label}
    today = timezone.localdate()
    form = MilestoneEditForm.for_request(request, milestone=milestone, today=today)
    if form.is_valid():
        form.save()
        said = _("%(name)s is changed.") % name
        if form.is_rearranging():
            said += " " + _("It is now number %(place)d in the list.") % {
                "place": milestone.position
            }
            return rearranged(request, milestone, said)
        return changed(request, milestone, said, focus="edit")

    return show_form(
        request,
        form,
        milestone=milestone,
        heading=_("Edit %(name)s") % name,
        button=_("Save"),
        opened_by="edit",
    )
