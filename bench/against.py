"""Compare how long pages take with how long they took at another commit, in one run on the same data.

    .venv/bin/python -m bench.against c085319 [--projects 1000] [--rounds 40]

Both make their pages in a process of their own, each with a database that its own code has filled, and
take turns request by request, so that whatever else the machine does meets both. The figures are the
medians of this checkout, of the commit, and their ratio.
"""

import argparse
import contextlib
import statistics
from dataclasses import dataclass

from bench.machine import describe
from bench.sides import OFFICE, Side, sides
from bench.workers import Worker, working

NARROW = "/?status=betydelige-utfordringer&risiko=hoy&sorter=-status"
#: A manager's own project, and what the office, a manager and a reader open.
PAGES = [
    ("office", "/"),
    ("office", NARROW),
    ("office", "/?sok=felles+journal"),
    ("office", "/?grupper=eier"),
    ("office", "/?vis=fordeling"),
    ("office", "/?vis=tidslinje"),
    ("manager", "PROJECT"),
    ("reader", "/"),
    ("reader", NARROW),
    ("reader", "PROJECT"),
    ("reader", "/endringer/"),
]


@dataclass(frozen=True)
class Maker:
    """A side, the process that makes its pages, and who asks for them."""

    side: Side
    worker: Worker
    people: dict[str, str]
    project: str

    def ask(self, who: str, address: str) -> float:
        """Return the seconds that a page took."""
        address = address.replace("PROJECT", f"/prosjekter/{self.project}/")
        return self.worker.ask(self.people[who], address).seconds


def main() -> None:
    """Measure page by page; print the medians and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m bench.against", description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--projects", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    with sides(options.commit, projects=options.projects) as both, contextlib.ExitStack() as stack:
        print(describe(both[0]))
        makers = [make(side, stack.enter_context(working(side))) for side in both]
        print("| who | page | situation | now, ms | then, ms | ratio |\n|---|---|---|---|---|---|")
        for who, address in PAGES:
            for is_changed in (True, False):
                now, then = compare(makers, who, address, options.rounds, is_changed=is_changed)
                situation = "after a commit" if is_changed else "nothing changed"
                print(
                    f"| {who} | {address} | {situation} | {now * 1000:.1f} | {then * 1000:.1f}"
                    f" | {now / then:.2f} |",
                    flush=True,
                )


def make(side: Side, worker: Worker) -> Maker:
    """Find who asks for the pages of a side."""
    project, manager = side.find_manager()
    return Maker(side, worker, {"reader": "", "manager": manager, "office": OFFICE}, project)


def compare(
    makers: list[Maker], who: str, address: str, rounds: int, *, is_changed: bool
) -> tuple[float, ...]:
    """Return the median seconds of each side, which take turns."""
    times: list[list[float]] = [[] for _maker in makers]
    for number in range(rounds + 3):
        for maker, taken in zip(makers, times, strict=True):
            if is_changed:
                maker.side.change_something()
            seconds = maker.ask(who, address)
            if number >= 3:
                taken.append(seconds)
    return tuple(statistics.median(taken) for taken in times)


if __name__ == "__main__":
    main()
