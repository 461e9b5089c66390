"""The address of the overview: what each part of its state is called, for people who read it."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.urls import reverse

from projects.models import Lifecycle, RiskLevel, Status

#: In the order of the address. Those of DAY and PAGE are no state: they say which day and how far down.
ADDRESS_NAMES = {
    "search": "sok",
    "owner": "eier",
    "segment": "segment",
    "goal": "mal",
    "status": "status",
    "previous_status": "forrige-status",
    "risk_level": "risiko",
    "lifecycle": "livslop",
    "manager": "leder",
    "overdue": "forfalt",
    "late": "rapport",
    "due_from": "frist-fra",
    "due_to": "frist-til",
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
#: As a value of `visning`: all projects, whatever the portfolio's standard view is.
EVERYTHING = "alle"
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

State = Mapping[str, str | Iterable[str]]


def overview_address(**state: str | Iterable[str]) -> str:
    """Return the address of the overview in this state; what is empty is left out."""
    query = overview_query(state)
    address = reverse("projects:overview")
    return f"{address}?{query}" if query else address


def overview_query(state: State) -> str:
    """Return a state as the query of an address; a value of several is repeated."""
    pairs = [
        (address_name, value)
        for name, address_name in ADDRESS_NAMES.items()
        for value in as_values(state.get(name, ""))
        if value
    ]
    return urlencode(pairs, safe=",")


def as_values(value: str | Iterable[str]) -> list[str]:
    """Return one value or several as a list."""
    return [value] if isinstance(value, str) else list(value)
