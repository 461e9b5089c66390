"""Values as people write them: names, dates, choices, yes and no."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from history.entries import Event
from projects.history.things import Things
from projects.history.tracked import Tracked, tables

#: Fields that no form shows, and that so have no name of their own.
LABELS = {
    "published_at": gettext_lazy("first published"),
    "delivered_by_id": gettext_lazy("marked as delivered by"),
    "new_baseline_on": gettext_lazy("new baseline"),
    "reported_by_id": gettext_lazy("reported by"),
    "owner_name": gettext_lazy("owner"),
    "contact_name": gettext_lazy("contact"),
    "corrects_id": gettext_lazy("corrects the report of"),
    "is_superuser": gettext_lazy("every permission"),
    "slug": gettext_lazy("name in addresses"),
}


#: What a text belongs to, where that is not the project itself.
BELONGS_TO = {
    "report": gettext_lazy("status report"),
    "milestone": gettext_lazy("delivery"),
    "date_move": gettext_lazy("move of a due date"),
    "baseline": gettext_lazy("new baseline"),
}


def label_of(event: Event, column: str) -> str:
    """What a field is called."""
    return label_in(event.table, column)


def label_in(table: Tracked, column: str) -> str:
    """What a field of a table is called."""
    return str(LABELS.get(column) or table.fields[column].verbose_name)


def label_with_owner(key: str) -> str:
    """What a text of a project is called that is named as “table.column”, and what it belongs to."""
    name, column = key.split(".")
    label = label_in(tables()[name], column)
    if name not in BELONGS_TO:
        return label
    return _("%(field)s (%(thing)s)") % {"field": label, "thing": BELONGS_TO[name]}


def words_of(event: Event, column: str, row: dict[str, Any] | None, things: Things) -> str:
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
