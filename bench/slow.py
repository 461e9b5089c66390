"""Compare the slowest pages with how long they took at another commit: the history, and a search as of a day.

    .venv/bin/python -m bench.slow c085319 [--projects 10000] [--rounds 10]

The office opens the history, and a reader the overview as of a year ago, without a search, with one that finds a few
projects and with one that finds most. Each commit makes them in a process with a database of its own, with the same
data; they take turns request by request, and another begins each round. The figures are the medians of this checkout
and of the commit, their ratio, and how many times a page with a search takes that without one.
"""

import argparse
import contextlib
import datetime
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.machine import describe
from bench.sides import OFFICE, Side, sides
from bench.workers import Made, Worker, in_turns, working

WARM_UP = 2


@dataclass(frozen=True)
class Page:
    """A page, who opens it, and whether something was changed before; `beside` is the name of that without a search."""

    name: str
    who: str
    address: str
    is_changed: bool = True
    beside: str = ""

    @property
    def situation(self) -> str:
        """What has happened since it was last opened."""
        return "after a commit" if self.is_changed else "nothing changed"


@dataclass(frozen=True)
class Maker:
    """A side with the process that makes its pages, and what it made, by the page."""

    side: Side
    worker: Worker
    made: dict[Page, list[Made]] = field(default_factory=dict)

    def make(self, page: Page) -> Made:
        """Open a page."""
        if page.is_changed:
            self.side.change_something()
        return self.worker.ask(page.who, page.address, shows_page=True)

    def milliseconds(self, page: Page) -> float:
        """Return the median of what a page took."""
        return statistics.median(made.seconds for made in self.made[page]) * 1000

    def kilobytes(self, page: Page) -> float:
        """Return how much the page is."""
        return statistics.median(len(made.page.encode()) for made in self.made[page]) / 1000


def main() -> None:
    """Measure round by round; print a row for each page."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.slow",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("commit")
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    with sides(options.commit, projects=options.projects) as both, contextlib.ExitStack() as stack:
        print(describe(both[0]))
        makers = [Maker(side, stack.enter_context(working(side))) for side in both]
        pages = list(pages_as_of(datetime.date.today() - datetime.timedelta(days=365)))  # noqa: DTZ011
        for page in pages:
            compare(makers, page, options.rounds)
        print("\n".join(table(makers, pages)))


def pages_as_of(day: datetime.date) -> Iterator[Page]:
    """The pages that are measured."""
    yield Page("history", OFFICE, "/historikk/")
    yield Page("history", OFFICE, "/historikk/", is_changed=False)
    yield Page("as of a day", "", f"/?per={day}")
    for name, words in (("narrow", "felles+journal+valdres"), ("broad", "kommunene")):
        yield Page(
            f"{name} search as of a day", "", f"/?sok={words}&per={day}", beside="as of a day"
        )


def compare(makers: list[Maker], page: Page, rounds: int) -> None:
    """Open a page with each side, which take turns."""
    for number in range(rounds + WARM_UP):
        for maker in in_turns(makers, number):
            made = maker.make(page)
            if number >= WARM_UP:
                maker.made.setdefault(page, []).append(made)


def table(makers: list[Maker], pages: list[Page]) -> Iterator[str]:
    """The rows, with the ratios to the commit and to the page without a search."""
    now, then = makers
    beside = {page.name: page for page in pages}
    yield "| page | address | situation | now, kB | then, kB | now, ms | then, ms | ratio | now, times without | then |"
    yield f"|{'---|' * 10}"
    for page in pages:
        cells = [page.name, page.address, page.situation]
        cells += [f"{maker.kilobytes(page):,.0f}" for maker in makers]
        cells += [f"{maker.milliseconds(page):,.0f}" for maker in makers]
        cells += [f"{now.milliseconds(page) / then.milliseconds(page):.2f}"]
        cells += [
            f"{maker.milliseconds(page) / maker.milliseconds(beside[page.beside]):.1f}"
            if page.beside
            else ""
            for maker in makers
        ]
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
