"""Sentences about milestones and their dates."""

from collections.abc import Iterator
from typing import Any

from django.db.models import DateField
from django.utils.translation import gettext as _

from history.entries import Entry, EntryEvent
from history.words.fields import field_sentences
from history.words.sentence import Sentence, all_facts
from history.words.values import date_in_words
from milestones.deeds import TELLINGS, Deed, deeds, past_tense, record_in_past_tense
from milestones.models import Milestone

#: What has a record of its own, which tells of it: the table, and the column of the milestone.
RECORDS = {"date_move": "due_on", "baseline_date": "new_baseline_on"}


def tell_milestone(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """What was done to a milestone; where its dates moved, the moves tell of them."""
    before, after = _versions(event)
    recorded = {
        column
        for table, column in RECORDS.items()
        if event.has_changed(column) and _is_told(event, entry, table)
    }
    told = {"position", *recorded}
    for deed in deeds(before, after):
        text, columns = past_tense(deed, before, after), TELLINGS[deed].columns
        if not text or not recorded.isdisjoint(columns):
            continue
        if deed == Deed.PLACED and event is not _first_placed(entry):
            continue
        told.update(columns)
        yield Sentence(
            text, facts=[] if event.label == "update" else all_facts(event, entry.things)
        )
    yield from field_sentences(event, entry, told=told, name=_remade(event, event.after).label)


def tell_date_move(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """How far a due date was moved, and why."""
    if event.label != "delete":
        yield Sentence(_recorded(Deed.MOVED, event, entry))


def tell_baseline(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """The decision that slip counts from other dates."""
    if event.label != "insert":
        return
    words = {
        "decision": event.after["decision"],
        "date": date_in_words(event.after["decided_on"]),
    }
    text = _("set a new baseline, decided on %(date)s: %(decision)s")
    yield Sentence(text % words)


def tell_baseline_date(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """Which date the slip of a milestone counts from."""
    if event.label != "insert":
        return
    yield Sentence(_recorded(Deed.REBASELINED, event, entry))


def _recorded(deed: Deed, event: EntryEvent, entry: Entry) -> str:
    milestone = entry.things.get((Milestone, event.after["milestone_id"]))
    name = milestone.label if milestone else ""
    return record_in_past_tense(deed, _remade(event, event.after), name=name)


def _versions(event: EntryEvent) -> tuple[Milestone | None, Milestone | None]:
    """The milestone before and after; None is where it was not there."""
    after = _remade(event, event.after)
    if event.label == "insert":
        return None, after
    if event.label == "delete":
        return after, None
    return _remade(event, event.before or event.after), after


def _remade(event: EntryEvent, row: dict[str, Any]) -> Any:
    """The thing as it was kept; its days are no longer those of JSON."""
    fields = event.table.fields
    return event.table.model(
        **{
            name: fields[name].to_python(value) if isinstance(fields[name], DateField) else value
            for name, value in row.items()
        }
    )


def _is_told(event: EntryEvent, entry: Entry, table: str) -> bool:
    """Whether another event of the same request tells of the milestone's dates."""
    milestone = event.after["id"]
    return any(
        each.table.name == table and each.after["milestone_id"] == milestone
        for each in entry.together
    )


def _first_placed(entry: Entry) -> EntryEvent | None:
    """Of many that changed place together and in nothing else, the one that is told of."""
    return next(
        (
            each
            for each in entry.events
            if each.table.name == "milestone" and each.changed == ["position"]
        ),
        None,
    )
