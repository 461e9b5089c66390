"""Forms of the register: search, an owner, and whom its projects are handed over to."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.forms import CharField, MergingModelForm, URLField
from projects.models import Owner
from projects.models.owner import CHECK_WEIGHTS, OwnerQuerySet


class OwnerFilterForm(forms.Form):
    """The filters of the register, under the names that stand in the address."""

    sok = CharField(
        label=_("Search for an owner or a contact"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    alle = forms.BooleanField(label=_("Show those that are not in use too"), required=False)

    def apply_to(self, owners: OwnerQuerySet) -> OwnerQuerySet:
        """Narrow the owners down; a filter that is not valid is left out."""
        self.full_clean()
        chosen = self.cleaned_data
        if not chosen.get("alle"):
            owners = owners.in_use()
        if text := chosen.get("sok"):
            owners = owners.search(text)
        return owners


class OrganisationNumberField(forms.CharField):
    """Nine digits, the last of which checks the others; spaces as people write them."""

    default_validators = [
        *forms.CharField.default_validators,
        RegexValidator(r"^[0-9]{9}$", _("An organisation number has nine digits.")),
    ]

    def to_python(self, value: Any) -> str:
        return "".join((super().to_python(value) or "").split())

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        digits = zip(value, CHECK_WEIGHTS, strict=False)
        if sum(int(digit) * weight for digit, weight in digits) % 11:
            raise forms.ValidationError(_("This is no organisation number: check the digits."))


class OwnerForm(MergingModelForm):
    """Names of an owner, and whether it may be chosen."""

    organisation_number = OrganisationNumberField(
        label=_("Organisation number"),
        max_length=20,
        required=False,
        help_text=_("Nine digits, for example 971 032 146"),
    )
    website = URLField(
        label=_("Website"),
        max_length=500,
        required=False,
        help_text=_("For example https://www.ks.no"),
        error_messages={"invalid": _("Write an address such as https://www.ks.no")},
    )

    class Meta:
        model = Owner
        fields = ["name", "short_name", "organisation_number", "website", "in_use", "successor"]
        field_classes = {"name": CharField, "short_name": CharField}
        help_texts = {
            "short_name": _("What people call it, for example Hdir"),
            "in_use": _(
                "Without the tick, nobody can choose the owner for a project. "
                "Projects that have it keep it."
            ),
            "successor": _("When the owner is merged into another or has a new form."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One in use has no successor itself, so that nobody ends in a circle, as long as
        # owners are saved by turns.
        offered = Owner.objects.filter(Q(in_use=True) | Q(pk=self.instance.successor_id))
        successor = self.fields["successor"]
        assert isinstance(successor, forms.ModelChoiceField)
        successor.queryset = offered.exclude(pk=self.instance.pk).in_order()
        successor.empty_label = str(_("None"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        others = Owner.objects.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=cleaned.get("name", "")).exists():
            self.add_error("name", _("There is an owner with this name already."))
        number = cleaned.get("organisation_number")
        if number and others.filter(organisation_number=number).exists():
            text = _("There is an owner with this organisation number already.")
            self.add_error("organisation_number", text)
        if cleaned.get("successor") and cleaned.get("in_use"):
            text = _("An owner that another has succeeded is no longer in use. Remove the tick.")
            self.add_error("in_use", text)
        return cleaned

    def save(self, commit: bool = True) -> Owner:
        """Save the owner; a new one gets a name for addresses, which it keeps for good."""
        if not self.instance.slug:
            self.instance.slug = Owner.objects.free_slug(self.instance.name)
        owner: Owner = super().save(commit)
        return owner
