"""A sentence about a change, and what can be read behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import TextField
from django.utils.text import capfirst

from history.entries import EntryEvent
from history.words.values import label_of, words_of
from projects.history.things import Thing, Things

#: What goes without saying: keys, names for addresses, and what the sentence is about itself.
UNSAID = {"id", "slug", "project_id", "position", "recorded_at", "published_at", "date_joined"}


@dataclass(frozen=True)
class TextChange:
    """A long text, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Sentence:
    """What was done, to stand after a name; what is behind it is shown when asked for."""

    text: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    texts: list[TextChange] = field(default_factory=list)
    #: Of several things at once, what was done to each.
    parts: list[tuple[Thing, str]] = field(default_factory=list)


def all_facts(event: EntryEvent, things: Things) -> list[tuple[str, str]]:
    """Everything that was kept of a thing that was made or deleted."""
    return [
        (capfirst(label_of(event, column)), words)
        for column in event.table.fields
        if column not in UNSAID and (words := words_of(event, column, event.after, things))
    ]


def text_changes(event: EntryEvent) -> Iterator[TextChange]:
    """The long texts that are other than before."""
    for column in event.changed:
        if is_long(event, column):
            before = (event.before or {})[column]
            yield TextChange(capfirst(label_of(event, column)), before, event.after[column])


def is_long(event: EntryEvent, column: str) -> bool:
    """Whether a field holds a text too long to stand in a sentence."""
    return isinstance(event.table.fields[column], TextField)
