"""The fields of the overview's address; what they do not know is kept aside, with a note that says so."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.filters import AddressChoiceField, unused
from fkj_portfolio.forms import DayField, beside
from overview.dimensions.columns import (
    COLUMNS,
    DEFAULT_COLUMNS,
    DEFAULT_SORT,
    MOST_SORTS,
    TITLE,
    Column,
)
from overview.dimensions.groups import GROUPINGS
from overview.dimensions.options import (
    LATE_OPTIONS,
    LIFECYCLE_OPTIONS,
    OVERDUE_OPTIONS,
    PREVIOUS_STATUS_OPTIONS,
    RISK_OPTIONS,
    STATUS_OPTIONS,
    Option,
)
from overview.looks.timeline.axis import Scale, read_period
from overview.search.forms import has_words
from projects.addresses import ADDRESS_NAMES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Nobody reads more notes than this about one field.
MOST_NOTES = 3
TABLE, TIMELINE, DISTRIBUTION = "tabell", "tidslinje", "fordeling"
WAYS = {TABLE: _("Table"), TIMELINE: _("Timeline"), DISTRIBUTION: _("Distribution")}


class KnownField(forms.Field):
    """Several values; those that are known are kept once each, of the others there are notes."""

    widget = forms.SelectMultiple
    notes: list[str]

    def known(self) -> Iterable[str]:
        raise NotImplementedError

    def clean(self, values: Any) -> list[str]:
        given = [value.strip() for value in dict.fromkeys(values or []) if value.strip()]
        known = set(self.known())
        unknown = [value for value in given if value not in known]
        self.notes = [unused(self.label or "", value) for value in unknown[:MOST_NOTES]]
        return [value for value in given if value in known]


class FilterField(KnownField):
    """Choices that narrow the projects down; several widen one another, none selects all."""

    def __init__(self, options: Iterable[Option] = (), *, label: "StrOrPromise") -> None:
        super().__init__(label=label, required=False)
        self.offer(options)

    def offer(self, options: Iterable[Option]) -> None:
        """Set what can be chosen."""
        self.options = {option.value: option for option in options}

    def known(self) -> Iterable[str]:
        return self.options

    def clean(self, values: Any) -> list[str]:
        chosen = set(super().clean(values))
        return [value for value in self.options if value in chosen]


class ByColumnField(KnownField):
    """Values that are about columns; some of those are for staff only.

    Others do without them and are told nothing, for the standard view of everyone may have them.
    """

    is_for_staff = False

    def known(self) -> Iterable[str]:
        return [value for column in COLUMNS.values() for value in self.values_of(column)]

    def clean(self, values: Any) -> list[str]:
        hidden = (
            [] if self.is_for_staff else [each for each in COLUMNS.values() if each.is_for_staff]
        )
        unseen = {value for column in hidden for value in self.values_of(column)}
        return [value for value in super().clean(values) if value not in unseen]

    def values_of(self, column: Column) -> list[str]:
        raise NotImplementedError


class SortField(ByColumnField):
    """What the projects are sorted by, the first first; each column once, either way."""

    def values_of(self, column: Column) -> list[str]:
        return [value for value, _label in column.choices]

    def clean(self, values: Any) -> list[str]:
        by_column: dict[str, str] = {}
        for value in super().clean(values):
            by_column.setdefault(value.removeprefix("-"), value)
        chosen = list(by_column.values())[:MOST_SORTS]
        return [] if chosen == [DEFAULT_SORT] else chosen


class ColumnsField(ByColumnField):
    """The columns after the title in their order, joined by commas in the address."""

    def values_of(self, column: Column) -> list[str]:
        return [] if column == TITLE else [column.value]

    def clean(self, values: Any) -> list[str]:
        chosen = super().clean([each for value in values or [] for each in value.split(",")])
        return [] if chosen == [column.value for column in DEFAULT_COLUMNS] else chosen


class PeriodField(forms.CharField):
    """Where the timeline begins, such as 2026-K3."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text and not read_period(text):
            raise forms.ValidationError(unused(self.label or "", text))
        return text


class OverviewFields(forms.Form):
    """Every part of the overview's state; all are optional."""

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
            "no_words": _("The search has no word and no number, so it is not used."),
        },
        validators=[has_words],
    )
    owner = FilterField(label=_("Owner"))
    segment = FilterField(label=_("Segment"))
    goal = FilterField(label=_("Strategic goal"))
    status = FilterField(STATUS_OPTIONS, label=_("Status"))
    risk_level = FilterField(RISK_OPTIONS, label=_("Risk"))
    lifecycle = FilterField(LIFECYCLE_OPTIONS, label=_("Lifecycle"))
    manager = FilterField(label=_("Project manager"))
    overdue = FilterField(OVERDUE_OPTIONS, label=_("Deliveries"))
    late = FilterField(LATE_OPTIONS, label=_("Status report"))
    previous_status = FilterField(PREVIOUS_STATUS_OPTIONS, label=_("Status in the previous report"))
    due_from = DayField(label=_("Next due date from"), **beside("due-hint"))
    due_to = DayField(label=_("Next due date to"), **beside("due-hint"))
    group = AddressChoiceField(
        label=_("Group by"),
        required=False,
        choices=[
            ("", _("No grouping")),
            *((each.value, each.label) for each in GROUPINGS.values()),
        ],
        # It stands beside the form of the filters.
        widget=forms.Select(attrs={"form": "filters"}),
    )
    columns = ColumnsField(label=_("Columns"), required=False)
    sort = SortField(label=_("Sort by"), required=False)
    way = AddressChoiceField(label=_("Way to look"), choices=[*WAYS.items()], required=False)
    scale = AddressChoiceField(label=_("Scale"), choices=Scale.choices, required=False)
    start = PeriodField(label=_("Timeline from"), required=False)
    table = AddressChoiceField(
        label=_("Timeline as a table"), choices=[("ja", _("Yes"))], required=False
    )

    def add_prefix(self, field_name: str) -> str:
        return ADDRESS_NAMES.get(field_name, field_name)
