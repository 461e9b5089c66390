"""The filters of the overview, and the addresses that they make."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from projects.forms.project_sort import BY_VALUE, COLUMNS, DEFAULT, SORT_CHOICES, Header
from projects.models import Lifecycle, Owner, RiskLevel, Segment, Status, StrategicGoal
from projects.models.project_queryset import ProjectQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What each field is called in the address, which people read.
ADDRESS_NAMES = {
    "search": "sok",
    "owner": "eier",
    "segment": "segment",
    "goal": "mal",
    "status": "status",
    "risk_level": "risiko",
    "lifecycle": "livslop",
    "overdue": "forfalt",
    "sort": "sorter",
    "as_of": "per",
}
NOT_REPORTED = "ikke-rapportert"
STATUS_VALUES = {
    Status.ON_TRACK: "under-kontroll",
    Status.CHALLENGES: "noen-utfordringer",
    Status.MAJOR_CHALLENGES: "betydelige-utfordringer",
}
RISK_VALUES = {RiskLevel.LOW: "lav", RiskLevel.MEDIUM: "middels", RiskLevel.HIGH: "hoy"}
LIFECYCLE_VALUES = {
    Lifecycle.PLANNED: "planlagt",
    Lifecycle.ACTIVE: "aktiv",
    Lifecycle.PAUSED: "pa-pause",
    Lifecycle.CLOSED: "avsluttet",
}


def overview_address(**chosen: str) -> str:
    """Return the address of the overview with these values; the empty ones are left out."""
    query = urlencode({ADDRESS_NAMES[name]: value for name, value in chosen.items() if value})
    address = reverse("projects:overview")
    return f"{address}?{query}" if query else address


@dataclass(frozen=True)
class Option:
    """A choice of a filter: its value in the address, its words, and what it selects."""

    value: str
    label: "StrOrPromise"
    selects: Q


@dataclass(frozen=True)
class Chip:
    """A filter that has been chosen, and the address without it."""

    label: str
    value: str
    href: str


class AddressChoiceField(forms.ChoiceField):
    """One choice or none; an unknown one is refused in words that say it is not used."""

    default_error_messages = {
        "invalid_choice": _("%(field)s: We do not know the value “%(value)s”, so it is not used."),
        "unseen": _(
            "%(field)s: The value has only characters that can't be seen, so it is not used."
        ),
    }

    def validate(self, value: str) -> None:
        if value and not self.valid_value(value):
            shown = Truncator("".join(filter(str.isprintable, value))).chars(40)
            code = "invalid_choice" if shown.strip() else "unseen"
            params = {"field": self.label, "value": shown}
            raise forms.ValidationError(self.error_messages[code], code, params)


class FilterField(AddressChoiceField):
    """A choice that narrows the projects down; empty, it selects all."""

    def __init__(self, options: Iterable[Option] = (), *, label: "StrOrPromise") -> None:
        super().__init__(label=label, required=False)
        self.offer(options)

    def offer(self, options: Iterable[Option]) -> None:
        """Set what can be chosen."""
        self.options = {option.value: option for option in options}
        labels = [(option.value, option.label) for option in self.options.values()]
        self.choices = [("", _("All")), *labels]


class ProjectFilterForm(forms.Form):
    """The filters of the overview; every one is optional."""

    search = forms.CharField(
        label=_("Search for a project, an owner or a delivery"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={
            "max_length": _("The search is longer than 100 characters, so it is not used."),
            "null_characters_not_allowed": _(
                "The search has a broken character, so it is not used."
            ),
        },
    )
    owner = FilterField(label=_("Owner"))
    segment = FilterField(label=_("Segment"))
    goal = FilterField(label=_("Strategic goal"))
    status = FilterField(
        [
            *(Option(STATUS_VALUES[each], each.label, Q(status=each)) for each in Status),
            Option(NOT_REPORTED, _("Not reported"), Q(status=None)),
        ],
        label=_("Status"),
    )
    risk_level = FilterField(
        [
            *(Option(value, each.label, Q(risk_level=each)) for each, value in RISK_VALUES.items()),
            Option(
                NOT_REPORTED,
                _("Not reported"),
                Q(risk_level=None) | Q(risk_level=RiskLevel.NOT_REPORTED),
            ),
        ],
        label=_("Risk"),
    )
    lifecycle = FilterField(
        [Option(LIFECYCLE_VALUES[each], each.label, Q(lifecycle=each)) for each in Lifecycle],
        label=_("Lifecycle"),
    )
    overdue = FilterField(
        [Option("ja", _("Has overdue ones"), Q(overdue_count__gt=0))],
        label=_("Deliveries"),
    )
    # It stands among the results, which htmx replaces, and belongs to the form all the same.
    sort = AddressChoiceField(
        label=_("Sort by"),
        choices=SORT_CHOICES,
        required=False,
        widget=forms.Select(attrs={"form": "filters"}),
    )

    def __init__(
        self,
        data: QueryDict,
        *,
        projects: ProjectQuerySet,
        today: datetime.date,
        as_of: datetime.date | None = None,
    ) -> None:
        """Offer the owners, segments and goals that these projects have, in three queries.

        Every address keeps to the day `as_of`, if the projects are those of a day in the past.
        """
        super().__init__(data, auto_id="filter-%s")
        self.day = {"as_of": as_of.isoformat()} if as_of else {}
        self.fields["owner"].offer(_owners(projects))  # type: ignore[attr-defined]
        self.fields["segment"].offer(_segments(projects))  # type: ignore[attr-defined]
        self.fields["goal"].offer(_goals(projects, today=today))  # type: ignore[attr-defined]
        #: What of the address is not used, and why.
        self.notes = [str(error) for errors in self.errors.values() for error in errors]
        self._leave_out(list(self.errors))

    def add_prefix(self, field_name: str) -> str:
        return ADDRESS_NAMES.get(field_name, field_name)

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by field."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def chips(self) -> list[Chip]:
        """What narrows the list down, each with the address that takes it away."""
        chips = []
        for name, value in self.chosen.items():
            field = self.fields[name]
            if name == "search":
                chips.append(Chip(str(_("Search")), value, self._address(search="")))
            elif isinstance(field, FilterField):
                words = str(field.options[value].label)
                chips.append(Chip(str(field.label), words, self._address(**{name: ""})))
        return chips

    @property
    def headers(self) -> list[Header]:
        """The columns, each with the address that sorts by it, or turns it round."""
        return list(self._headers())

    @property
    def address_of_all(self) -> str:
        """The address without filters, sorted as now."""
        return overview_address(sort=self.chosen.get("sort", ""), **self.day)

    @property
    def address_of_today(self) -> str:
        """The address of the same projects today."""
        return overview_address(**self.chosen)

    def apply_to(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """Narrow down and sort the projects, which come `for_overview`."""
        chosen = self.chosen
        fields = {name: self.fields[name] for name in chosen}
        projects = projects.search(chosen.get("search", "")).filter(
            *(
                field.options[chosen[name]].selects
                for name, field in fields.items()
                if isinstance(field, FilterField)
            )
        )
        value = chosen.get("sort", DEFAULT)
        column = BY_VALUE[value.removeprefix("-")]
        return projects.sorted_by(column.order, descending=value.startswith("-"))

    def _leave_out(self, names: list[str]) -> None:
        """Show and use the fields as if they had been empty."""
        unknown = {self.add_prefix(name) for name in names}
        self.data = {name: value for name, value in self.data.items() if name not in unknown}
        self.full_clean()

    def _headers(self) -> Iterator[Header]:
        now = self.chosen.get("sort", DEFAULT)
        for column in COLUMNS:
            ascending, descending = column.value, f"-{column.value}"
            first = descending if column.begins_descending else ascending
            turned = {ascending: descending, descending: ascending}.get(now, first)
            words = {ascending: "ascending", descending: "descending"}.get(now, "none")
            yield Header(column, self._address(sort="" if turned == DEFAULT else turned), words)

    def _address(self, **changes: str) -> str:
        return overview_address(**self.chosen | self.day | changes)


def _owners(projects: ProjectQuerySet) -> list[Option]:
    owners = Owner.objects.filter(pk__in=projects.values("owner")).in_order()
    return [Option(owner.slug, owner.name, Q(owner=owner)) for owner in owners]


def _segments(projects: ProjectQuerySet) -> list[Option]:
    segments = Segment.objects.filter(pk__in=projects.values("segment")).in_order()
    return [Option(each.slug, each.name, Q(segment=each)) for each in segments]


def _goals(projects: ProjectQuerySet, *, today: datetime.date) -> list[Option]:
    """A goal of today's strategy is its number in the address; an older one says the year too."""
    served = Q(pk__in=projects.values("main_goal")) | Q(pk__in=projects.values("further_goals"))
    goals = list(StrategicGoal.objects.filter(served).select_related("strategy").in_order())
    return [
        Option(
            goal_value(goal, today=today),
            str(goal),
            Q(main_goal=goal) | Q(pk__in=goal.further_projects.values("pk")),
        )
        for goal in goals
    ]


def goal_value(goal: Any, *, today: datetime.date) -> str:
    strategy = goal.strategy
    if strategy.starts_on <= today <= strategy.ends_on:
        return str(goal.number)
    return f"{strategy.starts_on.year}-{goal.number}"
