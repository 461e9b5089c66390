"""The register: giving all projects of an owner or a contact to another, having seen which."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from fkj_portfolio.http import MemberRequest, posted, require_form_methods
from projects.actions import OutdatedError, digest_of, hand_over_projects
from projects.models import Contact, Owner
from register.forms.hand_over import (
    ContactHandOverForm,
    HandOverForm,
    OwnerHandOverForm,
    ReceiverForm,
)


@require_form_methods
@permission_required("projects.change_owner", raise_exception=True)
def owner_hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """Give all projects of an owner to another."""
    owner = get_object_or_404(Owner, pk=pk)
    contacts = owner.contacts.in_order()

    def besides(receiver: Owner | None) -> dict[str, Any]:
        namesakes = contacts.with_namesake_at(receiver) if receiver else []
        return {"contacts": contacts, "namesakes": namesakes}

    others = Owner.objects.in_use().exclude(pk=pk).in_order()
    return _hand_over(request, owner, others, OwnerHandOverForm, besides)


@require_form_methods
@permission_required("projects.change_contact", raise_exception=True)
def contact_hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """Give all projects of a contact to another."""
    contact = get_object_or_404(Contact.objects.select_related("owner"), pk=pk)
    others = Contact.objects.in_use().exclude(pk=pk).select_related("owner").in_order()
    return _hand_over(request, contact, others, ContactHandOverForm, lambda _receiver: {})


def _hand_over(
    request: MemberRequest,
    giver: Any,
    others: QuerySet[Any],
    form_class: type[HandOverForm],
    besides: Callable[[Any], dict[str, Any]],
) -> HttpResponse:
    """Choose who of the others gets the projects, see what goes, and do it."""
    receiver_form = ReceiverForm(request.GET or None, receivers=others)
    receiver = receiver_form.cleaned_data["til"] if receiver_form.is_valid() else None
    form = form_class(posted(request))
    if request.method == "POST" and receiver and form.is_valid():
        try:
            hand_over_projects(giver=giver, taker=receiver, by=request.user, **form.cleaned_data)
        except OutdatedError:
            form.add_error(None, _("This has changed meanwhile. Look over it and confirm again."))
        else:
            text = _("The projects are handed over from %(giver)s to %(taker)s.")
            messages.success(request, text % {"giver": giver, "taker": receiver})
            return redirect(receiver)

    projects = giver.projects.in_order()
    context = {
        "giver": giver,
        "receiver": receiver,
        "receiver_form": receiver_form,
        "form": form,
        "projects": projects,
        "seen": digest_of(projects),
        **besides(receiver),
    }
    template = f"register/{giver._meta.model_name}_hand_over.html"
    return render(request, template, context)
