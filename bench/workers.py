"""Processes that make pages one at a time, so that several checkouts or settings can take turns."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bench.sides import ANY_COMMIT, Side

Taker = TypeVar("Taker")


@dataclass(frozen=True)
class Made:
    """What a process has answered, and the seconds that it took, by the clock and of its processor."""

    status: int
    seconds: float
    worked: float
    leads_to: str
    page: str


class Worker:
    """A process that makes the pages of one side."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def ask(
        self,
        who: str,
        address: str,
        *,
        fields: dict[str, str | list[str]] | None = None,
        shows_page: bool = False,
        status: int = 200,
    ) -> Made:
        """Open an address, or send these fields there, as somebody whose e-mail this is; a reader has none."""
        asked = {"who": who, "address": address, "fields": fields, "shows_page": shows_page}
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(asked), file=self.process.stdin, flush=True)
        made = Made(**json.loads(self.process.stdout.readline()))
        if made.status != status:
            raise RuntimeError(f"{asked}: {made.status}")
        return made


@contextlib.contextmanager
def working(side: Side, **environment: str) -> Iterator[Worker]:
    """Run a process that makes the pages of a side."""
    with subprocess.Popen(
        [sys.executable, str(ANY_COMMIT / "worker.py")],
        env=side.environment | environment,
        cwd=side.where,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Worker(process)
        finally:
            process.kill()


def in_turns(takers: Sequence[Taker], number: int) -> list[Taker]:
    """Return those who take turns in the order of a round; another begins each time."""
    begins = number % len(takers)
    return [*takers[begins:], *takers[:begins]]
