"""The register: the people that readers can turn to."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fkj_portfolio.http import MemberRequest, posted, require_form_methods
from projects.models import Contact
from projects.register_lock import lock_register
from register.forms.contact import ContactForm


@require_safe
def contact_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One contact: how to reach it, what everyone sees of it, and its projects."""
    contact = get_object_or_404(Contact.objects.select_related("owner"), pk=pk)
    can_delete = request.user.has_perm("projects.delete_contact") and contact.is_deletable()
    return render(
        request,
        "register/contact_detail.html",
        {
            "contact": contact,
            "projects": contact.projects.in_order(),
            "can_edit": request.user.has_perm("projects.change_contact"),
            "can_delete": can_delete,
        },
    )


@require_form_methods
@permission_required("projects.add_contact", raise_exception=True)
@transaction.atomic
def contact_create(request: MemberRequest) -> HttpResponse:
    """Add a contact to the register; `?eier=` chooses its owner beforehand."""
    owner = request.GET.get("eier", "")
    form = ContactForm(posted(request), initial={"owner": owner} if owner.isdecimal() else None)
    if request.method == "POST":
        # A second click waits here, and then finds the name taken.
        lock_register()
        if form.is_valid():
            contact = form.save()
            messages.success(request, _("%(name)s is in the register.") % {"name": contact})
            return redirect(contact)

    return render(request, "register/contact_form.html", {"contact": None, "form": form})


@require_form_methods
@permission_required("projects.change_contact", raise_exception=True)
@transaction.atomic
def contact_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change who a contact is, what everyone sees of it, or whether it is in use."""
    contacts = Contact.objects.all()
    if request.method == "POST":
        lock_register()
        contacts = contacts.select_for_update(no_key=True)
    contact = get_object_or_404(contacts, pk=pk)
    form = ContactForm(posted(request), instance=contact)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes are saved."))
        return redirect(contact)

    saved = Contact.objects.get(pk=pk)
    return render(request, "register/contact_form.html", {"contact": saved, "form": form})


@require_POST
@permission_required("projects.delete_contact", raise_exception=True)
@transaction.atomic
def contact_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Delete a contact that no project names; one in use can only be retired."""
    lock_register()
    contact = get_object_or_404(Contact.objects.select_for_update(), pk=pk)
    if not contact.is_deletable():
        text = _("%(name)s is in use and cannot be deleted. Take it out of use instead.")
        messages.error(request, text % {"name": contact})
        return redirect(contact)
    contact.delete()
    messages.success(request, _("%(name)s is deleted.") % {"name": contact})
    return redirect("projects:owner_detail", contact.owner_id)
