"""What a saved view shows, in words: “Eier: KS. Risiko: Høy. Gruppert etter status.”"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overview.dimensions.columns import CHOOSABLE, SORT_CHOICES
from overview.dimensions.options import (
    LIFECYCLE_OPTIONS,
    NO_OPTIONS,
    PREVIOUS_STATUS_OPTIONS,
    RISK_OPTIONS,
    STATUS_OPTIONS,
    Option,
    labels_in_register,
    read_register,
)
from overview.fields import OverviewFields
from projects.addresses import ADDRESS_NAMES
from projects.models import Project

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Labels = Mapping[str, "StrOrPromise"]

#: What is said as “Owner: KS.”, by its name in the address.
FILTERS: Labels = {
    ADDRESS_NAMES["search"]: gettext_lazy("Search"),
    **{
        ADDRESS_NAMES[name]: OverviewFields.base_fields[name].label or ""
        for name in (
            *("owner", "segment", "goal", "status", "risk_level", "previous_status"),
            *("lifecycle", "manager"),
        )
    },
}
FLAGS: dict[tuple[str, str], "StrOrPromise"] = {
    ("forfalt", "ja"): gettext_lazy("With overdue deliveries."),
    ("rapport", "sen"): gettext_lazy("With a late report."),
    ("grupper", "eier"): gettext_lazy("Grouped by owner."),
    ("grupper", "segment"): gettext_lazy("Grouped by segment."),
    ("grupper", "mal"): gettext_lazy("Grouped by strategic goal."),
    ("grupper", "status"): gettext_lazy("Grouped by status."),
    ("grupper", "risiko"): gettext_lazy("Grouped by risk."),
    ("vis", "tidslinje"): gettext_lazy("Shown as a timeline."),
    ("vis", "fordeling"): gettext_lazy("Shown as a distribution."),
}
COLUMNS: Labels = {value: column.label for value, column in CHOOSABLE.items()}


class StateWords:
    """Says what states show; the names of the register are read once for all of them."""

    def __call__(self, query: str) -> str:
        """Say one state in sentences."""
        return " ".join(self._sentences(QueryDict(query))) or _("All projects.")

    def _sentences(self, state: QueryDict) -> Iterator[str]:
        for name, label in FILTERS.items():
            if values := state.getlist(name):
                words = _(" or ").join(self._word(name, value) for value in values)
                yield _("%(filter)s: %(values)s.") % {"filter": label, "values": words}
        yield from _due(state)
        yield from (str(FLAGS[pair]) for pair in FLAGS if pair[1] in state.getlist(pair[0]))
        yield from _listed(_("Columns: %(values)s."), COLUMNS, state.get("kolonner", "").split(","))
        yield from _listed(_("Sorted by: %(values)s."), SORT_CHOICES, state.getlist("sorter"))

    def _word(self, name: str, value: str) -> str:
        shown = {"value": Truncator("".join(filter(str.isprintable, value))).chars(40)}
        if name == "sok":
            return _("“%(value)s”") % shown
        return str(self._labels[name].get(value) or _("“%(value)s”, which is gone") % shown)

    @cached_property
    def _labels(self) -> dict[str, Labels]:
        register: dict[str, dict[str, str]] = {kind: {} for kind in NO_OPTIONS}
        names = read_register(Project.objects.all(), with_managers=True)
        for (kind, value), label in labels_in_register(names).items():
            register[kind][value] = label
        return {
            "status": _labels_of(STATUS_OPTIONS),
            "forrige-status": _labels_of(PREVIOUS_STATUS_OPTIONS),
            "risiko": _labels_of(RISK_OPTIONS),
            "livslop": _labels_of(LIFECYCLE_OPTIONS),
            **{
                ADDRESS_NAMES[name]: {**labels, **_labels_of([NO_OPTIONS[name]])}
                for name, labels in register.items()
            },
        }


def _labels_of(options: Iterable[Option]) -> Labels:
    return {option.value: option.label for option in options}


def _listed(words: str, labels: Labels, values: Iterable[str]) -> Iterator[str]:
    """Name the values in their order; what is not known is not used, and not said."""
    if known := [str(labels[value]) for value in values if value in labels]:
        yield words % {"values": "; ".join(known)}


def _due(state: QueryDict) -> Iterator[str]:
    """Between which days the next delivery is due; what is no day is not used, and not said."""
    first, last = _day(state.get("frist-fra", "")), _day(state.get("frist-til", ""))
    if first and last:
        words = _("Next delivery due from %(first)s to %(last)s.")
        yield words % {"first": first, "last": last}
    elif first:
        yield _("Next delivery due from %(first)s.") % {"first": first}
    elif last:
        yield _("Next delivery due by %(last)s.") % {"last": last}


def _day(text: str) -> str:
    try:
        day = parse_date(text)
    except ValueError:
        return ""
    return date_format(day) if day else ""
