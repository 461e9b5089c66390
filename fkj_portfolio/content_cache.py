"""Answers that hold as long as what the portfolio contains does not change.

Counting a hundred thousand projects takes longer than showing twenty-five of them. What was counted is
kept in the process, together with the mark of the content that it was read with: a later query with
the same mark would read the same rows. Whatever anyone commits that a page shows changes the mark
(`projects/sql/content_marks.sql`), so nothing has to be told that something has changed; what concerns
no page changes nothing.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, NamedTuple, TypeVar, cast

from django.db import connection

from fkj_portfolio.http import SiteRequest

Answer = TypeVar("Answer")

#: No answer takes more than this part of the room, or one question would push out all others.
LARGEST_PART = 10


def pickled_bytes(answer: Any) -> int:
    """Return about how much room an answer takes."""
    return len(pickle.dumps(answer))


class Kept(NamedTuple):
    """An answer, the mark of the content that it was read with, and the bytes that it takes with its question."""

    mark: str
    answer: object
    weight: int


class ContentCache:
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

    def keep(self, key: Hashable, mark: str, answer: object) -> None:
        """Keep an answer unless it is too large, and forget what there is no room for any more."""
        weight = self.weigh(answer) + pickled_bytes(key)
        with self.lock:
            self.answers.pop(key, None)
            if weight > self.room // LARGEST_PART:
                return
            self.answers[key] = Kept(mark, answer, weight)
            filled = sum(kept.weight for kept in self.answers.values())
            while len(self.answers) > self.size or filled > self.room:
                filled -= self.answers.popitem(last=False)[1].weight

    def open(self, request: SiteRequest | None = None, *, project: str = "") -> "OpenContentCache":
        """Ask the database which mark the content has now, in one query; once for a request.

        Of a `project`, by its name in addresses, it is the mark of its own rows and of what projects share.
        """
        if project:
            return OpenContentCache(self, _read_mark("projects_content_mark_of(%s)", project))
        if request is None:
            return OpenContentCache(self, _read_mark("projects_content_mark()"))
        if not hasattr(request, "content_mark"):
            request.content_mark = _read_mark("projects_content_mark()")
        return OpenContentCache(self, request.content_mark)


#: Another after each promotion: an answer may tell of a change that was committed while it was found, under the
#: mark from before; where that change was lost, the mark would hold again. A replica knows of it at its next checkpoint.
TIMELINE = (
    "CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id::text FROM pg_control_checkpoint())"
    " ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END"
)


def _read_mark(function: str, *parameters: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {TIMELINE} || public.{function}", parameters)
        mark: str | None = cursor.fetchone()[0]
        return mark


class OpenContentCache:
    """The memory as of one content; None when nothing may be remembered."""

    def __init__(self, memory: ContentCache, mark: str | None) -> None:
        self.memory, self.mark = memory, mark

    def recall(
        self,
        key: Hashable,
        find: Callable[[], Answer],
        *,
        if_kept: Callable[[Answer], bool] = lambda answer: True,
    ) -> Answer:
        """Return the answer under this key, found anew if the content is another.

        The key says all that the answer depends on besides the database; nobody may change the answer.
        """
        if self.mark is None:
            return find()
        with self.memory.lock:
            kept = self.memory.answers.get(key)
            if kept and kept.mark == self.mark:
                self.memory.answers.move_to_end(key)
                return cast(Answer, kept.answer)
        found = find()
        if if_kept(found):
            self.memory.keep(key, self.mark, found)
        return found


#: Of each process; what is counted for one state of the overview has some thousand bytes.
ANSWERS = ContentCache(size=500, room=10_000_000)
