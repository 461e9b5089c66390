"""Adapter of django-allauth: behaviour that its settings cannot give."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import sessions, throttle
from accounts.models import User
from accounts.security_log import (
    Kind,
    address_of,
    as_ipv4,
    forget_what_is_old,
    record,
    record_slowed,
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail or the password is wrong."),
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("This is not your present password."),
        "too_many_login_attempts": _(
            "Too many attempts have failed. Wait five minutes, or ask for a new password."
        ),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return as_ipv4(super().get_client_ip(request))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"site_name": settings.SITE_NAME, **context})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("projects:overview")

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        # Django would only take no notice of them, when they come again.
        sessions.end_others(user, besides=context.request.session.session_key)
        record(Kind.PASSWORD_CHANGED, request=context.request, user=user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt where it belongs, before anything finds out whether there is such an account."""
        email = credentials.get("email", "")
        action, key = throttle.count_of(request, email)
        usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
        # Where allauth looks to take it back after a right password.
        self._login_failed_rl_usage = usage
        if usage is None:
            user = User.objects.filter(email=email.lower()).first()
            record_slowed(f"{action}:{key}", request=request, user=user)
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        email = credentials.get("email", "").lower()
        # Only of those who have an account: people write passwords in the wrong field.
        record(Kind.LOGIN_FAILED, request=request, user=User.objects.filter(email=email).first())

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        record(Kind.REFUSED, request=request, user=user, closed=True)
        answer: HttpResponse = super().respond_user_inactive(request, user)
        return answer

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        sessions.note_device(request, address_of(request))
        throttle.remember_device(answer, request, user.email)
        record(Kind.LOGGED_IN, request=request, user=user)
        forget_what_is_old()
        sessions.forget_what_has_ended()
        return answer

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            record(Kind.LOGGED_OUT, request=request, user=user)
