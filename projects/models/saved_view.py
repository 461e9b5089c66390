"""Saved views: a state of the overview under a name, for oneself, a group or everyone."""

import re
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.addresses import page_address
from fkj_portfolio.compiled import Given
from fkj_portfolio.fields import LineField
from projects.models.fields import free_slug, norwegian_order
from projects.models.triggers import (
    NAMED_FOR_EVER,
    IsSharedWithOnesOwn,
    StandardIsSetByTheOffice,
)

if TYPE_CHECKING:
    from accounts.models import User

#: `?visning=alle` is the overview without a standard; the other is the address of a new view.
EVERYTHING = "alle"
RESERVED = [EVERYTHING, "ny"]
#: What an address may need of a view: names, as long as people and mail programs can bear.
QUERY_LENGTH = 2000
NAMES_MANAGER = "(^|&)leder="


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def standard(self) -> Self:
        """Select the portfolio's standard: one, or none."""
        return self.filter(is_standard=True)

    def visible_to(self, user: "User | AnonymousUser | Given") -> Self:
        """Select one's own, what is shared with a group one is a member of now, and the standard."""
        if isinstance(user, AnonymousUser):
            return self.standard()
        groups = Group.objects.filter(user=user).values("pk")
        return self.filter(Q(is_standard=True) | Q(owner=user) | Q(group__in=groups))

    def with_default_of(self, user: "User | AnonymousUser | Given") -> Self:
        """Annotate whether a view is this person's own default."""
        if isinstance(user, AnonymousUser):
            return self.annotate(is_own_default=Value(False))
        own = DefaultView.objects.filter(user=user, view=OuterRef("pk"))
        return self.annotate(is_own_default=Exists(own))

    def named(self, name: str) -> Self:
        """Select those of this name, whatever the case."""
        # As the constraint compares them; `iexact` compares capitals, and "ß" has two.
        return self.alias(lower_name=Lower("name")).filter(lower_name=Lower(Value(name)))

    def in_order(self) -> Self:
        """Sort by name in the Norwegian alphabet."""
        return self.order_by(norwegian_order("name"), "pk")

    def free_slug(self, name: str) -> str:
        """Return a name for addresses that no view has yet."""
        return free_slug(name, among=self, fallback="visning", reserved=RESERVED)


class SavedView(models.Model):
    """A state of the overview under a name.

    It holds an address and no projects, so it never shows anyone more than she sees anyway.
    """

    name = LineField(_("name"), max_length=100)
    slug = models.SlugField(_("name in addresses"), max_length=120, unique=True, editable=False)
    query = models.CharField(
        max_length=QUERY_LENGTH, blank=True, help_text="The state, as it stands in the address."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="saved_views",
        help_text="Whose it is; of the standard, who made it.",
    )
    group = models.ForeignKey(
        Group,
        # A view outlives the group, as its owner's own.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="saved_views",
    )
    is_standard = models.BooleanField(default=False, help_text="The portfolio's, for everyone.")
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = SavedViewQuerySet.as_manager()

    # Set only by the queryset method that annotates it.
    is_own_default: bool

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"), name="%(app_label)s_%(class)s_has_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED),
                name="%(app_label)s_%(class)s_leaves_the_reserved_addresses",
            ),
            models.CheckConstraint(
                condition=~Q(query__regex=r"(^|&)(visning|side|per)="),
                name="%(app_label)s_%(class)s_is_of_any_day_and_page",
            ),
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                name="%(app_label)s_%(class)s_name_is_unique_to_its_owner",
            ),
            models.UniqueConstraint(
                fields=["is_standard"],
                condition=Q(is_standard=True),
                name="%(app_label)s_%(class)s_there_is_one_standard",
            ),
            models.CheckConstraint(
                condition=Q(is_standard=False) | Q(group=None),
                name="%(app_label)s_%(class)s_standard_is_for_everyone",
            ),
            # Who manages a project is not public, and the address of the standard is.
            models.CheckConstraint(
                condition=Q(is_standard=False) | ~Q(query__regex=NAMES_MANAGER),
                name="%(app_label)s_%(class)s_standard_names_no_manager",
            ),
        ]
        triggers = [
            *NAMED_FOR_EVER,
            StandardIsSetByTheOffice(name="standard_view_is_set_by_the_office"),
            IsSharedWithOnesOwn(name="view_is_shared_with_a_group_of_ones_own"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_address("projects:saved_view_detail", self.slug)

    @property
    def address(self) -> str:
        """The overview in this state, with all filters, so that it can be mailed to anyone."""
        state = f"{self.query}&" if self.query else ""
        return f"{page_address('projects:overview')}?{state}visning={self.slug}"

    def is_editable_by(self, user: "User | AnonymousUser") -> bool:
        """Return whether this person may change or delete it: its owner, and of the standard the office."""
        if self.is_standard:
            return may_set_standard(user)
        return user.is_authenticated and self.owner_id == user.pk

    def keep(self, *, by: "User") -> None:
        """Save it as changed now; the standard takes the place of the one before it."""
        self.changed_by, self.changed_at = by, timezone.now()
        if self.is_standard:
            others = SavedView.objects.standard().exclude(pk=self.pk)
            others.update(is_standard=False, changed_by=by, changed_at=self.changed_at)
        self.save()

    def open_first(self, *, for_user: "User", wanted: bool = True) -> None:
        """Let a person begin with this view, or no longer."""
        if wanted:
            DefaultView.objects.update_or_create(user=for_user, defaults={"view": self})
        else:
            DefaultView.objects.filter(user=for_user, view=self).delete()


class DefaultView(models.Model):
    """The view that a person wants when she comes to the portfolio, whatever the standard is.

    It counts as long as she may see the view.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="default_view",
    )
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="defaults")

    def __str__(self) -> str:
        return f"{self.user}: {self.view}"


def names_manager(query: str) -> bool:
    """Return whether a state names who manages a project, which is for those who are logged in."""
    return re.search(NAMES_MANAGER, query) is not None


def may_set_standard(user: "User | AnonymousUser") -> bool:
    """Return whether this person decides what everyone sees first: the portfolio office."""
    return user.has_perm("projects.change_project")
