"""The organisations that own projects."""

from typing import Self

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Mod, Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.addresses import page_address
from fkj_portfolio.fields import LineField, are_clean_lines
from fkj_portfolio.visible import clean_line
from projects.models.fields import free_slug, norwegian_order
from projects.models.triggers import NAMED_FOR_EVER

#: In addresses: the projects that have no owner.
NONE = "ingen"
#: The weights of the nine digits; the last is the check digit itself.
#: Brønnøysundregistrene, "Organisasjonsnummeret": the weighted sum is divisible by eleven.
CHECK_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)


def organisation_number_is_valid() -> Exact:
    """Say in SQL whether the nine digits and the check digit of `organisation_number` agree."""
    nine_digits = Q(organisation_number__regex=r"^[0-9]{9}$")
    weighted = sum(
        (
            Cast(Substr("organisation_number", place, 1), IntegerField()) * Value(weight)
            for place, weight in enumerate(CHECK_WEIGHTS, start=1)
        ),
        start=Value(0),
    )
    remainder = Case(
        When(organisation_number="", then=Value(0)),
        When(nine_digits, then=Mod(weighted, Value(11), output_field=IntegerField())),
        default=Value(-1),
        output_field=IntegerField(),
    )
    return Exact(remainder, Value(0))


class OwnerQuerySet(models.QuerySet["Owner"]):
    def in_use(self) -> Self:
        """Select the owners that a project can be given to."""
        return self.filter(in_use=True)

    def in_order(self) -> Self:
        """Sort by name in the Norwegian alphabet."""
        return self.order_by(norwegian_order("name"), "pk")

    def search(self, text: str) -> Self:
        """Select the owners whose names, number or contacts contain the text."""
        with_contact = self.model.objects.filter(contacts__name__icontains=text)
        found = (
            Q(name__icontains=text)
            | Q(short_name__icontains=text)
            | Q(pk__in=with_contact.values("pk"))
        )
        if digits := "".join(text.split()):
            found |= Q(organisation_number__contains=digits)
        return self.filter(found)

    def with_project_count(self) -> Self:
        """Annotate how many projects each owner has."""
        return self.annotate(project_count=Count("projects"))

    def named(self, name: str) -> Self:
        """Select the owner that goes by this name, whole or short, whatever the case."""
        name = clean_line(name)
        return self.filter(Q(name__iexact=name) | Q(short_name__iexact=name))

    def free_slug(self, name: str) -> str:
        """Return a name for addresses that no owner has yet."""
        return free_slug(name, among=self, fallback="eier", reserved=[NONE])


@pghistory.track(attrs={"as_of": "register"})
class Owner(models.Model):
    """An organisation that owns projects; never a login."""

    name = LineField(_("name"), max_length=200)
    short_name = LineField(_("short name"), max_length=50, blank=True)
    slug = models.SlugField(_("name in addresses"), max_length=220, unique=True, editable=False)
    organisation_number = models.CharField(
        _("organisation number"),
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{9}$", _("Write nine digits."))],
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
    )
    in_use = models.BooleanField(_("in use"), default=True)

    objects = OwnerQuerySet.as_manager()

    # Set only by the queryset method that annotates it.
    project_count: int

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"), name="%(app_label)s_%(class)s_has_a_name"
            ),
            models.CheckConstraint(
                condition=are_clean_lines("name", "short_name"),
                name="%(app_label)s_%(class)s_names_are_written_in_one_way",
            ),
            models.CheckConstraint(
                condition=~Q(slug=NONE), name="%(app_label)s_%(class)s_leaves_the_word_for_none"
            ),
            models.UniqueConstraint(
                models.functions.Lower("name"),
                name="%(app_label)s_%(class)s_name_is_unique",
                violation_error_message=_("There is an owner with this name already."),
            ),
            models.UniqueConstraint(
                fields=["organisation_number"],
                condition=~Q(organisation_number=""),
                name="%(app_label)s_%(class)s_organisation_number_is_unique",
                violation_error_message=_(
                    "There is an owner with this organisation number already."
                ),
            ),
            models.CheckConstraint(
                condition=organisation_number_is_valid(),
                name="%(app_label)s_%(class)s_organisation_number_is_valid",
                violation_error_message=_("This is no organisation number: check the digits."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="%(app_label)s_%(class)s_does_not_succeed_itself",
                violation_error_message=_("An owner cannot succeed itself."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(in_use=False),
                name="%(app_label)s_%(class)s_with_a_successor_is_not_in_use",
                violation_error_message=_(
                    "An owner that another has succeeded is no longer in use."
                ),
            ),
        ]

        triggers = NAMED_FOR_EVER

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_address("projects:owner_detail", self.pk)

    @property
    def spaced_organisation_number(self) -> str:
        """The organisation number as people read it: 971 032 146."""
        number = self.organisation_number
        return "\N{NO-BREAK SPACE}".join(number[place : place + 3] for place in (0, 3, 6)).strip()

    def is_deletable(self) -> bool:
        """Return whether nothing names the owner: no project, contact or predecessor."""
        named = self.projects.exists() or self.contacts.exists() or self.predecessors.exists()
        return not named
