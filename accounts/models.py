"""Users, who log in by e-mail, and the roles that groups give them."""

from typing import Any

import pghistory
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PORTFOLIO_OFFICE = "Porteføljekontor"
ADMINISTRATORS = "Administratorer"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password she sets one through "forgotten password"."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in: any employee, a project manager, the office or an administrator."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(
        _("may log in"),
        default=True,
        help_text=_("Remove the tick instead of deleting the user; the history needs her."),
    )
    date_joined = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="%(app_label)s_%(class)s_email_is_unique",
                violation_error_message=_("There is a user with this e-mail already."),
            ),
            # Login looks for the e-mail in small letters.
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="%(app_label)s_%(class)s_email_is_in_small_letters",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin lets the user in: she has something to administer there."""
        return self.is_active and self.has_module_perms("accounts")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
    app_label="accounts",
)
class UserRole(User.groups.through):  # type: ignore[name-defined,misc]
    """Which groups a user belongs to, so that the history sees it."""

    class Meta:
        proxy = True
