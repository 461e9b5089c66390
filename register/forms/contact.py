"""Forms of the register: a contact, and what to do besides handing over its projects."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.forms import CharField, MergingModelForm
from projects.models import Contact, Owner


class ContactForm(MergingModelForm):
    """Name and place of a contact, and what everyone may see of it."""

    phone = CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        validators=[
            RegexValidator(
                r"^\+?[0-9 ()-]{3,}$", _("Write the number with digits, for example 24 13 26 00.")
            )
        ],
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    class Meta:
        model = Contact
        fields = [
            "name",
            "owner",
            "email",
            "email_is_public",
            "phone",
            "phone_is_public",
            "in_use",
        ]
        field_classes = {"name": CharField}
        help_texts = {
            "email_is_public": _("Without the tick, only those who are logged in see it."),
            "phone_is_public": _("Without the tick, only those who are logged in see it."),
            "in_use": _(
                "Without the tick, nobody can choose the contact for a project. "
                "Projects that have it keep it."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        offered = Owner.objects.filter(Q(in_use=True) | Q(pk=self.instance.owner_id))
        owner.queryset = offered.in_order()
        owner.empty_label = str(_("Choose"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("email_is_public") and cleaned.get("email") == "":
            text = _("Write the e-mail that is to be shown, or remove the tick.")
            self.add_error("email", text)
        if cleaned.get("phone_is_public") and cleaned.get("phone") == "":
            text = _("Write the phone number that is to be shown, or remove the tick.")
            self.add_error("phone", text)
        self._refuse_a_namesake(cleaned.get("name", ""), cleaned.get("owner"))
        return cleaned

    def _refuse_a_namesake(self, name: str, owner: Owner | None) -> None:
        """Refuse a name that another contact of the owner has; two may have come to share one."""
        saved = self.instance
        keeps_its_name = owner and (saved.name.lower(), saved.owner_id) == (name.lower(), owner.pk)
        others = Contact.objects.exclude(pk=saved.pk).filter(owner=owner, name__iexact=name)
        if not keeps_its_name and others.exists():
            self.add_error("name", _("This owner has a contact with this name already."))
