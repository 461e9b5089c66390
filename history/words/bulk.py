"""One sentence about what was done to several projects at once."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from history.entries import Entry
from history.words.values import label_of, words_of
from projects.history.things import Thing


def summary_of(entry: Entry, parts: list[tuple[Thing, str]]) -> str:
    """Say what was done to all of them, from what when that was the same, and to what."""
    count = len(parts)
    if entry.metadata.get("undoes"):
        text = ngettext(
            "undid the change of %(field)s for %(count)s project",
            "undid the change of %(field)s for %(count)s projects",
            count,
        )
        return text % {"field": _field(entry), "count": count}
    same = {text for _thing, text in parts}
    if len(same) == 1:
        text = ngettext("%(what)s for %(count)s project", "%(what)s for %(count)s projects", count)
        return text % {"what": same.pop(), "count": count}
    if to := _to(entry):
        text = ngettext(
            "changed %(field)s to “%(to)s” for %(count)s project",
            "changed %(field)s to “%(to)s” for %(count)s projects",
            count,
        )
        return text % {"field": _field(entry), "to": to, "count": count}
    text = ngettext(
        "changed %(field)s for %(count)s project",
        "changed %(field)s for %(count)s projects",
        count,
    )
    return text % {"field": _field(entry), "count": count}


def _field(entry: Entry) -> str:
    """What the fields are called that were changed; there is one, but for plain SQL."""
    labels = {label_of(event, column): None for event in entry.events for column in event.changed}
    return ", ".join(labels) or _("the project managers")


def _to(entry: Entry) -> str:
    """What all of them were given; empty when that differs, or is nothing."""
    given = {
        words_of(event, column, event.after, entry.things)
        for event in entry.events
        for column in event.changed
    }
    return given.pop() if len(given) == 1 else ""
