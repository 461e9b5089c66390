"""Which projects are changed at once, and what they are given."""

import datetime
import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from fkj_portfolio.addresses import page_address
from overview.bulk.fields import Value
from overview.reading import StateReading, read
from overview.sight import Sight
from projects.addresses import overview_again
from projects.dimensions import DIMENSIONS
from projects.dimensions.lifecycle import LIFECYCLE_VALUES
from projects.models import Project, SharedField
from projects.models.owner import NONE
from projects.models.project_queryset import ProjectQuerySet

#: The properties that can be set, in the order of SharedField.
BULK = {
    field: next(each for each in DIMENSIONS if each.bulk and each.bulk.field == field)
    for field in SharedField
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
        return f"{page_address('projects:several_change')}?{urlencode(self.parameters)}"

    @property
    def overview(self) -> str:
        """The overview as it was."""
        return overview_again(self.state)

    @cached_property
    def notes(self) -> list[str]:
        """What of the overview's state makes no sense any more; then it finds nothing here."""
        return self._reading.notes if self.is_all else []

    @cached_property
    def _sight(self) -> Sight:
        return Sight.of(self.user, today=self.today)

    @cached_property
    def _reading(self) -> StateReading:
        return read(QueryDict(self.state), self._sight)

    def _found(self) -> ProjectQuerySet:
        """What the overview finds today in that state.

        A filter that the overview leaves out would let it find more than was meant.
        """
        if self.notes:
            return Project.objects.none()
        return self._reading.state.narrowing.narrow(self._sight.everything)


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
        self.shared, self.address_value = field, BULK[field].value
        chosen = query if query.get("felt") == self.address_value else None
        super().__init__(chosen, auto_id=f"{self.address_value}-%s")
        offered: Any = BULK[field].bulk
        choice: Any = self.fields["til"]
        choice.label = offered.label
        choice.choices = [
            ("", _("Choose")),
            *([(NONE, offered.none)] if offered.none else []),
            *offered.offers(today),
        ]

    @property
    def value(self) -> Value:
        """What was chosen, as the projects keep it."""
        chosen = self.cleaned_data["til"]
        if self.shared == SharedField.LIFECYCLE:
            return next(each.value for each, name in LIFECYCLE_VALUES.items() if name == chosen)
        if self.shared == SharedField.MANAGERS:
            return [] if chosen == NONE else [int(chosen)]
        return None if chosen == NONE else int(chosen)
