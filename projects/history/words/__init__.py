"""What changed, in sentences; each stands after the name of the one who did it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.history.entries import Entry, Event
from projects.history.words.milestone import (
    tell_baseline,
    tell_baseline_date,
    tell_date_move,
    tell_milestone,
)
from projects.history.words.project import (
    tell_further_goal,
    tell_manager,
    tell_project,
    tell_report,
)
from projects.history.words.register import tell_register, tell_role
from projects.history.words.sentence import Sentence

TELLERS: dict[str, Callable[[Event, Entry], Iterator[Sentence]]] = {
    "project": tell_project,
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
    sentences = [
        sentence
        for event in entry.events
        for sentence in TELLERS.get(event.table.name, tell_register)(event, entry)
    ]
    if not sentences:
        return None
    return Story(entry, _who(entry), sentences, _source(entry))


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
    return "" if entry.metadata.get("user") else _("without a login")
