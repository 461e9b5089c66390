"""Sentences about fields that changed, for whatever has no sentence of its own."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from history.entries import Entry, EntryEvent
from history.words.sentence import Sentence, is_long, text_changes
from history.words.values import is_date, label_of, words_of


def field_sentences(
    event: EntryEvent, entry: Entry, *, told: Collection[str] = (), name: str = ""
) -> Iterator[Sentence]:
    """Tell of every field that changed and has not been told of; `name` says of what."""
    for column in event.changed:
        if column not in told and not is_long(event, column):
            yield Sentence(_change(event, column, entry, name))
    for change in text_changes(event):
        words = {"field": change.label.lower(), "name": name}
        text = _("changed the text “%(field)s”")
        if name:
            text = _("changed the text “%(field)s” of %(name)s")
        yield Sentence(text % words, texts=[change])


def _change(event: EntryEvent, column: str, entry: Entry, name: str) -> str:
    before = _quoted(event, column, words_of(event, column, event.before, entry.things))
    after = _quoted(event, column, words_of(event, column, event.after, entry.things))
    if before and after:
        text = _("changed %(field)s from %(before)s to %(after)s")
        if name:
            text = _("changed %(field)s for %(name)s from %(before)s to %(after)s")
    elif after:
        text = _("set %(field)s to %(after)s")
        if name:
            text = _("set %(field)s for %(name)s to %(after)s")
    else:
        text = _("removed %(field)s, which was %(before)s")
        if name:
            text = _("removed %(field)s for %(name)s, which was %(before)s")
    field = label_of(event, column)
    return text % {"field": field, "name": name, "before": before, "after": after}


def _quoted(event: EntryEvent, column: str, words: str) -> str:
    if not words or is_date(event.table.fields[column]):
        return words
    return _("“%(words)s”") % {"words": words}
