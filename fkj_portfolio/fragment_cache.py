"""Parts of pages that are made once of the same things.

`{% fragment "overview/_overview_row.html" project=project today=today %}` includes a template with
these variables and no others, and keeps what comes out under everything that went in: the values that
were read of each object, and the language. Whatever has changed makes another key, so nothing can be
stale. The template knows neither the request nor the reader nor the token of a form, so nothing that
is somebody's own can be kept.
"""

import datetime
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from types import NoneType
from typing import Any, NoReturn, cast

from django import template
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class Fragments:
    """The newest fragments, the least used forgotten first; shared by the threads of a process."""

    def __init__(self, *, characters: int) -> None:
        self.characters, self.used = characters, 0
        #: With the characters that each takes together with its key.
        self.kept: OrderedDict[Hashable, tuple[SafeString, int]] = OrderedDict()
        self.lock = Lock()

    def recall(self, key: Hashable, make: Callable[[], SafeString]) -> SafeString:
        """Return the fragment under this key, which says all that it depends on."""
        with self.lock:
            if (kept := self.kept.get(key)) is not None:
                self.kept.move_to_end(key)
                return kept[0]
        made = make()
        # Texts that are cut on the page stand whole in the key.
        room = len(made) + len(repr(key))
        with self.lock:
            if key not in self.kept:
                self.kept[key] = (made, room)
                self.used += room
            while self.used > self.characters:
                self.used -= self.kept.popitem(last=False)[1][1]
        return made


#: What a column of the database is read as; what has it is its own key.
PLAIN = {str, int, bool, float, datetime.date, datetime.datetime, NoneType}
#: Django's own; what they hold is looked at by itself.
NOT_READ = {"_state", "_prefetched_objects_cache"}

#: Of each process; a row of the overview has some two thousand characters.
FRAGMENTS = Fragments(characters=10_000_000)


@register.simple_tag(takes_context=True)
def fragment(context: template.Context, template_name: str, **things: Any) -> SafeString:
    """Include a template with these variables alone, made once of the same values."""
    key = (
        template_name,
        get_language(),
        *((each, values_of(thing)) for each, thing in things.items()),
    )
    return FRAGMENTS.recall(key, lambda: _make(context, template_name, things))


def values_of(thing: Any, *, within: tuple[Any, ...] = ()) -> Hashable:
    """Return all values that were read of a thing: of a model's instance also what was read with it.

    What has a `fragment_key` says itself what all that is shown of it depends on.
    """
    if type(thing) in PLAIN:
        return cast(Hashable, thing)
    if isinstance(thing, Model):
        return _values_of_instance(thing, within)
    if isinstance(thing, (list, tuple, QuerySet)):
        return tuple([values_of(each, within=within) for each in thing])
    if hasattr(thing, "fragment_key"):
        return cast(Hashable, thing.fragment_key)
    assert isinstance(thing, Hashable)
    return thing


def _values_of_instance(thing: Model, within: tuple[Any, ...]) -> Hashable:
    # What was read with an instance leads back to it.
    if any(thing is each for each in within):
        return None
    within = (*within, thing)
    read = thing.__dict__
    together = [
        *thing._state.fields_cache.items(),
        *read.get("_prefetched_objects_cache", {}).items(),
        *(
            (name, value)
            for name, value in read.items()
            if type(value) not in PLAIN and name not in NOT_READ
        ),
    ]
    plain = [value for value in read.values() if type(value) in PLAIN]
    return (
        thing._meta.label,
        tuple(read),
        tuple(plain),
        *((name, values_of(value, within=within)) for name, value in together),
    )


def _make(context: template.Context, name: str, things: dict[str, Any]) -> SafeString:
    # What a query finds is not in the key.
    with connection.execute_wrapper(_refuse):
        assert context.template
        made = context.template.engine.get_template(name)
        return made.render(template.Context(things))


def _refuse(*args: Any) -> NoReturn:
    raise RuntimeError("A fragment is made of what it is given; it asks nothing of the database.")
