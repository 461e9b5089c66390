"""Refuses, in a sentence, what a field can't hold."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import models

from exchange.scaffold.old_page import OldPageError


def check(thing: models.Model, *, line: int | None = None, exclude: Collection[str] = ()) -> None:
    """Raise OldPageError for the first field that is wrong, with the line if it is known."""
    try:
        thing.clean_fields(exclude=set(exclude))
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        field = thing._meta.get_field(name)
        label = str(getattr(field, "verbose_name", name))
        raise OldPageError(f"{label.capitalize()}: {messages[0]}", line=line) from error
