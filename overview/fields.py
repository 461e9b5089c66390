"""The fields of the overview's address; what they do not know is kept aside, with a note that says so."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.filters import AddressChoiceField, unused
from fkj_portfolio.forms import DayField, beside
from overview.looks.timeline.axis import Scale, read_period
from overview.offers import Offers
from overview.search.forms import has_words
from overview.sight import Sight
from projects.addresses import ADDRESS_NAMES
from projects.dimensions import COLUMNS, DEFAULT_COLUMNS, DIMENSIONS
from projects.dimensions.parts import Dimension, Option
from projects.dimensions.title import TITLE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What the projects are sorted by unless somebody chooses otherwise.
DEFAULT_SORT = TITLE.value
#: Sorting by more than three helps nobody.
MOST_SORTS = 3
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

    def __init__(self, options: Mapping[str, Option], *, label: "StrOrPromise") -> None:
        super().__init__(label=label, required=False)
        self.options = options

    def known(self) -> Iterable[str]:
        return self.options

    def clean(self, values: Any) -> list[str]:
        chosen = set(super().clean(values))
        return [value for value in self.options if value in chosen]


class ByColumnField(KnownField):
    """Values that are about columns; some of those are for staff only.

    Others do without them and are told nothing, for the standard view of everyone may have them.
    """

    def __init__(self, columns: Iterable[Dimension], *, label: "StrOrPromise") -> None:
        super().__init__(label=label, required=False)
        self.columns = columns

    def known(self) -> Iterable[str]:
        return [value for column in COLUMNS for value in self.values_of(column)]

    def clean(self, values: Any) -> list[str]:
        seen = {value for column in self.columns for value in self.values_of(column)}
        return [value for value in super().clean(values) if value in seen]

    def values_of(self, column: Dimension) -> list[str]:
        raise NotImplementedError


class SortField(ByColumnField):
    """What the projects are sorted by, the first first; each column once, either way."""

    def values_of(self, column: Dimension) -> list[str]:
        return [value for value, _label in column.sorts]

    def clean(self, values: Any) -> list[str]:
        by_column: dict[str, str] = {}
        for value in super().clean(values):
            by_column.setdefault(value.removeprefix("-"), value)
        chosen = list(by_column.values())[:MOST_SORTS]
        return [] if chosen == [DEFAULT_SORT] else chosen


class ColumnsField(ByColumnField):
    """The columns after the title in their order, joined by commas in the address."""

    def values_of(self, column: Dimension) -> list[str]:
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


class OverviewForm(forms.Form):
    """Reads every part of the overview's state; all are optional.

    `offers` are the choices of the filters, and `sight` says who looks.
    """

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
    group = AddressChoiceField(
        label=_("Group by"),
        required=False,
        choices=[
            ("", _("No grouping")),
            *((each.value, each.label) for each in DIMENSIONS if each.grouping),
        ],
        # It stands beside the form of the filters.
        widget=forms.Select(attrs={"form": "filters"}),
    )
    way = AddressChoiceField(label=_("Way to look"), choices=[*WAYS.items()], required=False)
    scale = AddressChoiceField(label=_("Scale"), choices=Scale.choices, required=False)
    start = PeriodField(label=_("Timeline from"), required=False)
    table = AddressChoiceField(
        label=_("Timeline as a table"), choices=[("ja", _("Yes"))], required=False
    )

    def __init__(self, query: QueryDict, *, offers: Offers, sight: Sight) -> None:
        super().__init__(query, auto_id="filter-%s")
        self.query = query
        columns = [TITLE, *sight.columns]
        self.fields["columns"] = ColumnsField(columns, label=_("Columns"))
        self.fields["sort"] = SortField(columns, label=_("Sort by"))
        for each in sight.dimensions:
            if each.choices:
                field = FilterField(offers[each.name], label=each.filter_label)
                self.fields[each.name] = field
            if each.days:
                for end, label in (("from", each.days.first), ("to", each.days.last)):
                    day = DayField(label=label, **beside("due-hint"))
                    self.fields[f"{each.name}_{end}"] = day

    def add_prefix(self, field_name: str) -> str:
        return ADDRESS_NAMES.get(field_name, field_name)

    @property
    def day_fields(self) -> list[forms.BoundField]:
        """The first and the last day of each date."""
        return [self[name] for name, field in self.fields.items() if isinstance(field, DayField)]

    @property
    def refusals(self) -> list[str]:
        """What of the address is not used, and why, a sentence each."""
        sentences = []
        for name, errors in self.errors.items():
            # What is wrong with a date is said without its name.
            is_day = isinstance(self.fields[name], DayField)
            label = f"{self.fields[name].label}: " if is_day else ""
            sentences += [f"{label}{error}" for error in errors]
        for field in self.fields.values():
            if isinstance(field, KnownField):
                sentences += field.notes
        return sentences

    @property
    def known(self) -> QueryDict:
        """The address without what is refused."""
        refused = {self.add_prefix(name) for name in self.errors}
        known = QueryDict(mutable=True)
        for name, values in self.query.lists():
            if name not in refused:
                known.setlist(name, values)
        return known
