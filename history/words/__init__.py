"""What changed, in sentences; each stands after the name of the one who did it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from history.entries import Entry, EntryEvent
from history.words.bulk import summary_of
from history.words.milestone import (
    tell_baseline,
    tell_baseline_date,
    tell_date_move,
    tell_milestone,
)
from history.words.project import (
    tell_further_goal,
    tell_manager,
    tell_project,
    tell_redaction,
    tell_report,
)
from history.words.register import tell_register, tell_role
from history.words.sentence import Sentence
from projects.history.tracked import TrackedKind

TELLERS: dict[str, Callable[[EntryEvent, Entry], Iterator[Sentence]]] = {
    "project": tell_project,
    "redaction": tell_redaction,
    "manager": tell_manager,
    "further_goal": tell_further_goal,
    "report": tell_report,
    "milestone": tell_milestone,
    "date_move": tell_date_move,
    "baseline": tell_baseline,
    "baseline_date": tell_baseline_date,
    "role": tell_role,
}


@dataclass(frozen=True)
class Story:
    """An entry as it is told: who it was, what she did, and how it was recorded."""

    entry: Entry
    who: str
    sentences: list[Sentence]
    source: str


def tell(entry: Entry) -> Story | None:
    """Tell an entry in words; None when another entry of the same request has said it all."""
    sentences = [_tell_several(entry)] if entry.is_of_several else _sentences(entry)
    if not sentences:
        return None
    return Story(entry, _who(entry), sentences, _source(entry))


def _sentences(entry: Entry) -> list[Sentence]:
    return [
        sentence
        for event in entry.events
        for sentence in TELLERS.get(event.table.name, tell_register)(event, entry)
    ]


def _tell_several(entry: Entry) -> Sentence:
    """Say once what was done to several, and for each of them from what."""
    parts = [
        (each.about, "; ".join(sentence.text for sentence in _sentences(each)))
        for each in entry.one_by_one
    ]
    return Sentence(summary_of(entry, parts), parts=parts)


def _who(entry: Entry) -> str:
    if entry.person:
        return str(entry.person)
    if entry.metadata.get("command") == "import_page":
        return _("The import of an old page")
    return _("The system")


def _source(entry: Entry) -> str:
    """How it was recorded, when it was not by somebody logged in on a page."""
    file = entry.metadata.get("file", "")
    if entry.metadata.get("command") == "import_page":
        return _("read from an old page (%(file)s)") % {"file": file}
    others = (entry.metadata.get("together") or 1) - 1
    if others and not entry.is_of_several and entry.events[0].table.kind == TrackedKind.PROJECT:
        return _together(entry, others)
    return "" if entry.metadata.get("user") else _("without a login")


def _together(entry: Entry, others: int) -> str:
    """Say that other projects were changed with this one."""
    text = ngettext(
        "together with %(count)s other project", "together with %(count)s other projects", others
    )
    if entry.metadata.get("undoes"):
        text = ngettext(
            "undone together with %(count)s other project",
            "undone together with %(count)s other projects",
            others,
        )
    return text % {"count": others}
