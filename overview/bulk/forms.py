"""Which projects are changed at once, and what they are given."""

import datetime
import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from overview.bulk.fields import Value
from overview.state import ProjectFilterForm
from projects.addresses import LIFECYCLE_VALUES, overview_again
from projects.models import (
    Contact,
    Owner,
    Project,
    Segment,
    SharedField,
    StrategicGoal,
)
from projects.models.fields import norwegian_order
from projects.models.owner import NONE
from projects.models.project_queryset import ProjectQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Each field in addresses.
SHARED_VALUES = {
    SharedField.OWNER: "eier",
    SharedField.CONTACT: "kontaktperson",
    SharedField.SEGMENT: "segment",
    SharedField.MAIN_GOAL: "mal",
    SharedField.MANAGERS: "leder",
    SharedField.LIFECYCLE: "livslop",
}
#: What each field is called before a choice, and its choice of none.
LABELS = {
    SharedField.OWNER: (_("New owner"), _("None: remove the owner")),
    SharedField.CONTACT: (_("New contact"), _("None: remove the contact")),
    SharedField.SEGMENT: (_("New segment"), _("None: remove the segment")),
    SharedField.MAIN_GOAL: (_("New strategic goal"), _("None: remove the strategic goal")),
    SharedField.MANAGERS: (
        _("New project manager, in place of all who are"),
        _("None: remove the project managers"),
    ),
    SharedField.LIFECYCLE: (_("New lifecycle"), ""),
}
SLUG = re.compile(r"[-\w]{1,100}")


class Selection:
    """The projects that the address names one by one, or all that a state of the overview finds.

    `prosjekt` is repeated; `utvalg` is the query of the overview, to which the page leads back;
    `alle=ja` means all that it finds.
    """

    #: So many fit on a page that somebody is to look over.
    most = 1000

    def __init__(self, query: QueryDict, *, user: User, today: datetime.date) -> None:
        self.user, self.today = user, today
        self.state = query.get("utvalg", "")
        self.is_all = query.get("alle") == "ja"
        self.slugs = list(dict.fromkeys(query.getlist("prosjekt")))

    @cached_property
    def projects(self) -> list[Project]:
        """The projects by title, no more than one more than can be changed at once."""
        if self.is_all:
            chosen = Project.objects.filter(pk__in=self._found().order_by().values("pk"))
        else:
            slugs = [slug for slug in self.slugs if SLUG.fullmatch(slug)]
            chosen = Project.objects.filter(slug__in=slugs)
        return list(chosen.select_related("contact__owner").in_order()[: self.most + 1])

    @property
    def is_too_large(self) -> bool:
        """Whether they are more than anybody looks over."""
        return len(self.projects) > self.most

    @property
    def missing(self) -> int:
        """How many were named that are not there, as when somebody has deleted them."""
        if self.is_all or self.is_too_large:
            return 0
        return len(self.slugs) - len(self.projects)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What carries the selection on to the next page."""
        named = [("alle", "ja")] if self.is_all else [("prosjekt", slug) for slug in self.slugs]
        return [("utvalg", self.state), *named] if self.state else named

    @property
    def address(self) -> str:
        """The page on which these projects are given something."""
        return f"{reverse('projects:several_change')}?{urlencode(self.parameters)}"

    @property
    def overview(self) -> str:
        """The overview as it was."""
        return overview_again(self.state)

    @cached_property
    def notes(self) -> list[str]:
        """What of the overview's state makes no sense any more; then it finds nothing here."""
        return self._filters.notes if self.is_all else []

    @cached_property
    def _filters(self) -> ProjectFilterForm:
        return ProjectFilterForm(QueryDict(self.state), user=self.user, today=self.today)

    def _found(self) -> ProjectQuerySet:
        """What the overview finds today in that state.

        A filter that the overview leaves out would let it find more than was meant.
        """
        if self.notes:
            return Project.objects.none()
        return self._filters.narrow(self._filters.visible.for_overview(today=self.today))


class SharedValueForm(forms.Form):
    """The value that several projects are given; the form of a field that is not chosen is empty."""

    til = forms.ChoiceField(
        error_messages={
            "required": _("Choose what it shall be."),
            "invalid_choice": _("This can no longer be chosen. Choose something else."),
        },
    )

    def __init__(self, query: QueryDict, *, field: SharedField, today: datetime.date) -> None:
        """Offer what is in use, in one query."""
        self.shared = field
        chosen = query if query.get("felt") == SHARED_VALUES[field] else None
        super().__init__(chosen, auto_id=f"{SHARED_VALUES[field]}-%s")
        label, none = LABELS[field]
        choice: Any = self.fields["til"]
        choice.label = label
        choice.choices = [
            ("", _("Choose")),
            *([(NONE, none)] if none else []),
            *OFFERS[field](today),
        ]

    @property
    def address_value(self) -> str:
        return SHARED_VALUES[self.shared]

    @property
    def value(self) -> Value:
        """What was chosen, as the projects keep it."""
        chosen = self.cleaned_data["til"]
        if self.shared == SharedField.LIFECYCLE:
            return next(each.value for each, name in LIFECYCLE_VALUES.items() if name == chosen)
        if self.shared == SharedField.MANAGERS:
            return [] if chosen == NONE else [int(chosen)]
        return None if chosen == NONE else int(chosen)


Choices = Iterator[tuple[Any, "StrOrPromise | list[tuple[str, str]]"]]


def _owners(today: datetime.date) -> Choices:
    for owner in Owner.objects.in_use().in_order():
        yield str(owner.pk), str(owner)


def _contacts(today: datetime.date) -> Choices:
    by_owner = (norwegian_order("owner__name"), "owner", norwegian_order("name"), "pk")
    contacts = Contact.objects.in_use().select_related("owner").order_by(*by_owner)
    for owner, theirs in groupby(contacts, key=lambda contact: contact.owner):
        yield owner.name, [(str(each.pk), f"{each} ({owner})") for each in theirs]


def _segments(today: datetime.date) -> Choices:
    for segment in Segment.objects.filter(in_use=True).in_order():
        yield str(segment.pk), str(segment)


def _goals(today: datetime.date) -> Choices:
    for goal in StrategicGoal.objects.current(today=today).in_order():
        yield str(goal.pk), str(goal)


def _managers(today: datetime.date) -> Choices:
    for user in User.objects.filter(is_active=True).order_by(norwegian_order("name"), "pk"):
        yield str(user.pk), f"{user} ({user.email})"


def _lifecycles(today: datetime.date) -> Choices:
    for lifecycle, value in LIFECYCLE_VALUES.items():
        yield value, lifecycle.label


OFFERS = {
    SharedField.OWNER: _owners,
    SharedField.CONTACT: _contacts,
    SharedField.SEGMENT: _segments,
    SharedField.MAIN_GOAL: _goals,
    SharedField.MANAGERS: _managers,
    SharedField.LIFECYCLE: _lifecycles,
}
