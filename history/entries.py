"""A page of the history, read in as many queries for a thousand events as for ten."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import Model

from accounts.models import User
from fkj_portfolio.addresses import page_address
from history.criteria import Criteria
from projects.history.things import Reference, Thing, Things, find_things
from projects.history.tracked import Tracked, tables
from projects.models.fields import norwegian_key


@dataclass(frozen=True)
class Key:
    """Key of an entry: one request's changes of one thing; of several at once, when it has no `about_id`."""

    about: str
    about_id: int | None
    true_from: datetime.datetime
    recorded_at: datetime.datetime
    context: Any

    @property
    def model(self) -> type[Model]:
        """Return what it is that was changed."""
        model: type[Model] = tables()[self.about].model
        return model


@dataclass(frozen=True)
class EntryEvent:
    """Row that a table kept of a thing: what was done, and the thing after it and before it."""

    table: Tracked
    pk: int
    label: str
    key: Key
    metadata: dict[str, Any]
    after: dict[str, Any]
    before: dict[str, Any] | None

    def has_changed(self, *names: str) -> bool:
        """Return whether one of these columns is another than before."""
        return any(name in self.changed for name in names)

    @property
    def changed(self) -> list[str]:
        """The columns that are other than before; none for what is made or deleted."""
        if self.label != "update" or self.before is None:
            return []
        return [name for name, value in self.after.items() if self.before.get(name) != value]

    @property
    def person(self) -> int | None:
        """The user who was logged in, or whom the thing names as the one who did it."""
        if user := self.metadata.get("user"):
            return int(user)
        column = f"{self.table.by}_id"
        if not self.table.by or self.label == "delete":
            return None
        if self.label == "update" and column not in self.changed:
            return None
        named: int | None = self.after[column]
        return named

    @property
    def about(self) -> Reference:
        """The thing that it stands under; among several, which of them."""
        if self.key.about_id is not None:
            return self.key.model, self.key.about_id
        column = "id" if self.table.name == self.key.about else f"{self.key.about}_id"
        return self.key.model, self.after[column]

    @property
    def references(self) -> Iterator[Reference]:
        """All things that it names."""
        yield self.about
        if self.person:
            yield User, self.person
        for name, field in self.table.fields.items():
            model: type[Model] | None = field.related_model
            for row in (self.after, self.before or {}):
                if model and row.get(name) is not None:
                    yield model, row[name]


@dataclass(frozen=True)
class Entry:
    """Work of one person on one thing at one time; `together` is all that one request did to it."""

    key: Key
    events: list[EntryEvent]
    together: list[EntryEvent]
    person: Thing | None
    things: Things

    @property
    def about(self) -> Thing:
        """The thing that it stands under, or the first of several."""
        return self.things[self.events[0].about]

    @property
    def is_of_several(self) -> bool:
        """Return whether it was done to several things at once."""
        return self.key.about_id is None

    @property
    def one_by_one(self) -> "list[Entry]":
        """Return what was done to each of several things, by name."""
        by_thing: dict[Reference, list[EntryEvent]] = {}
        for event in self.events:
            by_thing.setdefault(event.about, []).append(event)
        each = [replace(self, events=events, together=events) for events in by_thing.values()]
        return sorted(each, key=lambda entry: norwegian_key(str(entry.about)))

    @property
    def change_address(self) -> str:
        """Return where what was done to several things is shown, and can be undone for some minutes."""
        change = self.metadata.get("change")
        return page_address("projects:several_detail", change) if change else ""

    @property
    def is_past(self) -> bool:
        """Return whether it was recorded later than it was true."""
        return self.key.true_from != self.key.recorded_at

    @property
    def metadata(self) -> dict[str, Any]:
        """Return what is known of how it was recorded."""
        return self.events[0].metadata


def read_entries(keys: Iterable[tuple[Any, ...]], criteria: Criteria) -> list[Entry]:
    """Read what stands in the entries with these keys, in their order."""
    wanted = [Key(*key) for key in keys]
    by_key: dict[Key, list[EntryEvent]] = {key: [] for key in wanted}
    for event in _read_events(wanted, criteria):
        if event.key in by_key:
            by_key[event.key].append(event)
    every = [event for events in by_key.values() for event in events]
    things = find_things(reference for event in every for reference in event.references)
    return [entry for key in wanted for entry in _entries(key, by_key[key], things)]


def _entries(key: Key, events: list[EntryEvent], things: Things) -> Iterator[Entry]:
    """One entry; where nobody was logged in, one for each person whom the things name."""
    by_person = sorted(events, key=lambda event: event.person or 0)
    for person, theirs in groupby(by_person, key=lambda event: event.person):
        who = things.get((User, person)) if person else None
        yield Entry(key, list(theirs), events, who, things)


def _read_events(keys: list[Key], criteria: Criteria) -> list[EntryEvent]:
    if not keys:
        return []
    rows = criteria.rows(astuple(key) for key in keys)
    events = [
        EntryEvent(tables()[table], pk, label, Key(*key), metadata or {}, after, before)
        for table, pk, label, metadata, after, before, *key in rows
    ]
    order = list(tables())
    return sorted(events, key=lambda event: (order.index(event.table.name), event.pk))
