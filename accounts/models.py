"""Users, who log in by e-mail, the roles that groups give them, where they are logged in and what has been noted about that."""

import datetime
from typing import Any

import pghistory
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    Group,
    Permission,
    PermissionsMixin,
)
from django.contrib.messages.storage.cookie import MessageDecoder, MessageEncoder
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.compiled import Given, Statement, built_once
from fkj_portfolio.fields import LineField

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


@pghistory.track(exclude=["password", "last_login"], attrs={"as_of": "present"})
class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in: any employee, a project manager, the office or an administrator."""

    email = models.EmailField(_("e-mail"))
    name = LineField(_("name"), max_length=200)
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
        """Return whether Django's admin lets the user in: she has something to administer there."""
        return self.is_active and self.has_module_perms("accounts")

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        self._read_permissions()
        return super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        self._read_permissions()
        return super().has_module_perms(app_label)

    def _read_permissions(self) -> None:
        """Read her own permissions and those of her groups at once, where Django's backend looks for both."""
        if self.is_active and not self.is_superuser and not hasattr(self, "_perm_cache"):
            rows = _permissions().rows(user=self.pk)
            self._perm_cache = {f"{app_label}.{codename}" for app_label, codename in rows}


@built_once
def _permissions() -> Statement[Any]:
    own = User.user_permissions.through._default_manager.filter(user=Given("user"))
    of_groups = Group.permissions.through._default_manager.filter(group__user=Given("user"))
    has = Q(pk__in=own.values("permission")) | Q(pk__in=of_groups.values("permission"))
    return Statement(
        Permission.objects.filter(has).order_by().values_list("content_type__app_label", "codename")
    )


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
    app_label="accounts",
    attrs={"as_of": "present"},
)
class UserRole(User.groups.through):  # type: ignore[name-defined,misc]
    """Membership of a user in a group, kept so that the history sees it."""

    class Meta:
        proxy = True


class Session(AbstractBaseSession):
    """Session of somebody who is logged in, or of a visitor who has been told something; `accounts.sessions` keeps them."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from accounts.sessions import SessionStore

        return SessionStore

    @property
    def handle(self) -> str:
        """A name for the session on a page; who reads it cannot take the session over."""
        return salted_hmac("accounts.Session", self.session_key, algorithm="sha256").hexdigest()[
            :20
        ]


class SecurityEventKind(models.TextChoices):
    """Kinds of events that can be noted."""

    LOGGED_IN = "logged_in", _("logged in")
    LOGGED_OUT = "logged_out", _("logged out")
    LOGIN_FAILED = "login_failed", _("wrong password")
    LOGIN_SLOWED = "login_slowed", _("too many attempts")
    LINK_SENT = "link_sent", _("was sent a link for a new password")
    PASSWORD_CHANGED = "password_changed", _("got a new password")
    SESSIONS_ENDED = "sessions_ended", _("was logged out elsewhere")
    REFUSED = "refused", _("was refused")
    RIGHTS_CHANGED = "rights_changed", _("got other rights")


class SecurityEventQuerySet(models.QuerySet["SecurityEvent"]):
    def newest_first(self) -> "SecurityEventQuerySet":
        return self.select_related("user", "by").order_by("-at", "-pk")

    def known_addresses(self, email: str, *, since: datetime.datetime) -> list[str]:
        """Return where the account has been let in from lately, the newest first."""
        let_in = self.filter(
            user__email=email, kind__in=SecurityEvent.LET_IN, at__gte=since, address__isnull=False
        )
        newest = let_in.values("address").annotate(last=models.Max("at")).order_by("-last")
        return [address for address in newest.values_list("address", flat=True)[:20] if address]


class SecurityEvent(models.Model):
    """Something about who may come in and do what: who, when and from where.

    Added to and never changed; a trigger sees to it, and to that nothing younger than a month is deleted.
    """

    #: What shows that somebody is who she says.
    LET_IN = [SecurityEventKind.LOGGED_IN, SecurityEventKind.PASSWORD_CHANGED]

    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=20, choices=SecurityEventKind)
    # Whose login it is about; none when nobody has the e-mail that was tried. They stay when a
    # user who was made by mistake is deleted, as in the history.
    user = models.ForeignKey(
        User, models.DO_NOTHING, null=True, db_constraint=False, related_name="security_events"
    )
    by = models.ForeignKey(
        User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    address = models.GenericIPAddressField(null=True)
    details = models.JSONField(default=dict)

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="security_event_newest"),
            models.Index(fields=["user", "-at"], name="security_event_of_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SecurityEventKind.values),
                name="%(app_label)s_%(class)s_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class SentFormManager(models.Manager["SentForm"]):
    def take(self, mark: str) -> "SentForm":
        """Return what was sent with this mark, or what is new; waits for whoever is sending the same.

        Within a transaction: what is new is there for others when that ends.
        """
        new = SentForm(mark=mark)
        with connection.cursor() as cursor:
            # Django does not tell whether it was there already.
            cursor.execute(
                "INSERT INTO accounts_sentform (mark, sent_at) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [new.mark, new.sent_at],
            )
            if cursor.rowcount:
                new._state.adding = False
                return new
        # An old one, which kept ours out, may have been forgotten in between.
        return self.filter(mark=mark).first() or self.take(mark)

    def forget_old(self) -> None:
        """Delete what nobody sends once more by mistake."""
        self._delete(self.filter(sent_at__lt=timezone.now() - SentForm.REMEMBERED))

    def forget_answers(self) -> None:
        """Delete everything that has been answered: the answers have texts, and names in addresses."""
        self._delete(self.filter(answer__isnull=False))

    def _delete(self, forms: "models.QuerySet[SentForm]") -> None:
        """Delete forms; rows that another is deleting are left to it."""
        self.filter(pk__in=forms.select_for_update(skip_locked=True)).delete()


class SentForm(models.Model):
    """A form that somebody has sent, and the answer that she got: the same once more does nothing anew."""

    REMEMBERED = datetime.timedelta(hours=1)
    #: Somebody clicked twice, or sent again because the network had failed.
    AT_ONCE = datetime.timedelta(seconds=10)

    #: Of who sent what where, with which key.
    mark = models.CharField(max_length=64, primary_key=True)
    sent_at = models.DateTimeField(default=timezone.now)
    #: Null only in the transaction that makes it; a form that is refused leaves nothing behind.
    answer: Any = models.JSONField(null=True, encoder=MessageEncoder, decoder=MessageDecoder)

    objects = SentFormManager()

    def __str__(self) -> str:
        return self.mark

    @property
    def is_recent(self) -> bool:
        """Return whether it was sent just now, so that its answer still holds."""
        return timezone.now() - self.sent_at < self.AT_ONCE
