"""Reads the overview's address: the state that it says, and what of it is not used."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from fkj_portfolio.content_cache import ANSWERS, OpenContentCache
from overview.fields import OverviewForm
from overview.offers import find_offers
from overview.sight import Sight
from overview.state import State
from projects.addresses import ADDRESS_NAMES, as_values


@dataclass(frozen=True)
class StateReading:
    """The state that was read; `notes` say what of the address is not used, and why."""

    form: OverviewForm
    state: State
    notes: list[str]


def read(
    query: QueryDict, sight: Sight, *, view: str = "", memory: OpenContentCache | None = None
) -> StateReading:
    """Read an address, with what the projects have to choose among, in one query.

    What makes no sense is left out with a note. `view` is the saved view that is open.
    """
    offers = find_offers(query, sight, memory or ANSWERS.open())
    form = OverviewForm(query, offers=offers, sight=sight)
    notes = form.refusals
    if form.errors:
        form = OverviewForm(form.known, offers=offers, sight=sight)
        form.full_clean()
    values: dict[str, list[str]] = {}
    days: dict[str, datetime.date] = {}
    for name, value in form.cleaned_data.items():
        if isinstance(value, datetime.date):
            days[name] = value
            values[name] = [value.isoformat()]
        elif value:
            values[name] = [",".join(value)] if name == "columns" else as_values(value)
    state = State(values, days, offers, view, sight.as_of)
    return StateReading(form, state, [*notes, *_contradictions(query, state, sight)])


def _contradictions(query: QueryDict, state: State, sight: Sight) -> Iterator[str]:
    for each in sight.dimensions:
        first, last = (state.days.get(f"{each.name}_{end}") for end in ("from", "to"))
        if each.days and first and last and first > last:
            yield str(each.days.contradiction)
    if not sight.is_for_staff and query.get(ADDRESS_NAMES["manager"]):
        yield _("Log in to filter by project manager.")
