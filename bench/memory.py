"""Memory of a server's workers, as the kernel counts it."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

WORKERS = 2
SECONDS_TO_REST = 60


@dataclass(frozen=True)
class Memory:
    """Megabytes of the workers together: what each has in memory, and what is not counted twice."""

    rss: float
    pss: float


def memory_of_workers(pid: int) -> Memory:
    """Read the memory of the workers of a main process: its largest children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    each = sorted((memory_of(int(child)) for child in children), key=lambda memory: memory.rss)
    workers = each[-WORKERS:]
    return Memory(sum(one.rss for one in workers), sum(one.pss for one in workers))


def memory_of(pid: int) -> Memory:
    """Read the memory of a process."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    rss, pss = (
        int(re.search(rf"^{name}: +(\d+) kB", told, re.MULTILINE)[1]) / 1000
        for name in ("Rss", "Pss")
    )
    return Memory(rss, pss)


def memory_at_rest(pid: int) -> Memory:
    """Wait until the workers have loaded what they serve and are idle; read their memory then."""
    readings: list[Memory] = []
    deadline = time.monotonic() + SECONDS_TO_REST
    while time.monotonic() < deadline:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if len(children) >= WORKERS:
            readings.append(memory_of_workers(pid))
        if len(readings) >= 4 and len(set(readings[-4:])) == 1:
            return readings[-1]
        time.sleep(0.5)
    raise RuntimeError("The workers do not come to rest.")
