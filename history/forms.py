"""The filters of the history, under the names that stand in the address."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from fkj_portfolio.filters import LONGEST_KEY, AddressChoiceField, Chip
from history.criteria import Criteria
from history.topics import TOPICS, topics_of_a_project
from projects.history.tracked import TrackedKind
from projects.models import Project
from projects.models.fields import norwegian_order

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: In place of a person: what was recorded without anybody having logged in.
NOBODY = "uten-innlogging"


class HistoryFilterForm(forms.Form):
    """Filters of the history of a project."""

    felt = AddressChoiceField(label=_("What was changed"), required=False)
    person = AddressChoiceField(label=_("By whom"), required=False)

    def __init__(self, data: QueryDict, *, address: str, project: Project | None = None) -> None:
        """Offer those who have changed something here."""
        super().__init__(data, auto_id="filter-%s")
        self.address, self.project = address, project
        topics = topics_of_a_project() if project else TOPICS.values()
        self._offer("felt", ((topic.value, topic.label) for topic in topics))
        here = Criteria(project=project.pk if project else None)
        self._offer("person", _persons(here, asked=data.get("person", "")))
        self._offer_more()
        #: What of the address is not used, and why.
        self.notes = [str(error) for errors in self.errors.values() for error in errors]
        unknown = set(self.errors)
        self.data = {name: value for name, value in self.data.items() if name not in unknown}
        self.full_clean()

    @property
    def chosen(self) -> dict[str, str]:
        """Return what was chosen, by the names in the address."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def criteria(self) -> Criteria:
        """Return what the chosen filters select."""
        person = self.chosen.get("person", "")
        return Criteria(
            project=self.project.pk if self.project else None,
            topic=TOPICS.get(self.chosen.get("felt", "")),
            person=int(person) if person and person != NOBODY else None,
            without_login=person == NOBODY,
        )

    @property
    def chips(self) -> list[Chip]:
        """Return what narrows the history down, each with the address that takes it away."""
        return [
            Chip(
                str(self.fields[name].label),
                str(dict(self.fields[name].choices)[value]),  # type: ignore[attr-defined]
                address_with(self.address, self.chosen | {name: ""}),
            )
            for name, value in self.chosen.items()
        ]

    def _offer_more(self) -> None:
        """Offer what only the history of the whole portfolio can be narrowed down to."""

    def _offer(self, name: str, choices: "Iterable[tuple[str, StrOrPromise]]") -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]


class PortfolioHistoryFilterForm(HistoryFilterForm):
    """Filters of the history of the portfolio."""

    slag = AddressChoiceField(label=_("Kind"), required=False)
    prosjekt = AddressChoiceField(label=_("Project"), required=False)

    field_order = ("prosjekt", "slag", "felt", "person")

    @property
    def criteria(self) -> Criteria:
        """Return what the chosen filters select, of one project or of all."""
        chosen = super().criteria
        kind, project = self.chosen.get("slag"), self.chosen.get("prosjekt")
        return Criteria(
            project=self.projects[project][0] if project else None,
            kind=TrackedKind(kind) if kind else None,
            topic=chosen.topic,
            person=chosen.person,
            without_login=chosen.without_login,
        )

    def _offer_more(self) -> None:
        self._offer("slag", TrackedKind.choices)
        self.projects = _projects()
        titles = ((slug, title) for slug, (_pk, title) in self.projects.items())
        self._offer("prosjekt", titles)


def address_with(address: str, chosen: dict[str, str]) -> str:
    """Return an address with these parameters; the empty ones are left out."""
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{address}?{query}" if query else address


def _persons(criteria: Criteria, *, asked: str) -> list[tuple[str, "StrOrPromise"]]:
    """Return those who have changed something, by the alphabet, last those who have been deleted.

    Who is asked for is known too, though she has changed nothing here: that finds nothing.
    """
    known = {int(asked)} if asked.isdecimal() and len(asked) <= LONGEST_KEY else set()
    here = Q(id__in=criteria.persons() | known)
    users = [*User.objects.filter(here).order_by(norwegian_order("name"), "pk")]
    users += _deleted(User).filter(here).order_by("id").distinct("id")
    persons: list[tuple[str, StrOrPromise]] = [
        (str(user.id), user.name or user.email) for user in users
    ]
    return [*persons, (NOBODY, _("Recorded without a login"))]


def _projects() -> dict[str, tuple[int, str]]:
    """The key and the title of each project by its name in addresses; first those that stand."""
    projects = {project.slug: (project.pk, project.title) for project in Project.objects.in_order()}
    for event in _deleted(Project).order_by(norwegian_order("title"), "pgh_id"):
        slug = event.slug if event.slug not in projects else f"{event.slug}-{event.id}"
        title = gettext("%(title)s (deleted)") % {"title": event.title}
        projects[slug] = event.id, title
    return projects


def _deleted(model: Any) -> QuerySet[Any]:
    """The last events of the things that have been deleted."""
    deleted: QuerySet[Any] = model.pgh_event_model._default_manager.filter(pgh_label="delete")
    return deleted
