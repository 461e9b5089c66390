"""What a saved view shows, in words: “Eier: KS. Risiko: Høy. Gruppert etter status.”"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fkj_portfolio.compiled import Statement, built_once
from overview.fields import DISTRIBUTION, TIMELINE
from overview.offers import kinds_of
from projects.addresses import ADDRESS_NAMES
from projects.dimensions import COLUMNS, DIMENSIONS
from projects.dimensions.parts import Dimension
from projects.dimensions.register import in_register, labels_in_register, read_register
from projects.dimensions.title import TITLE
from projects.models import Project

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Labels = Mapping[str, "StrOrPromise"]

FILTERS = [each for each in DIMENSIONS if each.choices and not each.choices.sentence]
#: What is said in a sentence of its own, by its name and its value in the address.
FLAGS: dict[tuple[str, str], "StrOrPromise"] = {
    **{
        (each.value, each.choices.options[0].value): each.choices.sentence
        for each in DIMENSIONS
        if each.choices and each.choices.sentence
    },
    **{
        (ADDRESS_NAMES["group"], each.value): each.grouping.sentence
        for each in DIMENSIONS
        if each.grouping
    },
    (ADDRESS_NAMES["way"], TIMELINE): gettext_lazy("Shown as a timeline."),
    (ADDRESS_NAMES["way"], DISTRIBUTION): gettext_lazy("Shown as a distribution."),
}
COLUMN_LABELS: Labels = {each.value: each.label for each in COLUMNS if each != TITLE}
SORT_LABELS: Labels = {value: label for each in COLUMNS for value, label in each.sorts}


class StateWords:
    """Says what states show; the names of the register are read once for all of them."""

    def __call__(self, query: str) -> str:
        """Say one state in sentences."""
        return " ".join(self._sentences(QueryDict(query))) or _("All projects.")

    def _sentences(self, state: QueryDict) -> Iterator[str]:
        if texts := state.getlist(ADDRESS_NAMES["search"]):
            quoted = (_("“%(value)s”") % {"value": _shown(text)} for text in texts)
            yield _said(_("Search"), quoted)
        for each in FILTERS:
            if values := state.getlist(each.value):
                yield _said(each.filter_label, (self._word(each, value) for value in values))
        for each in DIMENSIONS:
            yield from _within(each, state)
        yield from (str(FLAGS[pair]) for pair in FLAGS if pair[1] in state.getlist(pair[0]))
        columns = state.get(ADDRESS_NAMES["columns"], "").split(",")
        yield from _listed(_("Columns: %(values)s."), COLUMN_LABELS, columns)
        sorts = state.getlist(ADDRESS_NAMES["sort"])
        yield from _listed(_("Sorted by: %(values)s."), SORT_LABELS, sorts)

    def _word(self, dimension: Dimension, value: str) -> str:
        label = self._labels[dimension.name].get(value)
        return str(label or _("“%(value)s”, which is gone") % {"value": _shown(value)})

    @cached_property
    def _labels(self) -> dict[str, Labels]:
        kinds = kinds_of(FILTERS)
        labels: dict[str, dict[str, StrOrPromise]] = {
            each.name: {option.value: option.label for option in each.choices.options}
            for each in FILTERS
            if each.choices
        }
        labels |= {kind: {each.none.value: each.none.label} for kind, each in kinds.items()}
        names = read_register(_register())
        for (kind, value), label in labels_in_register(names, kinds).items():
            labels[kind].setdefault(value, label)
        return dict(labels)


@built_once
def _register() -> Statement[Any]:
    return in_register(Project.objects.all(), kinds_of(FILTERS))


def _said(label: "StrOrPromise", values: Iterable[str]) -> str:
    return _("%(filter)s: %(values)s.") % {"filter": label, "values": _(" or ").join(values)}


def _shown(value: str) -> str:
    return Truncator("".join(filter(str.isprintable, value))).chars(40)


def _listed(words: str, labels: Labels, values: Iterable[str]) -> Iterator[str]:
    """Name the values in their order; what is not known is not used, and not said."""
    if known := [str(labels[value]) for value in values if value in labels]:
        yield words % {"values": "; ".join(known)}


def _within(dimension: Dimension, state: QueryDict) -> Iterator[str]:
    """Between which days a date lies; what is no day is not used, and not said."""
    if not dimension.days:
        return
    first, last = (
        _day(state.get(ADDRESS_NAMES[f"{dimension.name}_{end}"], "")) for end in ("from", "to")
    )
    words = {"first": first, "last": last}
    if first and last:
        yield str(dimension.days.between_in_words) % words
    elif first:
        yield str(dimension.days.from_in_words) % words
    elif last:
        yield str(dimension.days.until_in_words) % words


def _day(text: str) -> str:
    try:
        day = parse_date(text)
    except ValueError:
        return ""
    return date_format(day) if day else ""
