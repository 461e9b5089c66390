"""Forms of a saved view: its name, who sees it, and the state it shows."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from fkj_portfolio.forms import CharField, MergingModelForm
from projects.addresses import state_of
from projects.models import DefaultView, SavedView
from projects.models.saved_view import QUERY_LENGTH, may_set_standard, names_manager

OWNER_ONLY, EVERYONE = "bare-eieren", "alle"
TOO_MANY = _("There are too many filters to save. Remove some of them first.")
NAMES_MANAGER = _(
    "Everyone opens the standard view, and who manages a project is not public. "
    "Remove the filter for project managers first."
)


class SavedViewForm(MergingModelForm):
    """What a view is called, who sees it, and whether one begins with it."""

    audience = forms.ChoiceField(
        label=_("Who sees it"),
        help_text=_("A shared view shows nobody more than they can see anyway."),
        widget=forms.RadioSelect,
    )
    opens_first = forms.BooleanField(
        label=_("Open this when I come to the portfolio"), required=False
    )

    class Meta:
        model = SavedView
        fields = ["name"]
        field_classes = {"name": CharField}

    def __init__(self, *args: Any, user: User, instance: SavedView, **kwargs: Any) -> None:
        self.user = user
        initial: dict[str, Any] = {"audience": OWNER_ONLY}
        if instance.pk:
            chosen = DefaultView.objects.filter(user=user, view=instance)
            initial = {"audience": audience_of(instance), "opens_first": chosen.exists()}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.standard = SavedView.objects.standard().select_related("owner").first()
        self.groups = {f"gruppe-{group.pk}": group for group in self._groups()}
        self.fields["audience"].choices = list(self._audiences())  # type: ignore[attr-defined]
        # Made after the others, so that it is not merged: who sends another one is asked again.
        self.fields["standard_seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial["standard_seen"] = self._standard_now

    @property
    def _standard_now(self) -> str:
        return str(self.standard.pk) if self.standard else ""

    def _groups(self) -> Iterator[Group]:
        """Those that one is a member of, for the office all, and the one that has it already."""
        mine = Q(user=self.user) | Q(pk=self.instance.group_id)
        groups = Group.objects.filter(Q() if may_set_standard(self.user) else mine)
        yield from groups.distinct().order_by("name", "pk")

    def _audiences(self) -> Iterator[tuple[str, Any]]:
        owner = self.instance.owner
        only = _("Only I") if owner == self.user else _("Only %(name)s") % {"name": owner}
        yield OWNER_ONLY, only
        for value, group in self.groups.items():
            yield value, _("The group %(group)s") % {"group": group}
        if may_set_standard(self.user):
            if self.standard and self.standard != self.instance:
                words = _(
                    "Everyone: the portfolio's standard view, in place of “%(name)s”, "
                    "which then only %(owner)s sees"
                )
                yield EVERYONE, words % {"name": self.standard, "owner": self.standard.owner}
            else:
                yield EVERYONE, _("Everyone: the portfolio's standard view")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        others = SavedView.objects.filter(owner=self.instance.owner).exclude(pk=self.instance.pk)
        if others.named(cleaned.get("name", "")).exists():
            self.add_error("name", _("There is a view with this name already. Choose another."))
        if len(self.instance.query) > QUERY_LENGTH:
            self.add_error(None, TOO_MANY)
        if cleaned.get("audience") == EVERYONE:
            self._check_standard(cleaned)
        return cleaned

    def _check_standard(self, cleaned: dict[str, Any]) -> None:
        if names_manager(self.instance.query):
            self.add_error("audience", NAMES_MANAGER)
        is_replaced = self.standard and self.standard != self.instance
        if is_replaced and cleaned.get("standard_seen") != self._standard_now:
            words = _("Meanwhile “%(name)s” became the standard view. Save again to replace it.")
            self.add_error("audience", words % {"name": self.standard})
            self._send("standard_seen", self._standard_now)

    def save(self, commit: bool = True) -> SavedView:
        """Save the view, and whether the person begins with it; a new one gets its address for good."""
        view: SavedView = super().save(commit=False)
        view.slug = view.slug or SavedView.objects.free_slug(view.name)
        audience = self.cleaned_data["audience"]
        view.group, view.is_standard = self.groups.get(audience), audience == EVERYONE
        view.keep(by=self.user)
        view.open_first(for_user=self.user, wanted=self.cleaned_data["opens_first"])
        return view


class SavedViewStateForm(MergingModelForm):
    """The state that a view is to show from now on, and the one that it showed when it was opened."""

    class Meta:
        model = SavedView
        fields = ["query"]
        widgets = {"query": forms.HiddenInput}
        error_messages = {"query": {"max_length": TOO_MANY}}

    def clean_query(self) -> str:
        return state_of(self.cleaned_data["query"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.is_standard and names_manager(cleaned.get("query", "")):
            self.add_error("query", NAMES_MANAGER)
        return cleaned


def audience_of(view: SavedView) -> str:
    """Return who sees a view, as the form has it."""
    if view.is_standard:
        return EVERYONE
    return f"gruppe-{view.group_id}" if view.group_id else OWNER_ONLY
