"""The address of the overview: what each part of its state is called, for people who read it."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from django.http import QueryDict

from fkj_portfolio.addresses import page_address
from projects.dimensions import DIMENSIONS

#: In the order of the address.
ADDRESS_NAMES = {
    "search": "sok",
    **{each.name: each.value for each in DIMENSIONS if each.choices},
    **{
        f"{each.name}_{end}": f"{each.value}-{value}"
        for each in DIMENSIONS
        if each.days
        for end, value in (("from", "fra"), ("to", "til"))
    },
    "group": "grupper",
    "columns": "kolonner",
    "sort": "sorter",
    "way": "vis",
    "scale": "akse",
    "start": "fra",
    "table": "tabell",
    "view": "visning",
    "page": "side",
    "as_of": "per",
}
PLACES = {name: place for place, name in enumerate(ADDRESS_NAMES)}
VIEW = ADDRESS_NAMES["view"]
#: What is no part of a view: which it is, the page, and the days, for a view is of today.
NOT_SAVED = {"view", "page", "as_of", "start"}
#: Here the order of the values is what was chosen; elsewhere it means nothing.
IN_ORDER = {"columns", "sort"}


def overview_address(**state: str | Iterable[str]) -> str:
    """Return the address of the overview in this state; what is empty is left out."""
    pairs = [
        (ADDRESS_NAMES[name], value)
        for name in sorted(filter(state.get, state), key=PLACES.__getitem__)
        for value in as_values(state[name])
        if value
    ]
    return _with_query(page_address("projects:overview"), urlencode(pairs, safe=","))


def as_values(value: str | Iterable[str]) -> list[str]:
    """Return one value or several as a list."""
    return [value] if isinstance(value, str) else list(value)


def state_of(query: QueryDict | str) -> str:
    """Return the state of the overview in one spelling: two that look the same are the same.

    What the overview does not know is left out, and so is what says nothing.
    """
    if isinstance(query, str):
        query = QueryDict(query.removeprefix("?"))
    return urlencode(list(_pairs(query)), safe=",")


def _pairs(query: QueryDict) -> Iterator[tuple[str, str]]:
    for name, address_name in ADDRESS_NAMES.items():
        if name not in NOT_SAVED:
            given = (value for value in query.getlist(address_name) if value.strip())
            values = dict.fromkeys(given)
            ordered = values if name in IN_ORDER else sorted(values)
            yield from ((address_name, value) for value in ordered)


def overview_with(state: str, view: str = "") -> str:
    """Return the address of the overview in a state, with a view open in it or none."""
    query = "&".join(part for part in (state, urlencode({VIEW: view}) if view else "") if part)
    return _with_query(page_address("projects:overview"), query)


def overview_again(query: str) -> str:
    """Return the address of the overview in a state with its view, as `state_and_view` tells them."""
    return overview_with(state_of(query), QueryDict(query).get(VIEW, ""))


def address_to_save(state: str) -> str:
    """Return the address of the form that saves a state as a new view."""
    return _with_query(page_address("projects:saved_view_create"), state)


def _with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address
