"""Base of the filters by which pages are narrowed down in their address."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: No key of a table has more digits than this, and every number of so many fits into its column.
LONGEST_KEY = 18


@dataclass(frozen=True)
class Chip:
    """A filter that has been chosen, and the address without it."""

    label: str
    value: str
    href: str


def unused(label: "StrOrPromise", value: str) -> str:
    """Say that a value of an address is not known."""
    shown = _quoted(value)
    if not shown.strip():
        words = _("%(field)s: The value has only characters that can't be seen, so it is not used.")
    else:
        words = _("%(field)s: We do not know the value “%(value)s”, so it is not used.")
    return str(words) % {"field": label, "value": shown}


def too_many(label: "StrOrPromise", value: str) -> str:
    """Say that the words of an address fit too many projects."""
    words = _(
        "%(field)s: Too many projects match “%(value)s”, so it is not used. "
        "Write more of the title."
    )
    return str(words) % {"field": label, "value": _quoted(value)}


def _quoted(value: str) -> str:
    return Truncator("".join(filter(str.isprintable, value))).chars(40)


class AddressChoiceField(forms.ChoiceField):
    """One choice or none; an unknown one is refused in words that say it is not used."""

    def validate(self, value: str) -> None:
        if value and not self.valid_value(value):
            raise forms.ValidationError(unused(self.label or "", value), "invalid_choice")
