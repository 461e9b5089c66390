"""Base of every list and form of Django's admin."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseInlineFormSet, DateInput, model_to_dict
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fkj_portfolio.forms import Conflict, MergingModelForm

#: What the filters put after the name of a field.
ENDS = ("exact", "id__exact", "isnull")
DELETED = gettext_lazy(
    "Somebody else has deleted “%(row)s” meanwhile, so your change of it is left out. "
    "Save once more to keep the rest."
)
CHANGED = gettext_lazy(
    "Somebody else has changed “%(row)s” meanwhile. Look at it, and save once more to delete it."
)
ROW_DELETED = gettext_lazy(
    "Somebody else has deleted a row meanwhile. Nothing is saved. Look over the list again."
)
#: In the address of a page that asks whether to delete something: what of it is shown.
SEEN = "seen"


class AdminForm(MergingModelForm):
    """Edits a thing in the admin; where two changed the same it is refused once, and says what is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, DateInput):
                # The browser would lay days that were typed before over the calendar.
                field.widget.attrs.setdefault("autocomplete", "off")

    def explain(self, conflict: Conflict) -> str:
        words = _(
            "Somebody else has changed this meanwhile, to: %(theirs)s. "
            "What you have chosen stands here. Save once more if it is to be that."
        )
        return words % {"theirs": conflict.theirs or _("nothing")}


class InlineFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows of a thing, of which a colleague may have changed or deleted some since they were opened.

    What she has deleted stays deleted, and what she has changed is not deleted unseen.
    """

    #: The forms of rows that are not there any more.
    gone: tuple[Any, ...] = ()

    @cached_property
    def forms(self) -> list[Any]:
        forms = super().forms
        if self.is_bound:
            opened = forms[: self.initial_form_count()]
            self.gone = tuple(form for form in opened if form.instance._state.adding)
        return [form for form in forms if form not in self.gone]

    def initial_form_count(self) -> int:
        return super().initial_form_count() - len(self.gone)

    def get_queryset(self) -> Any:
        """The rows as the forms have them: Django's admin names the one by the place of the other."""
        rows = super().get_queryset()
        if not self.is_bound or "forms" not in self.__dict__:
            return rows
        by_key = {row.pk: row for row in rows}
        return [by_key[form.instance.pk] for form in self.initial_forms]

    def clean(self) -> None:
        super().clean()
        opened: list[Any] = self.initial_forms
        deleted = [form for form in opened if self._is_deleted(form)]
        told = [DELETED % {"row": _typed(form)} for form in self.gone if _is_changed(form)]
        told += [
            CHANGED % {"row": form.instance} for form in deleted if form.taken or form.conflicts
        ]
        if told:
            raise ValidationError(told)

    def _is_deleted(self, form: Any) -> bool:
        return bool(self.can_delete and form.cleaned_data.get(DELETION_FIELD_NAME))


def _is_changed(form: Any) -> bool:
    """Return whether anything was typed in a row; its key is no news."""
    return any(form.fields[name].show_hidden_initial for name in form.changed_data)


def _typed(form: Any) -> str:
    """A row as it was typed."""
    values = (
        str(bound.value() or "")
        for bound in form.visible_fields()
        if bound.name != DELETION_FIELD_NAME
    )
    return ", ".join(filter(None, values))


class TabularInline(admin.TabularInline):  # type: ignore[type-arg]
    """Rows of a thing, each of which merges as a thing of its own does."""

    form = AdminForm
    formset = InlineFormSet

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.select_for_update(no_key=True) if request.method == "POST" else rows


class ModelAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Filters a list only by what stands beside it, and overwrites and deletes nothing unseen.

    Django's own takes any condition on any field from the address, and fails on a year such
    as 99999999 or on half a regular expression.
    """

    form = AdminForm

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        assert request
        filters = [name for name in self.get_list_filter(request) if isinstance(name, str)]
        offered = {f"{name}__{ends}" for name in filters for ends in ENDS}
        return lookup in offered

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Return the thing; when posted to, what its form is checked against stands until it is saved."""
        thing = super().get_object(request, object_id, from_field)
        if thing and request.method == "POST":
            self._lock(pk=thing.pk)
            thing = super().get_object(request, object_id, from_field)
        return thing

    def _lock(self, **which: Any) -> None:
        rows = self.model._base_manager.filter(**which).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=self.form, **kwargs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; what is changed in several rows at once merges row by row."""
        if request.method != "POST" or "_save" not in request.POST or not self.list_editable:
            return super().changelist_view(request, extra_context)
        with transaction.atomic():
            self._lock()
            if self._misses_a_row(request):
                messages.error(request, str(ROW_DELETED))
                return HttpResponseRedirect(request.get_full_path())
            return _in_the_order_sent(super().changelist_view(request, extra_context))

    def _misses_a_row(self, request: HttpRequest) -> bool:
        prefix = self.get_changelist_formset(request).get_default_prefix()
        sent = {key for key in self._get_edited_object_pks(request, prefix) if key.isdecimal()}
        standing = self.model._base_manager.filter(pk__in=sent)
        return len(standing) < len(sent)

    def get_actions(self, request: HttpRequest) -> Any:
        """Return the actions on chosen rows; whoever deletes one is led to its own page, which she sees first."""
        actions: dict[str, Any] = super().get_actions(request)
        if "delete_selected" in actions:
            _function, name, description = actions["delete_selected"]
            actions["delete_selected"] = (_show_before_deleting, name, description)
        return actions

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask before a thing is deleted, and once more when it is no longer what was shown.

        Django's page posts to its own address, which therefore tells what it has shown.
        """
        with transaction.atomic():
            thing = self.get_object(request, unquote(object_id))
            if thing and self.has_delete_permission(request, thing):
                seen = _digest(thing)
                if not constant_time_compare(request.GET.get(SEEN, ""), seen):
                    if request.method == "POST":
                        messages.error(request, _("Somebody else has changed this. Look again."))
                    parameters = request.GET.copy()
                    parameters[SEEN] = seen
                    return HttpResponseRedirect(f"{request.path}?{parameters.urlencode()}")
            return super().delete_view(request, object_id, extra_context)


def _show_before_deleting(
    admin: ModelAdmin, request: HttpRequest, chosen: Any
) -> HttpResponse | None:
    """Lead to the page that shows the row; several are deleted one by one."""
    if len(chosen) == 1:
        meta = admin.opts
        return redirect(f"admin:{meta.app_label}_{meta.model_name}_delete", chosen[0].pk)
    messages.error(request, _("Choose one row at a time: each is shown before it is deleted."))
    return None


def _in_the_order_sent(response: Any) -> HttpResponse:
    """Put the rows of a refused list in the order of its forms: Django's admin pairs them by place."""
    changes = getattr(response, "context_data", {}).get("cl")
    if changes and changes.formset:
        places = {form.instance.pk: place for place, form in enumerate(changes.formset.forms)}
        rows = [row for row in changes.result_list if row.pk in places]
        changes.result_list = sorted(rows, key=lambda row: places[row.pk])
    return response  # type: ignore[no-any-return]


def _digest(thing: Any) -> str:
    """A short text that is another when anything of the thing is."""
    state = {
        name: sorted(each.pk for each in value) if isinstance(value, list) else value
        for name, value in model_to_dict(thing).items()
    }
    return salted_hmac(SEEN, repr(state)).hexdigest()[:20]
