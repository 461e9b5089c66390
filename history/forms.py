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
from fkj_portfolio.filters import LONGEST_KEY, AddressChoiceField, Chip, too_many, unused
from history.criteria import Criteria
from history.topics import TOPICS, topics_of_a_project
from projects.history.tracked import TrackedKind
from projects.models import Project
from projects.models.fields import norwegian_order

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Of so many projects one is chosen from a list; of more, by its title or words of it.
MOST_LISTED = 100
#: Of so many the history is read that are found by words; where more fit, more of a title is asked for.
MOST_FOUND = 50

#: In place of a person: what was recorded without anybody having logged in.
NOBODY = "uten-innlogging"


#: The key and the title of projects, by their names in addresses.
Projects = dict[str, tuple[int, str]]


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
        here = Criteria(projects=frozenset({project.pk}) if project else None)
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
            projects=frozenset({self.project.pk}) if self.project else None,
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
                self._words_of(name, value),
                address_with(self.address, self.chosen | {name: ""}),
            )
            for name, value in self.chosen.items()
        ]

    def _words_of(self, name: str, value: str) -> str:
        """What was chosen, as it is called."""
        return str(dict(self.fields[name].choices)[value])  # type: ignore[attr-defined]

    def _offer_more(self) -> None:
        """Offer what only the history of the whole portfolio can be narrowed down to."""

    def _offer(self, name: str, choices: "Iterable[tuple[str, StrOrPromise]]") -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]


class ProjectField(forms.CharField):
    """Projects by a name in addresses or words of titles; what fits none of them or too many is refused."""

    def __init__(self, found: Projects, *, shown: str, **options: Any) -> None:
        widget = forms.TextInput({"placeholder": _("Words of the title")})
        super().__init__(required=False, widget=widget, **options)
        self.found, self.shown = found, shown

    def validate(self, value: str) -> None:
        if value and not self.found:
            raise forms.ValidationError(unused(self.label or "", value), "invalid_choice")
        if value and len(self.found) > MOST_FOUND:
            raise forms.ValidationError(too_many(self.label or "", value), "too_many")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show what finds the same projects when the form is sent again, or what was refused, to be mended."""
        return self.shown


class PortfolioHistoryFilterForm(HistoryFilterForm):
    """Filters of the history of the portfolio."""

    slag = AddressChoiceField(label=_("Kind"), required=False)
    prosjekt = AddressChoiceField(label=_("Project"), required=False)

    field_order = ("prosjekt", "slag", "felt", "person")

    @property
    def criteria(self) -> Criteria:
        """Return what the chosen filters select, of one project, of some, or of all."""
        chosen = super().criteria
        kind, project = self.chosen.get("slag"), self.chosen.get("prosjekt")
        return Criteria(
            projects=frozenset(pk for pk, _title in self.projects.values()) if project else None,
            kind=TrackedKind(kind) if kind else None,
            topic=chosen.topic,
            person=chosen.person,
            without_login=chosen.without_login,
        )

    def _words_of(self, name: str, value: str) -> str:
        return self.shown if name == "prosjekt" else super()._words_of(name, value)

    def _offer_more(self) -> None:
        self._offer("slag", TrackedKind.choices)
        asked = self.data.get("prosjekt", "").strip()
        self.data = dict(self.data.items()) | {"prosjekt": asked}
        projects = _projects(None if asked else MOST_LISTED + 1)
        if len(projects) > MOST_LISTED:
            self.projects = _called(asked, projects)
            self.shown = _shown(asked, self.projects, projects)
            self.fields["prosjekt"] = ProjectField(
                self.projects, shown=self.shown, label=_("Project")
            )
        else:
            self.projects = _named(asked, projects)
            self.shown = projects[asked][1] if self.projects else asked
            self._offer("prosjekt", ((slug, title) for slug, (_pk, title) in projects.items()))


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


def _projects(most: int | None) -> Projects:
    """The key and the title of each project by its name in addresses; first those that stand."""
    standing = Project.objects.in_order().values_list("slug", "pk", "title")
    projects = {slug: (pk, title) for slug, pk, title in standing[:most]}
    for event in _deleted(Project).order_by(norwegian_order("title"), "pgh_id")[:most]:
        slug = event.slug if event.slug not in projects else f"{event.slug}-{event.id}"
        title = gettext("%(title)s (deleted)") % {"title": event.title}
        projects[slug] = event.id, title
    return projects


def _named(asked: str, projects: Projects) -> Projects:
    """The project of that name in addresses, if there is one."""
    return {asked: projects[asked]} if asked in projects else {}


def _called(asked: str, projects: Projects) -> Projects:
    """The projects with that title or, where there are none, with each of its words in their titles.

    The one of that name in addresses is always among them, and stands alone where too many fit.
    """
    words = asked.casefold().split()
    if not words:
        return {}
    titles = {slug: title.casefold() for slug, (_pk, title) in projects.items()}
    fitting = [slug for slug, title in titles.items() if all(word in title for word in words)]
    titled = [slug for slug in fitting if titles[slug].split() == words]
    named = _named(asked, projects)
    found = named | {slug: projects[slug] for slug in titled or fitting}
    return named if named and len(found) > MOST_FOUND else found


def _shown(asked: str, found: Projects, projects: Projects) -> str:
    """The title of the project of that name in addresses, if it finds the same as the name does."""
    if asked not in found:
        return asked
    _pk, title = found[asked]
    return title if _called(title, projects) == found else asked


def _deleted(model: Any) -> QuerySet[Any]:
    """The last events of the things that have been deleted."""
    deleted: QuerySet[Any] = model.pgh_event_model._default_manager.filter(pgh_label="delete")
    return deleted
