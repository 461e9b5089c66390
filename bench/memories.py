"""What each memory of a process earns: the same pages with each of them switched off in turn.

    .venv/bin/python -m bench.memories [--projects 1000] [--rounds 40] [--processor]

Each round changes a project; then the office opens the overview and a part of it, a manager her project, the office two
pages of the history, and readers so many pages as a process of two is asked for between two changes in a week of reporting (`bench.week`). A process for each
memory makes them without that one; they use one database and take turns page by page. The figures are
means, and beside them how many times that with all memories; and the memory of the process in the end. With
`--processor` it is the time of the process alone, which other work on the machine hardly changes.
"""

import argparse
import contextlib
import itertools
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from bench.machine import describe
from bench.memory import memory_of
from bench.people import FILTERED, PROJECT, Lists, visits
from bench.sides import OFFICE, Side, sides
from bench.without import memories
from bench.workers import Worker, in_turns, working

READ_IN_A_ROUND = 9
#: Rounds in which the memories fill, and nothing is counted.
WARM_UP = 8

KINDS = (
    *("reader: overview", "reader: overview, filtered", "reader: project"),
    *("office: overview", "office: overview, filtered", "manager: project", "office: history"),
)


@dataclass(frozen=True)
class Tried:
    """A process that does without a memory, and the seconds of each kind of page."""

    worker: Worker
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def mean(self, kind: str) -> float:
        """The milliseconds of a page."""
        return statistics.mean(self.seconds[kind]) * 1000


def main() -> None:
    """Measure round by round; print a row for each memory."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.memories",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--projects", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--processor", action="store_true")
    options = parser.parse_args()
    with sides(None, projects=options.projects) as (side,), contextlib.ExitStack() as stack:
        print(describe(side))
        tried = {
            name: Tried(stack.enter_context(working(side, BENCH_WITHOUT=name)))
            for name in ("", *memories())
        }
        for each in tried.values():
            look_around(each.worker)
        measure(side, list(tried.values()), options)
        print_table(tried)


def measure(side: Side, tried: list[Tried], options: argparse.Namespace) -> None:
    """Ask every process for the same pages; who is asked first changes with each page."""
    turns = itertools.count()
    rounds = itertools.islice(week(side, tried[0].worker), WARM_UP + options.rounds)
    for number, asked in enumerate(rounds):
        for kind, who, address in asked:
            for each in in_turns(tried, next(turns)):
                made = each.worker.ask(who, address)
                if number >= WARM_UP:
                    each.seconds[kind].append(made.worked if options.processor else made.seconds)


def week(side: Side, worker: Worker) -> Iterator[list[tuple[str, str, str]]]:
    """Change something, round by round, and tell what is opened then: the kind, by whom, and the address."""
    random = Random(1)
    project, manager = side.find_manager()
    reading = visits(look_around(worker), random)
    managed = [
        key
        for (key,) in side.find(
            "SELECT DISTINCT project_id FROM projects_project_managers ORDER BY 1 LIMIT 20"
        )
    ]
    for number in itertools.count():
        side.change_something(random.choice(managed))
        yield [
            ("office: overview", OFFICE, "/"),
            ("office: overview, filtered", OFFICE, FILTERED[number % len(FILTERED)]),
            ("manager: project", manager, f"/prosjekter/{project}/"),
            ("office: history", OFFICE, "/historikk/"),
            ("office: history", OFFICE, "/historikk/?side=2"),
            *(
                (f"reader: {kind}", "", address)
                for kind, address in itertools.islice(reading, READ_IN_A_ROUND)
            ),
        ]


def look_around(worker: Worker) -> Lists:
    """Read which projects each state of the overview shows."""
    shown = {
        address: list(dict.fromkeys(PROJECT.findall(worker.ask("", address, shows_page=True).page)))
        for address in ("/", *FILTERED)
    }
    return {address: projects or shown["/"] for address, projects in shown.items()}


def print_table(tried: Mapping[str, Tried]) -> None:
    """Print the means of each kind of page without each memory."""
    everything = tried[""]
    print(f"| without | {' | '.join(f'{kind}, ms' for kind in KINDS)} | process, MB |")
    print(f"|{'---|' * (len(KINDS) + 2)}")
    for name, each in tried.items():
        cells = [f"{each.mean(kind):.1f}" for kind in KINDS]
        if name:
            times = [each.mean(kind) / everything.mean(kind) for kind in KINDS]
            cells = [f"{cell} ({ratio:.2f})" for cell, ratio in zip(cells, times, strict=True)]
        memory = memory_of(each.worker.process.pid).rss
        print(f"| {name or 'nothing'} | {' | '.join(cells)} | {memory:.0f} |")


if __name__ == "__main__":
    main()
