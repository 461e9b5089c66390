"""Answers that hold as long as nothing in the database changes.

Counting a hundred thousand projects takes longer than showing twenty-five of them. What was counted is
kept in the process, together with the snapshot of the database that it was read in: a later query in
the same snapshot would read the same rows. Whatever anyone commits makes another snapshot, so nothing
has to be told that something has changed, and nothing can be forgotten.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from django.db import connection

from fkj_portfolio.http import SiteRequest

Answer = TypeVar("Answer")

#: A transaction that has written sees rows of its own, which its snapshot does not tell of.
SNAPSHOT = (
    "SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL THEN pg_current_snapshot()::text END"
)


class Memory:
    """The newest answers, the least used forgotten first; shared by the threads of a process."""

    def __init__(self, *, size: int) -> None:
        self.size = size
        self.answers: OrderedDict[Hashable, tuple[str, object]] = OrderedDict()
        self.lock = Lock()

    def open(self, request: SiteRequest | None = None) -> "OpenMemory":
        """Ask the database which snapshot holds now, in one query; once for a request."""
        if request is None:
            return OpenMemory(self, _read_snapshot())
        if not hasattr(request, "snapshot"):
            request.snapshot = _read_snapshot()
        return OpenMemory(self, request.snapshot)


def _read_snapshot() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT)
        snapshot: str | None = cursor.fetchone()[0]
        return snapshot


class OpenMemory:
    """The memory as of one snapshot; None when nothing may be remembered."""

    def __init__(self, memory: Memory, snapshot: str | None) -> None:
        self.memory, self.snapshot = memory, snapshot

    def recall(
        self,
        key: Hashable,
        find: Callable[[], Answer],
        *,
        if_kept: Callable[[Answer], bool] = lambda answer: True,
    ) -> Answer:
        """Return the answer under this key, found anew if the snapshot is another.

        The key says all that the answer depends on besides the database; nobody may change the answer.
        """
        if self.snapshot is None:
            return find()
        with self.memory.lock:
            snapshot, answer = self.memory.answers.get(key, ("", None))
            if snapshot == self.snapshot:
                self.memory.answers.move_to_end(key)
                return cast(Answer, answer)
        found = find()
        if not if_kept(found):
            return found
        with self.memory.lock:
            self.memory.answers[key] = (self.snapshot, found)
            self.memory.answers.move_to_end(key)
            while len(self.memory.answers) > self.memory.size:
                self.memory.answers.popitem(last=False)
        return found


MEMORY = Memory(size=500)
