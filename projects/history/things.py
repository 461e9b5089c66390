"""Things that events speak of, by the name that each has now, or had when it was deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model

from projects.history.tracked import tables

#: The model of a thing, and its key.
Reference = tuple[type[Model], int]


@dataclass(frozen=True)
class Thing:
    """A project, an owner, a user … as it was last recorded."""

    last: Any
    exists: bool

    def __str__(self) -> str:
        return str(self.last)

    @property
    def label(self) -> str:
        """The short name of a milestone, by which people speak of it; else the whole name."""
        return getattr(self.last, "label", "") or str(self.last)

    @property
    def address(self) -> str:
        """Return where its page is; empty when it has none, or none any more."""
        if not self.exists or not hasattr(self.last, "get_absolute_url"):
            return ""
        address: str = self.last.get_absolute_url()
        return address


Things = dict[Reference, Thing]


def find_things(references: Iterable[Reference]) -> Things:
    """Find what is referred to, in one query for each model."""
    wanted: dict[type[Model], set[int]] = {}
    for model, pk in references:
        wanted.setdefault(model, set()).add(pk)
    return {
        (model, pk): thing
        for model, pks in wanted.items()
        for pk, thing in _find(model, pks).items()
    }


def _find(model: type[Model], pks: set[int]) -> dict[int, Thing]:
    if model is Group:
        return {group.pk: Thing(group, True) for group in Group.objects.filter(pk__in=pks)}
    table = next(table for table in tables().values() if table.model is model)
    events = model.pgh_event_model._default_manager.filter(id__in=pks)  # type: ignore[attr-defined]
    latest = events.order_by("id", "-pgh_true_from", "-pgh_id").distinct("id")
    return {
        event.id: Thing(
            model(**{name: getattr(event, name) for name in table.fields}),
            event.pgh_label != "delete",
        )
        for event in latest
    }
