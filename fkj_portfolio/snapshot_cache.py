"""Answers that hold as long as nothing in the database changes.

Counting a hundred thousand projects takes longer than showing twenty-five of them. What was counted is
kept in the process, together with the snapshot of the database that it was read in: a later query in
the same snapshot would read the same rows. Whatever anyone commits makes another snapshot, so nothing
has to be told that something has changed, and nothing can be forgotten.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, NamedTuple, TypeVar, cast

from django.db import connection

from fkj_portfolio.http import SiteRequest

Answer = TypeVar("Answer")

#: A transaction that has written sees rows of its own, which its snapshot does not tell of.
SNAPSHOT = (
    "SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL THEN pg_current_snapshot()::text END"
)


#: No answer takes more than this part of the room, or one question would push out all others.
LARGEST_PART = 10


def pickled_bytes(answer: Any) -> int:
    """Return about how much room an answer takes."""
    return len(pickle.dumps(answer))


class Kept(NamedTuple):
    """An answer, the snapshot that it was read in, and the bytes that it takes with its question."""

    snapshot: str
    answer: object
    weight: int


class SnapshotCache:
    """The newest answers, the least used forgotten first; shared by the threads of a process.

    Whoever asks decides how many answers there are and how long: so there are no more than `size`,
    and all together no more bytes than `room`.
    """

    def __init__(
        self, *, size: int, room: int, weigh: Callable[[Any], int] = pickled_bytes
    ) -> None:
        self.size, self.room, self.weigh = size, room, weigh
        self.answers: OrderedDict[Hashable, Kept] = OrderedDict()
        self.lock = Lock()

    def keep(self, key: Hashable, snapshot: str, answer: object) -> None:
        """Keep an answer unless it is too large, and forget what there is no room for any more."""
        weight = self.weigh(answer) + pickled_bytes(key)
        with self.lock:
            self.answers.pop(key, None)
            if weight > self.room // LARGEST_PART:
                return
            self.answers[key] = Kept(snapshot, answer, weight)
            filled = sum(kept.weight for kept in self.answers.values())
            while len(self.answers) > self.size or filled > self.room:
                filled -= self.answers.popitem(last=False)[1].weight

    def open(self, request: SiteRequest | None = None) -> "OpenSnapshotCache":
        """Ask the database which snapshot holds now, in one query; once for a request."""
        if request is None:
            return OpenSnapshotCache(self, _read_snapshot())
        if not hasattr(request, "snapshot"):
            request.snapshot = _read_snapshot()
        return OpenSnapshotCache(self, request.snapshot)


def _read_snapshot() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT)
        snapshot: str | None = cursor.fetchone()[0]
        return snapshot


class OpenSnapshotCache:
    """The memory as of one snapshot; None when nothing may be remembered."""

    def __init__(self, memory: SnapshotCache, snapshot: str | None) -> None:
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
            kept = self.memory.answers.get(key)
            if kept and kept.snapshot == self.snapshot:
                self.memory.answers.move_to_end(key)
                return cast(Answer, kept.answer)
        found = find()
        if if_kept(found):
            self.memory.keep(key, self.snapshot, found)
        return found


#: Of each process; what is counted for one state of the overview has some thousand bytes.
ANSWERS = SnapshotCache(size=500, room=10_000_000)
