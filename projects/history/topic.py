"""What of the things was changed, as people call it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from projects.history.tracked import Tracked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What a person makes and removes; the other tables say how such a thing has changed.
THINGS = (
    "project",
    "milestone",
    "owner",
    "contact",
    "user",
    "strategy",
    "goal",
    "segment",
)


@dataclass(frozen=True)
class Topic:
    """What the history is narrowed down to: changes of these fields, every event of these tables, or those with this label."""

    value: str
    label: "StrOrPromise"
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: Iterable[str] = ()
    events: str = ""

    def selects(self, table: Tracked) -> Q | None:
        """Return what of a table is about the topic; None when nothing is."""
        if self.events:
            return Q(pgh_label=self.events) if table.name in THINGS else None
        if table.name in self.tables:
            return Q()
        if table.name not in self.fields:
            return None
        differs = table.differs(self.fields[table.name])
        # A report is compared to the one before it, and is never an update itself.
        return differs if table.name == "report" else differs & Q(pgh_label="update")
