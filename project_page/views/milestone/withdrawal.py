"""Making a milestone obsolete, and taking it back."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fkj_portfolio.http import MemberRequest, require_form_methods
from project_page.forms.milestone import WithdrawForm
from project_page.views.milestone.access import get_editable_milestone
from project_page.views.milestone.answers import changed, show_form, unchanged


@require_form_methods
@transaction.atomic
def milestone_withdraw(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Make a milestone obsolete from today, for a reason that everyone may read."""
    milestone = get_editable_milestone(request, slug, pk)
    name = {"name": milestone.label}
    if milestone.is_obsolete:
        return unchanged(request, milestone, _("%(name)s is already obsolete.") % name)

    form = WithdrawForm.for_request(request, milestone=milestone)
    if form.is_valid():
        milestone.withdraw(on=timezone.localdate(), reason=form.cleaned_data["reason"])
        return changed(request, milestone, _("%(name)s is obsolete.") % name)

    return show_form(
        request,
        form,
        milestone=milestone,
        heading=_("Make %(name)s obsolete") % name,
        button=_("Make obsolete"),
        opened_by="withdraw",
    )


@require_POST
@transaction.atomic
def milestone_restore(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take back that a milestone is obsolete."""
    milestone = get_editable_milestone(request, slug, pk)
    name = {"name": milestone.label}
    try:
        restored = milestone.restore()
    except IntegrityError:
        said = _("Another delivery has the code %(name)s now. Change one of the codes first.")
        return unchanged(request, milestone, said % name, level=messages.WARNING)
    if restored:
        return changed(request, milestone, _("%(name)s is no longer obsolete.") % name)
    return unchanged(request, milestone, _("%(name)s is not obsolete.") % name)
