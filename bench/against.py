"""Compare how long pages take with how long they took at another commit, in one run on the same data.

    .venv/bin/python -m bench.against c085319 [--projects 1000] [--rounds 40]

Both make their pages in a process of their own, each with a database that its own code has filled, with the same
data or nothing is measured. They take turns request by request, and another begins each round, so that whatever
else the machine does meets both. The figures are the medians of this checkout, of the commit, and their ratio.
"""

import argparse
import contextlib
import statistics
from dataclasses import dataclass

from bench.machine import describe
from bench.sides import OFFICE, Side, sides
from bench.workers import Worker, in_turns, working

WARM_UP = 3
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
AFTER_COMMIT, AFTER_ANOTHER, AFTER_ITSELF, UNCHANGED = (
    "after a commit",
    "another project changed",
    "the project changed",
    "nothing changed",
)


@dataclass(frozen=True)
class Maker:
    """A side, the process that makes its pages, who asks for them, and what is changed before, by situation."""

    side: Side
    worker: Worker
    people: dict[str, str]
    project: str
    changed: dict[str, int]

    def change(self, situation: str) -> None:
        """Commit what belongs to a situation, if anything."""
        if situation in self.changed:
            self.side.change_something(self.changed[situation])

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
            for situation in situations(who, address):
                now, then = compare(makers, who, address, options.rounds, situation)
                print(
                    f"| {who} | {address} | {situation} | {now * 1000:.1f} | {then * 1000:.1f}"
                    f" | {now / then:.2f} |",
                    flush=True,
                )


def situations(who: str, address: str) -> tuple[str, ...]:
    """Return what may have happened since a page was opened; a reader's of a project outlasts changes of others."""
    if address != "PROJECT":
        return AFTER_COMMIT, UNCHANGED
    return (
        (AFTER_ANOTHER, AFTER_ITSELF, UNCHANGED) if who == "reader" else (AFTER_ITSELF, UNCHANGED)
    )


def make(side: Side, worker: Worker) -> Maker:
    """Find who asks for the pages of a side, and what can be changed there."""
    project, manager = side.find_manager()
    itself = side.find_key(project)
    another = side.find_another(itself)
    changed = {AFTER_COMMIT: another, AFTER_ANOTHER: another, AFTER_ITSELF: itself}
    return Maker(
        side, worker, {"reader": "", "manager": manager, "office": OFFICE}, project, changed
    )


def compare(
    makers: list[Maker], who: str, address: str, rounds: int, situation: str
) -> tuple[float, ...]:
    """Return the median seconds of each side, which take turns."""
    times: list[list[float]] = [[] for _maker in makers]
    for number in range(rounds + WARM_UP):
        for maker, taken in in_turns(list(zip(makers, times, strict=True)), number):
            maker.change(situation)
            seconds = maker.ask(who, address)
            if number >= WARM_UP:
                taken.append(seconds)
    return tuple(statistics.median(taken) for taken in times)


if __name__ == "__main__":
    main()
