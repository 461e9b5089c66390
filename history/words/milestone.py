"""Sentences about milestones and their dates."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from history.entries import Entry, EntryEvent
from history.words.fields import field_sentences
from history.words.sentence import Sentence, all_facts
from history.words.values import date_in_words, words_of
from projects.history.tracked import tables

DELIVERED = ("is_delivered", "delivered_on", "delivered_by_id")
OBSOLETE = ("is_obsolete", "obsolete_on", "obsolete_reason")
DUE = ("due_on", "original_due_on")
NAME = ("code", "title")


def tell_milestone(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """What was done to a milestone; where its dates moved, the moves tell of them."""
    if event.label == "update":
        yield from _tell_update(event, entry)
        return
    text = _("added the delivery %(name)s")
    if event.label == "delete":
        text = _("deleted the delivery %(name)s")
    name = _whole_name(event.after)
    yield Sentence(text % {"name": name}, facts=all_facts(event, entry.things))


def _tell_update(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    name, told = _label(event.after), {"position"}
    if event.has_changed(*NAME):
        told.update(NAME)
        yield Sentence(_renamed(event))
    if event.has_changed("is_delivered"):
        told.update(DELIVERED)
        yield Sentence(_delivered(event, name))
    if event.has_changed("is_obsolete"):
        told.update(OBSOLETE)
        yield Sentence(_withdrawn(event, name))
    if event.has_changed("due_on"):
        if _is_told(event, entry, "date_move"):
            told.add("due_on")
        elif event.after["due_on"]:
            told.update(DUE)
            yield Sentence(_due(event, name))
    if _is_told(event, entry, "baseline_date"):
        told.add("new_baseline_on")
    if event.changed == ["position"] and event is _first_placed(entry):
        yield Sentence(_("changed the order of the deliveries"))
    yield from field_sentences(event, entry, told=told, name=name)


def tell_date_move(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """How far a due date was moved, and why."""
    if event.label == "delete":
        return
    move = event.after
    words = {
        "name": _milestone(move, entry),
        "from": date_in_words(move["from_date"]),
        "to": date_in_words(move["to_date"]),
        "reason": move["reason"],
        "cause": words_of(event, "cause", move, entry.things).lower(),
    }
    text = _("moved the due date of %(name)s from %(from)s to %(to)s")
    if move["reason"]:
        text += ": %(reason)s"
    if move["cause"]:
        text += _(" (cause: %(cause)s)")
    yield Sentence(text % words)


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
    words = {
        "name": _milestone(event.after, entry),
        "from": date_in_words(event.after["from_date"]),
        "to": date_in_words(event.after["to_date"]),
    }
    text = _("let the slip of %(name)s count from %(to)s instead of %(from)s")
    yield Sentence(text % words)


def _renamed(event: EntryEvent) -> str:
    before, after = _whole_name(event.before or {}), _whole_name(event.after)
    text = _("changed the name of a delivery from “%(before)s” to “%(after)s”")
    return text % {"before": before, "after": after}


def _delivered(event: EntryEvent, name: str) -> str:
    words = {"name": name, "date": date_in_words(event.after["delivered_on"])}
    if not event.after["is_delivered"]:
        words["date"] = date_in_words((event.before or {})["delivered_on"])
        if words["date"]:
            return _("took back that %(name)s was delivered on %(date)s") % words
        return _("took back that %(name)s was delivered") % words
    if words["date"]:
        return _("marked %(name)s as delivered on %(date)s") % words
    return _("marked %(name)s as delivered, without a date") % words


def _withdrawn(event: EntryEvent, name: str) -> str:
    words = {"name": name, "reason": event.after["obsolete_reason"]}
    if not event.after["is_obsolete"]:
        return _("took back that %(name)s is obsolete") % words
    if words["reason"]:
        return _("made %(name)s obsolete: %(reason)s") % words
    return _("made %(name)s obsolete") % words


def _due(event: EntryEvent, name: str) -> str:
    words = {
        "name": name,
        "from": date_in_words((event.before or {})["due_on"]),
        "to": date_in_words(event.after["due_on"]),
    }
    if words["from"]:
        return _("changed the due date of %(name)s from %(from)s to %(to)s") % words
    return _("set the due date of %(name)s to %(to)s") % words


def _is_told(event: EntryEvent, entry: Entry, table: str) -> bool:
    """Whether another event of the same request tells of the milestone's dates."""
    milestone = event.after["id"]
    return any(
        each.table.name == table and each.after["milestone_id"] == milestone
        for each in entry.together
    )


def _first_placed(entry: Entry) -> EntryEvent:
    """Of many that changed place together, the one that is told of."""
    return next(
        each
        for each in entry.events
        if each.table.name == "milestone" and each.changed == ["position"]
    )


def _milestone(row: dict[str, Any], entry: Entry) -> str:
    thing = entry.things.get((tables()["milestone"].model, row["milestone_id"]))
    return thing.label if thing else ""


def _label(row: dict[str, Any]) -> str:
    label: str = row["code"] or row["title"]
    return label


def _whole_name(row: dict[str, Any]) -> str:
    return f"{row['code']} - {row['title']}" if row["code"] else row["title"]
