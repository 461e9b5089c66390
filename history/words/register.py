"""Sentences about owners, contacts, users with their roles, vocabularies and settings."""

from collections.abc import Iterator

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from history.entries import Entry, EntryEvent
from history.words.fields import field_sentences
from history.words.sentence import Sentence, all_facts

#: What is said of a thing that was made, and of one that was deleted.
MADE = {
    "owner": gettext_lazy("added the owner %(name)s"),
    "contact": gettext_lazy("added the contact %(name)s"),
    "user": gettext_lazy("made the user %(name)s"),
    "strategy": gettext_lazy("added the strategy %(name)s"),
    "goal": gettext_lazy("added the strategic goal %(name)s"),
    "segment": gettext_lazy("added the segment %(name)s"),
    "settings": gettext_lazy("set the rules of the portfolio"),
}
DELETED = {
    "owner": gettext_lazy("deleted the owner %(name)s"),
    "contact": gettext_lazy("deleted the contact %(name)s"),
    "user": gettext_lazy("deleted the user %(name)s"),
    "strategy": gettext_lazy("deleted the strategy %(name)s"),
    "goal": gettext_lazy("deleted the strategic goal %(name)s"),
    "segment": gettext_lazy("deleted the segment %(name)s"),
    "settings": gettext_lazy("set the rules of the portfolio back"),
}
#: What is said when a box was ticked, and when the tick was removed; a person is not a thing.
TICKED = {
    "in_use": (
        gettext_lazy("took %(name)s into use again"),
        gettext_lazy("took %(name)s out of use"),
    ),
    "contact.in_use": (
        gettext_lazy("took the contact %(name)s into use again"),
        gettext_lazy("took the contact %(name)s out of use"),
    ),
    "email_is_public": (
        gettext_lazy("showed the e-mail of %(name)s to everyone"),
        gettext_lazy("hid the e-mail of %(name)s from everyone but staff"),
    ),
    "phone_is_public": (
        gettext_lazy("showed the phone number of %(name)s to everyone"),
        gettext_lazy("hid the phone number of %(name)s from everyone but staff"),
    ),
    "is_active": (
        gettext_lazy("let %(name)s log in again"),
        gettext_lazy("took from %(name)s the access to log in"),
    ),
    "is_superuser": (
        gettext_lazy("gave %(name)s every permission"),
        gettext_lazy("took from %(name)s every permission"),
    ),
    "signal_is_public": (
        gettext_lazy("showed the signal to everyone"),
        gettext_lazy("hid the signal from everyone but staff"),
    ),
}


def tell_register(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """What was done to something that administrators keep."""
    words = {"name": event.after.get("name") or entry.about}
    if event.label != "update":
        said = (MADE if event.label == "insert" else DELETED)[event.table.name]
        yield Sentence(said % words, facts=all_facts(event, entry.things))
    ticked = [column for column in event.changed if column in TICKED]
    for column in ticked:
        yes, no = TICKED.get(f"{event.table.name}.{column}", TICKED[column])
        yield Sentence((yes if event.after[column] else no) % words)
    yield from field_sentences(event, entry, told=ticked)


def tell_role(event: EntryEvent, entry: Entry) -> Iterator[Sentence]:
    """Which role a user was given, or no longer has."""
    group = entry.things.get((Group, event.after["group_id"]))
    words = {"name": entry.about, "role": group or _("a role that is deleted")}
    text = _("gave %(name)s the role %(role)s")
    if event.label == "delete":
        text = _("took from %(name)s the role %(role)s")
    yield Sentence(text % words)
