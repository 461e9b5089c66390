"""django-allauth's forms in our words, which it lacks in nynorsk, and without placeholders."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EMAIL = _("E-mail")
ONCE_MORE = _("The new password once more")
REMEMBER = _("Keep me logged in on this device")
RULES = _("At least eight characters. Not only digits, and nothing that others would guess.")


class LoginForm(allauth_forms.LoginForm):
    """Log in by e-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, login=EMAIL, password=_("Password"), remember=REMEMBER)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Ask for a link by which to choose a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, email=EMAIL)


class TwiceForm:
    """Asks for the new password twice, so that nobody is locked out by a slip of the finger."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, password1=_("New password"), password2=ONCE_MORE)
        self.fields["password1"].help_text = RULES

    def clean_password2(self) -> str:
        again: str = self.cleaned_data["password2"]
        if self.cleaned_data.get("password1", again) != again:
            raise ValidationError(_("The two passwords differ."))
        return again


class ResetPasswordKeyForm(TwiceForm, allauth_forms.ResetPasswordKeyForm):
    """Choose a new password, having followed the link."""


class SetPasswordForm(TwiceForm, allauth_forms.SetPasswordForm):
    """Choose a first password."""


class ChangePasswordForm(TwiceForm, allauth_forms.ChangePasswordForm):
    """Choose a new password, knowing the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, oldpassword=_("Present password"))


def _label(form: Any, **labels: Promise) -> None:
    """Name the fields; without allauth's placeholders, which vanish when one writes."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)
