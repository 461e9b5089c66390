"""Values as people write them: names, dates, choices, yes and no."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from history.entries import EntryEvent
from projects.history.labels import label_in
from projects.history.things import Things


def label_of(event: EntryEvent, column: str) -> str:
    """What a field is called."""
    return label_in(event.table, column)


def words_of(event: EntryEvent, column: str, row: dict[str, Any] | None, things: Things) -> str:
    """What a field said, in words; empty when it said nothing."""
    value, field = (row or {}).get(column), event.table.fields[column]
    if value is None or value == "":
        return ""
    if field.related_model:
        thing = things.get((field.related_model, value))
        return str(thing) if thing else f"#{value}"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return plain_words(field.to_python(value))


def date_in_words(value: Any) -> str:
    """A date of JSON as people write it; empty when there is none."""
    return plain_words(datetime.date.fromisoformat(value)) if value else ""


def plain_words(value: Any) -> str:
    """A value that is no reference and no choice."""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime.datetime():
            return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        case datetime.date():
            return date_format(value, "SHORT_DATE_FORMAT")
        case int():
            return str(number_format(value))
        case _:
            return str(value)


def is_date(field: "models.Field[Any, Any]") -> bool:
    """Whether a field holds a day or a time, which stands without quotation marks."""
    return isinstance(field, models.DateField | models.IntegerField | models.BooleanField)
