"""Actions on a user's login besides changing the user."""

import logging
import smtplib
from collections.abc import Iterable
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.core import ratelimit
from django.contrib.auth.models import Group
from django.forms import ModelForm
from django.http import HttpRequest

from accounts import throttle
from accounts.models import User
from accounts.security_log import Kind, record, record_slowed

logger = logging.getLogger(__name__)


def send_link(request: HttpRequest, user: User) -> None:
    """Send a user a link by which to choose a password; raises OSError when the mail server fails."""
    token_generator = app_settings.PASSWORD_RESET_TOKEN_GENERATOR()
    request_password_reset(request, user.email, [user], token_generator)


def send_link_if_asked_seldom(request: HttpRequest, email: str) -> None:
    """Send the link that somebody has asked for, when a user has that e-mail.

    Whoever asks again and again for another fills her letterbox no further; the links that she
    has are good.
    """
    user = User.objects.filter(email=email, is_active=True).first()
    if not user:
        return
    if not ratelimit.consume(request, action="reset_password_letter", key=email):
        record_slowed(f"letters:{user.pk}", request=request, user=user, letters=True)
        return
    try:
        send_link(request, user)
    except OSError as error:
        logger.error("A letter to %s could not be sent: %s.", _masked(email), _reason(error))
    else:
        record(Kind.LINK_SENT, request=request, user=user)


def open_after_reset(request: HttpRequest, user: User) -> None:
    """Let somebody who has chosen a new password log in with it at once."""
    throttle.remember_reset(request, user.email)
    ratelimit.clear(request, action=throttle.UNKNOWN, key=throttle.account_of(user.email))


def note_changed_rights(request: HttpRequest, form: "ModelForm[User]", *, is_new: bool) -> None:
    """Note what a form of the admin has changed of who may log in, as whom, and what she may do."""
    before, after = form.initial, form.cleaned_data
    details: dict[str, Any] = {"made": True} if is_new else {}
    changed = {
        name
        for name in ("groups", "user_permissions", "is_active", "is_superuser")
        if name in after and _seen(before.get(name)) != _seen(after[name])
    }
    if "groups" in changed:
        had, has = _names(before.get("groups")), _names(after["groups"])
        details |= {"given": sorted(has - had), "taken": sorted(had - has)}
    if "user_permissions" in changed:
        details["user_permissions"] = True
    details |= {name: after[name] for name in changed & {"is_active", "is_superuser"}}
    if not is_new and before["email"] != after["email"]:
        details["email"] = [before["email"], after["email"]]
    if details:
        note_rights(request, form.instance, **details)


def _names(groups: Iterable[Group] | None) -> set[str]:
    return {group.name for group in groups or []}


def _seen(value: Any) -> Any:
    return value if isinstance(value, bool) else set(value or [])


def note_rights(request: HttpRequest, user: User, **details: Any) -> None:
    """Note that somebody has changed what another may do."""
    assert isinstance(request.user, User)
    record(Kind.RIGHTS_CHANGED, request=request, user=user, by=request.user, **details)


def _masked(email: str) -> str:
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _reason(error: OSError) -> str:
    """Return what failed; what an SMTP server says about it may repeat the address."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    if isinstance(error, smtplib.SMTPException):
        return type(error).__name__
    return f"{type(error).__name__}: {error.strerror or error}"
