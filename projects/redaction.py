"""Takes words away from the texts of a project, and from all that was ever kept of them.

Looks in every text of every table that the history of a project is told from, so a text that is
added later is looked in too. The words are kept nowhere afterwards.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import pghistory
import pgtrigger
from django.db import models, transaction
from django.utils import timezone
from pghistory.models import Context

from accounts.models import SentForm, User
from fkj_portfolio.marks import mark_for, mark_pattern, places_of, take_away
from fkj_portfolio.text import paragraphs_showing
from projects.history.tracked import Tracked, tables
from projects.models import (
    AddressName,
    ChangedProject,
    Project,
    Redaction,
    RedactionReason,
    SharedField,
)
from projects.models.fields import norwegian_slug

#: Too short for a mark, or of no use with one in them.
EMPTIED = ("code", "link_url", "contact_id")
#: What a redaction itself says has no words of people's.
NOT_LOOKED_IN = ("redaction",)


@dataclass(frozen=True)
class WordsPlace:
    """A text with the words in it: in the row that stands now, or in an event that was kept of it."""

    table: Tracked
    column: str
    thing: int
    #: The key of the event; None for what stands now.
    event: int | None
    text: str

    @property
    def key(self) -> str:
        """The column, as a redaction names it."""
        return f"{self.table.name}.{self.column}"

    @property
    def field(self) -> "models.Field[Any, Any]":
        return self.table.fields[self.column]

    @property
    def is_markdown(self) -> bool:
        """Return whether pages show it as Markdown, as they do with all that is longer than a line."""
        return isinstance(self.field, models.TextField)

    @property
    def row(self) -> tuple[str, int, int | None]:
        """Return where it is kept."""
        return self.table.name, self.thing, self.event


@dataclass(frozen=True)
class WordsFound:
    """The words, and every place where the texts of a project have them."""

    project: Project
    #: Finds them in names in addresses.
    in_slug: re.Pattern[str]
    pattern: re.Pattern[str]
    places: list[WordsPlace]
    #: Whether the address of the page has them too.
    is_in_address: bool

    def __bool__(self) -> bool:
        return bool(self.places) or self.is_in_address

    @property
    def digest(self) -> str:
        """The same as long as the same is found, without saying what."""
        seen = [(*place.row, place.column, place.text) for place in self.places]
        asked = (self.pattern.pattern, self.pattern.flags, self.is_in_address)
        return hashlib.sha256(repr((asked, seen)).encode()).hexdigest()


def find(project: Project, pattern: re.Pattern[str], phrase: str) -> WordsFound:
    """Find where words stand, now and in all that was kept, in two queries for each table."""
    # Most versions of a thing differ in something else, and a long text takes long to read.
    has = cache(partial(_has, pattern))
    places = [
        place
        for table in _tables()
        for thing, event, texts in _rows(table, project)
        for column, text in texts.items()
        if text and has(text, (place := WordsPlace(table, column, thing, event, text)).is_markdown)
    ]
    places += _with_contacts(project, pattern)
    in_slug = _slug_pattern(phrase)
    is_in_address = bool(in_slug.search(project.slug))
    # An address has no capitals: where those count, the title that it was made of tells.
    if not pattern.flags & re.IGNORECASE:
        is_in_address &= any(place.key == "project.title" for place in places)
    return WordsFound(project, in_slug, pattern, places, is_in_address)


@transaction.atomic
def redact(found: WordsFound, *, reason: RedactionReason, by: User) -> Redaction:
    """Put the mark in place of the words, everywhere that they were found.

    The project is locked by whoever found them. Figures, dates and who did what stay as they are.
    """
    mark = mark_for(timezone.localdate(), reason.in_marks)
    columns = sorted({place.key for place in found.places})
    if found.is_in_address:
        columns.append("project.slug")
    with pghistory.context(user=by.pk):
        redaction = Redaction.objects.create(
            project=found.project, reason=reason, mark=mark, texts=columns, redacted_by=by
        )
    with pgtrigger.ignore(*_guards()):
        for (table, thing, event), changes in _changes(found, mark).items():
            _rows_of(tables()[table], thing, event).update(**changes)
        if found.is_in_address:
            _give_another_address(found)
    _redact_files(found, mark)
    _forget_former_contacts(found.project)
    SentForm.objects.forget_answers()
    return redaction


def _has(pattern: re.Pattern[str], text: str, is_markdown: bool) -> bool:
    """Return whether a text has the words, or shows them."""
    return any(places_of(pattern, text)) or (
        is_markdown and bool(paragraphs_showing(pattern, text))
    )


def _tables() -> list[Tracked]:
    """The tables that tell of a project, and have texts that people write."""
    return [
        table
        for table in tables().values()
        if table.about == "project" and table.name not in NOT_LOOKED_IN and _columns(table)
    ]


def _columns(table: Tracked) -> list[str]:
    return [
        column
        for column, field in table.fields.items()
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField)
        and not field.choices
    ]


def _rows(table: Tracked, project: Project) -> Iterator[tuple[int, int | None, dict[str, str]]]:
    """The texts of every row: the key of the thing, and of the event unless it is what stands now."""
    columns = _columns(table)
    events = table.events.filter(about_id=project.pk).order_by("pgh_id")
    things = set()
    for thing, event, *texts in events.values_list("id", "pgh_id", *columns):
        things.add(thing)
        yield thing, event, dict(zip(columns, texts, strict=True))
    standing = table.model._default_manager.filter(pk__in=things).order_by("pk")
    for thing, *texts in standing.values_list("pk", *columns):
        yield thing, None, dict(zip(columns, texts, strict=True))


def _with_contacts(project: Project, pattern: re.Pattern[str]) -> Iterator[WordsPlace]:
    """Yield the changes where the project has, or had, a contact with the words in a name that it has or had.

    The contact stays in the register, for other projects; this one has it no more.
    """
    table, contacts = tables()["project"], tables()["contact"]
    events = table.events.filter(id=project.pk, contact__isnull=False).order_by("pgh_id")
    chosen = [*events.values_list("pgh_id", "contact_id")]
    if project.contact_id:
        chosen.append((None, project.contact_id))
    kept = contacts.events.filter(id__in={contact for _event, contact in chosen})
    named = {
        contact: name
        for contact, name in kept.order_by("pgh_id").values_list("id", "name")
        if any(places_of(pattern, name))
    }
    for event, contact in chosen:
        if contact in named:
            yield WordsPlace(table, "contact_id", project.pk, event, named[contact])


def _rows_of(table: Tracked, thing: int, event: int | None) -> Any:
    if event is None:
        return table.model._default_manager.filter(pk=thing)
    return table.model.pgh_event_model._default_manager.filter(pk=event)


def _changes(
    found: WordsFound, mark: str
) -> dict[tuple[str, int, int | None], dict[str, str | None]]:
    """Return what each row is to say, by where it is kept."""
    changes: dict[tuple[str, int, int | None], dict[str, str | None]] = {}
    for place in found.places:
        row = changes.setdefault(place.row, {})
        text = redacted(place, found.pattern, mark)
        row[place.column] = None if place.field.is_relation else text
    for row in changes.values():
        if "link_url" in row:
            # What is told of a link goes with it.
            row["link_text"] = ""
    return changes


def redacted(place: WordsPlace, pattern: re.Pattern[str], mark: str) -> str:
    """Return what a text says without the words, and without the paragraphs that show them still."""
    if place.column in EMPTIED:
        return ""
    room = None if place.is_markdown else place.field.max_length
    text = take_away(place.text, pattern, mark, room=room)
    for paragraph in still_showing(place, pattern, mark):
        text = text.replace(paragraph, mark)
    return text


def still_showing(place: WordsPlace, pattern: re.Pattern[str], mark: str) -> list[str]:
    """Return the paragraphs of a text that show the words when those in its source are gone."""
    if not place.is_markdown:
        return []
    return paragraphs_showing(pattern, take_away(place.text, pattern, mark))


def _give_another_address(found: WordsFound) -> None:
    """Let the page have an address without the words, on every day; the old one leads nowhere."""
    project = found.project
    project.refresh_from_db(fields=["title"])
    rest = norwegian_slug(mark_pattern().sub(" ", project.title))
    while found.in_slug.search(rest):
        rest = norwegian_slug(found.in_slug.sub(" ", rest))
    old, new = project.slug, Project.objects.free_slug(rest)
    Project.objects.filter(pk=project.pk).update(slug=new)
    events: Any = tables()["project"].model.pgh_event_model._default_manager
    removed = {old}
    for pk, slug in events.filter(id=project.pk).values_list("pk", "slug"):
        if found.in_slug.search(slug):
            removed.add(slug)
            events.filter(pk=pk).update(slug=new)
    given = AddressName.objects.filter(kind=Project._meta.db_table)
    given.filter(slug__in=removed).delete()
    AddressName.objects.create(kind=Project._meta.db_table, slug=new)
    for context in _contexts(project):
        url = context.metadata.get("url", "")
        if f"/{old}/" in url:
            context.metadata["url"] = url.replace(f"/{old}/", f"/{new}/")
            context.save(update_fields=["metadata"])
    project.slug = new


def _redact_files(found: WordsFound, mark: str) -> None:
    """Take the words out of the names of the files that a project was read from."""
    for context in _contexts(found.project).filter(metadata__has_key="file"):
        file = str(context.metadata["file"])
        # In the names of files words are often joined.
        spaced = re.sub(r"[-_.]", " ", file)
        if any(places_of(found.pattern, file)) or any(places_of(found.pattern, spaced)):
            context.metadata["file"] = mark
            context.save(update_fields=["metadata"])


def _forget_former_contacts(project: Project) -> None:
    """Keep no contact, to be set back with others, that the history of the project no longer has."""
    had = set(tables()["project"].events.filter(id=project.pk).values_list("contact_id", flat=True))
    changed = ChangedProject.objects.filter(project=project, change__field=SharedField.CONTACT)
    changed.filter(pk__in=[row.pk for row in changed if row.before not in had]).delete()


def _contexts(project: Project) -> Any:
    """Return how what is kept of a project was recorded."""
    keys: set[Any] = set()
    for table in tables().values():
        if table.about == "project":
            events = table.events.filter(about_id=project.pk, pgh_context__isnull=False)
            keys.update(events.values_list("pgh_context", flat=True))
    return Context.objects.filter(pk__in=keys)


def _slug_pattern(phrase: str) -> re.Pattern[str]:
    """Return what finds words in a name in addresses, whole and with the s of a genitive."""
    words = norwegian_slug(phrase)
    return re.compile(rf"(?<![^-]){words}s?(?![^-])" if words else r"(?!)")


def _guards() -> Iterator[str]:
    """The triggers that keep what is on record, and those that would record this as a change.

    The database has guards of its own behind them, which let a redaction through and nothing else.
    """
    keep_the_row = ("update_update", "_never_changes", "name_in_addresses_stays")
    for table in _tables():
        for model, names in (
            (table.model, keep_the_row),
            (table.model.pgh_event_model, ("append_only",)),
        ):
            for trigger in model._meta.triggers:
                if trigger.name.endswith(names):
                    yield f"{model._meta.label}:{trigger.name}"
