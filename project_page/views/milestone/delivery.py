"""Marking a milestone as delivered, and taking it back."""

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fkj_portfolio.http import MemberRequest, require_form_methods
from milestones.words import why_not_outstanding
from project_page.forms.milestone import DeliverForm
from project_page.views.milestone.access import get_editable_milestone
from project_page.views.milestone.answers import changed, show_form, unchanged


@require_form_methods
@transaction.atomic
def milestone_deliver(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Record that a milestone has been delivered; a second time changes nothing."""
    milestone = get_editable_milestone(request, slug, pk)
    if not milestone.is_outstanding:
        return unchanged(request, milestone, why_not_outstanding(milestone))

    form = DeliverForm.for_request(request, milestone=milestone, today=timezone.localdate())
    if form.is_valid():
        milestone.deliver(on=form.cleaned_data["delivered_on"], by=request.user)
        return changed(request, milestone, _("%(name)s is delivered.") % {"name": milestone.label})

    return show_form(
        request,
        form,
        milestone=milestone,
        heading=_("Mark %(name)s as delivered") % {"name": milestone.label},
        button=_("Mark as delivered"),
        opened_by="main",
    )


@require_POST
@transaction.atomic
def milestone_reopen(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take back that a milestone was delivered."""
    milestone = get_editable_milestone(request, slug, pk)
    if milestone.reopen():
        said = _("%(name)s is no longer delivered.")
        return changed(request, milestone, said % {"name": milestone.label})
    return unchanged(
        request, milestone, _("%(name)s is not delivered.") % {"name": milestone.label}
    )
