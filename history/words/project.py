"""Sentences about projects, their managers and goals, and what was reported for them."""

from collections.abc import Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.models import User
from history.entries import Entry, EntryEvent
from history.words.fields import field_sentences
from history.words.sentence import Sentence, TextChange, all_facts
from history.words.values import label_of, plain_words, words_of
from projects.history.labels import label_with_owner
from projects.models import StatusReport, StrategicGoal

#: The fields that make a report another than the one before.
REPORTED = ("status", "risk_level", "status_text", "risk_text")


def tell_project(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """What was done to the project as a whole."""
    if event.label == "insert":
        yield Sentence(_("made the project"), facts=all_facts(event, entry.things))
    elif event.label == "delete":
        yield Sentence(_("deleted the project"), facts=all_facts(event, entry.things))
    if event.has_changed("is_published"):
        published = event.after["is_published"]
        yield Sentence(_("published the project") if published else _("unpublished the project"))
    told = ["is_published", "published_at"] if event.has_changed("is_published") else []
    yield from field_sentences(event, entry, told=told)


def tell_redaction(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """Where words were taken away and why; not which."""
    if event.label != "insert":
        return
    texts = [label_with_owner(key) for key in event.after["texts"]]
    words = {
        "texts": get_text_list(texts, _("and")),
        "reason": words_of(event, "reason", event.after, entry.things),
    }
    yield Sentence(_("took words away from %(texts)s: %(reason)s") % words)


def tell_manager(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """Who came to manage the project, or no longer does."""
    if _goes_with_the_project(event, entry):
        return
    name = entry.things[User, event.after["user_id"]]
    text = _("added %(name)s as project manager")
    if event.label == "delete":
        text = _("removed %(name)s as project manager")
    yield Sentence(text % {"name": name})


def tell_further_goal(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """Which further goal the project came to serve, or no longer does."""
    if _goes_with_the_project(event, entry):
        return
    name = entry.things[StrategicGoal, event.after["strategicgoal_id"]]
    text = _("added the further strategic goal “%(name)s”")
    if event.label == "delete":
        text = _("removed the further strategic goal “%(name)s”")
    yield Sentence(text % {"name": name})


def tell_report(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """What was reported, beside what was reported before."""
    words = {
        "status": _now_and_before(event, "status", entry),
        "risk": _now_and_before(event, "risk_level", entry),
    }
    text = _("reported %(status)s, risk %(risk)s")
    if corrected := entry.things.get((StatusReport, event.after["corrects_id"])):
        words["date"] = plain_words(corrected.last.reported_on)
        text = _("corrected the report of %(date)s: %(status)s, risk %(risk)s")
    elif event.before and all(event.before[name] == event.after[name] for name in REPORTED):
        text = _("confirmed the status unchanged: %(status)s, risk %(risk)s")
    if reason := event.after["gap_reason"]:
        text += _("; better than the signal because: %(reason)s")
    yield Sentence(text % {**words, "reason": reason}, texts=list(_texts(event)))


def _now_and_before(event: EntryEvent, column: str, entry: Entry) -> str:
    now = words_of(event, column, event.after, entry.things)
    before = words_of(event, column, event.before, entry.things)
    if not before or before == now:
        return now
    return _("%(now)s (before: %(before)s)") % {"now": now, "before": before}


def _texts(event: EntryEvent) -> Iterator[TextChange]:
    for column in ("status_text", "risk_text"):
        before = (event.before or {}).get(column, "")
        if before != event.after[column]:
            label = label_of(event, column)
            yield TextChange(label[:1].upper() + label[1:], before, event.after[column])


def _goes_with_the_project(event: EntryEvent, entry: Entry) -> bool:
    """Whether it is gone because the project is."""
    return event.label == "delete" and any(
        each.table.name == "project" and each.label == "delete" for each in entry.together
    )
