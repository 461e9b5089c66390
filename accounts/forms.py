"""django-allauth's forms in our words, which it lacks in nynorsk, and without placeholders."""

from functools import partial
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actions import open_after_reset, send_link_if_asked_seldom
from accounts.models import SecurityEventKind, SecurityEventQuerySet, User
from fkj_portfolio.later import after_answer

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

    def clean_email(self) -> str:
        """Ask nothing of the database: how long that takes tells who has an account."""
        return self.cleaned_data["email"].lower()  # type: ignore[no-any-return]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link, if there is such an account, once the answer has been given."""
        email: str = self.cleaned_data["email"]
        after_answer(partial(send_link_if_asked_seldom, request, email))
        return email


class ConfirmForm(allauth_forms.ReauthenticateForm):
    """Write the password once more, before something that a thief of the session must not do."""

    prefix = "confirm"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, password=_("Your password"))


class SecurityLogFilterForm(forms.Form):
    """Filters of the security log; what is not understood is left out."""

    hva = forms.ChoiceField(
        label=_("What"),
        choices=[("", _("Everything")), *SecurityEventKind.choices],
        required=False,
    )
    hvem = forms.CharField(label=_("Name or e-mail"), max_length=100, required=False)

    def apply_to(self, events: SecurityEventQuerySet) -> SecurityEventQuerySet:
        self.full_clean()
        if kind := self.cleaned_data.get("hva"):
            events = events.filter(kind=kind)
        if who := self.cleaned_data.get("hvem"):
            # First who it is: the log is far longer than the list of users.
            found = Q(name__icontains=who) | Q(email__icontains=who)
            users = list(User.objects.filter(found).values_list("pk", flat=True))
            events = events.filter(Q(user__in=users) | Q(by__in=users))
        return events


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

    user: User

    def save(self) -> None:
        super().save()
        open_after_reset(context.request, self.user)


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
