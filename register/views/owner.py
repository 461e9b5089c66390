"""The register: owners, their contacts and their projects."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import replace_url

from fkj_portfolio.http import MemberRequest, posted, require_form_methods
from projects.models import Contact, Owner
from projects.register_lock import lock_register
from register.forms.owner import OwnerFilterForm, OwnerForm

OWNERS_PER_PAGE = 50


@require_safe
@vary_on_headers("HX-Request")
def owner_list(request: MemberRequest) -> HttpResponse:
    """The owners with their contacts; htmx gets only the results."""
    filter_form = OwnerFilterForm(request.GET)
    owners = filter_form.apply_to(Owner.objects.with_project_count().in_order())
    contacts = Prefetch("contacts", Contact.objects.in_use().in_order())
    owners = owners.select_related("successor").prefetch_related(contacts)
    page = Paginator(owners, OWNERS_PER_PAGE).get_page(request.GET.get("side"))
    context = {"filter_form": filter_form, "page": page}
    if request.htmx:
        given = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
        chosen = urlencode([(name, value) for name, value in given if value])
        response = render(request, "register/_owner_results.html", context)
        return replace_url(response, f"{request.path}?{chosen}" if chosen else request.path)
    context["can_add"] = request.user.has_perm("projects.add_owner")
    return render(request, "register/owner_list.html", context)


@require_safe
def owner_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One owner: who it is, its contacts and its projects."""
    owner = get_object_or_404(Owner.objects.select_related("successor"), pk=pk)
    can_edit = request.user.has_perm("projects.change_owner")
    projects = owner.projects.in_order().select_related("contact")
    return render(
        request,
        "register/owner_detail.html",
        {
            "owner": owner,
            "predecessors": owner.predecessors.in_order(),
            "contacts": owner.contacts.in_order(),
            "projects": projects,
            "can_edit": can_edit,
            "can_delete": request.user.has_perm("projects.delete_owner") and owner.is_deletable(),
        },
    )


@require_form_methods
@permission_required("projects.add_owner", raise_exception=True)
@transaction.atomic
def owner_create(request: MemberRequest) -> HttpResponse:
    """Add an owner to the register."""
    form = OwnerForm(posted(request))
    if request.method == "POST":
        # A second click waits here, and then finds the name taken.
        lock_register()
        if form.is_valid():
            owner = form.save()
            messages.success(request, _("%(name)s is in the register.") % {"name": owner})
            return redirect(owner)

    return render(request, "register/owner_form.html", {"owner": None, "form": form})


@require_form_methods
@permission_required("projects.change_owner", raise_exception=True)
@transaction.atomic
def owner_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change who an owner is, or whether it is in use."""
    owners = Owner.objects.all()
    if request.method == "POST":
        # Nobody retires the successor, or names this owner as one, until it is saved.
        lock_register()
        owners = owners.select_for_update(no_key=True)
    owner = get_object_or_404(owners, pk=pk)
    form = OwnerForm(posted(request), instance=owner)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes are saved."))
        return redirect(owner)

    saved = Owner.objects.get(pk=pk)
    return render(request, "register/owner_form.html", {"owner": saved, "form": form})


@require_POST
@permission_required("projects.delete_owner", raise_exception=True)
@transaction.atomic
def owner_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Delete an owner that nothing names; one in use can only be retired."""
    lock_register()
    owner = get_object_or_404(Owner.objects.select_for_update(), pk=pk)
    if not owner.is_deletable():
        text = _("%(name)s is in use and cannot be deleted. Take it out of use instead.")
        messages.error(request, text % {"name": owner})
        return redirect(owner)
    owner.delete()
    messages.success(request, _("%(name)s is deleted.") % {"name": owner})
    return redirect("projects:owner_list")
