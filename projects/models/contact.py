"""The people that readers can turn to."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.addresses import page_address
from fkj_portfolio.fields import LineField, are_clean_lines
from projects.models.fields import norwegian_order
from projects.models.owner import Owner

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ContactQuerySet(models.QuerySet["Contact"]):
    def in_use(self) -> Self:
        """Select the contacts that a project can be given."""
        return self.filter(in_use=True)

    def in_order(self) -> Self:
        """Sort by name in the Norwegian alphabet."""
        return self.order_by(norwegian_order("name"), "pk")

    def with_namesake_at(self, owner: Owner) -> Self:
        """Select the contacts whose name a contact of this owner has too."""
        taken = owner.contacts.values(small=Lower("name"))
        return self.alias(small_name=Lower("name")).filter(small_name__in=taken)


@pghistory.track(attrs={"as_of": "register"})
class Contact(models.Model):
    """A person that readers can turn to; never a login."""

    name = LineField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    email_is_public = models.BooleanField(_("show the e-mail to everyone"), default=False)
    phone = LineField(_("phone"), max_length=30, blank=True)
    phone_is_public = models.BooleanField(_("show the phone number to everyone"), default=False)
    owner = models.ForeignKey(
        Owner,
        on_delete=models.PROTECT,
        related_name="contacts",
        verbose_name=_("owner"),
    )
    in_use = models.BooleanField(_("in use"), default=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"), name="%(app_label)s_%(class)s_has_a_name"
            ),
            models.CheckConstraint(
                condition=are_clean_lines("name"),
                name="%(app_label)s_%(class)s_name_is_written_in_one_way",
            ),
            models.CheckConstraint(
                condition=~Q(email="", email_is_public=True),
                name="%(app_label)s_%(class)s_shows_an_email_that_it_has",
                violation_error_message=_("There is no e-mail to show."),
            ),
            models.CheckConstraint(
                condition=~Q(phone="", phone_is_public=True),
                name="%(app_label)s_%(class)s_shows_a_phone_number_that_it_has",
                violation_error_message=_("There is no phone number to show."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_address("projects:contact_detail", self.pk)

    def email_for(self, user: "User | AnonymousUser") -> str:
        """Return the e-mail when this person may see it: it is public, or she is logged in."""
        return self.email if user.is_authenticated or self.email_is_public else ""

    def phone_for(self, user: "User | AnonymousUser") -> str:
        """Return the phone number when this person may see it: it is public, or she is logged in."""
        return self.phone if user.is_authenticated or self.phone_is_public else ""

    def is_deletable(self) -> bool:
        """Return whether no project names the contact."""
        return not self.projects.exists()
