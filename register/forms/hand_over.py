"""Handing over the projects of an owner or a contact to another."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class ReceiverForm(forms.Form):
    """Choice of who is to have the projects, under the name that stands in the address."""

    def __init__(self, *args: Any, receivers: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["til"] = ReceiverField(
            receivers, label=_("Hand over to"), empty_label=_("Choose")
        )


class ReceiverField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Tells those with the same name apart by their owner."""

    def label_from_instance(self, receiver: Any) -> str:
        owner = getattr(receiver, "owner", None)
        return f"{receiver} ({owner})" if owner else str(receiver)


class HandOverForm(forms.Form):
    """Consent to hand over the projects that the person saw before."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class OwnerHandOverForm(HandOverForm):
    """Choice of what to do with an owner besides, when its projects go to another."""

    with_contacts = forms.BooleanField(label=_("Move its contacts too"), required=False)
    succeed = forms.BooleanField(
        label=_("The new owner succeeds the old one, which is taken out of use"), required=False
    )


class ContactHandOverForm(HandOverForm):
    """Choice of what to do with a contact besides, when its projects go to another."""

    retire = forms.BooleanField(label=_("Take the old contact out of use"), required=False)
