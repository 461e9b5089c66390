"""Work that is begun when the answer has been sent, and done in a few threads of the process.

What waits is lost when the process is killed: this is for letters that can be asked for again.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from django.core.signals import request_finished
from django.db import connections
from django.dispatch import receiver
from django.utils.translation import get_language, override

logger = logging.getLogger(__name__)

#: A mail server that does not answer holds a thread for some seconds; no thread of the server waits for it.
THREADS = 4
#: How much may wait. Whoever asks for more than a mail server can take gets less.
MOST_WAITING = 200

_POOL = ThreadPoolExecutor(THREADS, thread_name_prefix="later")
_ROOM = threading.BoundedSemaphore(MOST_WAITING)


class _PutOff(threading.local):
    """Work that the request which this thread answers has put off."""

    def __init__(self) -> None:
        self.work: list[Callable[[], None]] = []


_PUT_OFF = _PutOff()


def after_answer(work: Callable[[], None]) -> None:
    """Do this when the request has been answered, in the language of now; it is done with its errors by itself."""
    if not _ROOM.acquire(blocking=False):
        logger.error("Too much waits to be done after the answers; %s is left out.", _name(work))
        return
    # The language is not a part of the context: asgiref keeps it by thread.
    context, language = copy_context(), get_language()
    _PUT_OFF.work.append(lambda: context.run(_do, work, language))


@receiver(request_finished)
def _answer_is_sent(**_signal: Any) -> None:
    begun, _PUT_OFF.work = _PUT_OFF.work, []
    for work in begun:
        _start(work)


def _start(work: Callable[[], None]) -> None:
    _POOL.submit(_then_close_connections, work)


def _then_close_connections(work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        connections.close_all()


def _do(work: Callable[[], None], language: str | None) -> None:
    try:
        with override(language):
            work()
    except Exception as error:
        # What an error says may hold what nobody should read in a log, such as an address.
        logger.error("%s failed with %s.", _name(work), type(error).__name__)
    finally:
        _ROOM.release()


def _name(work: Callable[[], None]) -> str:
    return getattr(getattr(work, "func", work), "__qualname__", "work")
