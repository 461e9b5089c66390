"""The table of what was measured, and what it says of the targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bench.load import Load
from bench.pages import Bytes, Page

HEAD = [
    "Page", "Projects", "Queries", "kB", "kB compressed", "1: req/s", "p50 ms", "p95 ms",
    "8: req/s", "p50 ms", "p95 ms", "After a change ms", "Empty view 1: req/s", "8: req/s",
    "Share of it 1", "8",
]  # fmt: skip
MOST_QUERIES = 8
FIRST_LOAD, LATER_LOAD = 150_000, 15_000
#: How many times the time with the fewest projects a size may take.
GROWTH = {10_000: 1.5, 100_000: 3.0}
#: The least share of the speed of the empty view.
SHARES = {"overview": 1 / 10, "project": 1 / 4}
#: How many times the time of the page beside it a page may take.
BESIDE = 3.0


@dataclass(frozen=True)
class Figures:
    """What was measured of a page with so many projects."""

    page: Page
    size: int
    queries: int
    bytes: Bytes
    after_change: Load
    alone: Load
    eight: Load
    empty_alone: Load
    empty_eight: Load

    @property
    def made_in(self) -> float:
        """The milliseconds that it takes when nothing of it is remembered."""
        return self.after_change.percentile(0.5)

    @property
    def shares(self) -> tuple[float, float]:
        """Its speed as a share of the empty view's, asked by one and by eight."""
        return (
            self.alone.rate / self.empty_alone.rate,
            self.eight.rate / self.empty_eight.rate,
        )

    @property
    def told(self) -> str:
        """The most important of it in a line."""
        return (
            f"{self.page.name}, {self.size} projects: {self.queries} queries,"
            f" {self.alone.percentile(0.5):.1f} ms"
        )

    @property
    def row(self) -> list[str]:
        """Its row in the table."""
        speed = [
            f"{number:.1f}"
            for load in (self.alone, self.eight)
            for number in (load.rate, load.percentile(0.5), load.percentile(0.95))
        ]
        return [
            self.page.name,
            f"{self.size:,}",
            str(self.queries),
            f"{self.bytes.raw / 1000:.1f}",
            f"{self.bytes.compressed / 1000:.1f}",
            *speed,
            f"{self.made_in:.1f}",
            f"{self.empty_alone.rate:.0f}",
            f"{self.empty_eight.rate:.0f}",
            *(f"1/{1 / share:.1f}" for share in self.shares),
        ]


class Target(NamedTuple):
    """What was to be reached, what was, and whether that is enough."""

    text: str
    reached: str
    is_met: bool


def print_table(figures: list[Figures]) -> None:
    """Print everything, a row for each page and size."""
    print(f"| {' | '.join(HEAD)} |")
    print(f"|{'---|' * len(HEAD)}")
    for page in dict.fromkeys(each.page.name for each in figures):
        for each in figures:
            if each.page.name == page:
                print(f"| {' | '.join(each.row)} |")


def print_verdict(figures: list[Figures]) -> None:
    """Print each target: met, or missed and by how much."""
    print("\n| Target | Reached | |\n|---|---|---|")
    for target in targets(figures):
        verdict = "met" if target.is_met else "**missed**"
        print(f"| {target.text} | {target.reached} | {verdict} |")


def targets(figures: list[Figures]) -> Iterator[Target]:
    """Each target of the issues."""
    yield from _queries(figures)
    yield from _growth(figures)
    yield from _shares(figures)
    yield from _beside(figures)
    for what, most, weights in (
        ("first load of any page", FIRST_LOAD, [each.bytes.first_load for each in figures]),
        ("later loads", LATER_LOAD, [each.bytes.compressed for each in figures]),
    ):
        heaviest = max(weights)
        page = figures[weights.index(heaviest)]
        reached = f"{heaviest / 1000:.1f} kB ({page.page.name}, {page.size:,} projects)"
        yield Target(f"{what} under {most / 1000:.0f} kB compressed", reached, heaviest < most)


def _queries(figures: list[Figures]) -> Iterator[Target]:
    for page, rows in _by_page(figures):
        counts = sorted({each.queries for each in rows})
        target = f"{page.name}: as many queries at every size"
        is_met = len(counts) == 1
        if page.is_overview:
            target += f", and no more than {MOST_QUERIES}"
            is_met = is_met and counts[-1] <= MOST_QUERIES
        yield Target(target, ", ".join(map(str, counts)), is_met)


def _growth(figures: list[Figures]) -> Iterator[Target]:
    for page, rows in _by_page(figures):
        if page.name != "overview":
            continue
        least = rows[0]
        for each in rows:
            if most := GROWTH.get(each.size):
                times = each.made_in / least.made_in
                again = each.alone.percentile(0.5) / least.alone.percentile(0.5)
                yield Target(
                    f"overview with {each.size:,} projects: at most {most} times the time with"
                    f" {least.size:,}",
                    f"{times:.1f} times; repeated {again:.1f} times",
                    times <= most,
                )


def _shares(figures: list[Figures]) -> Iterator[Target]:
    for page, (least, *_more) in _by_page(figures):
        if share := SHARES.get(page.name):
            one, eight = least.shares
            yield Target(
                f"{page.name} with {least.size:,} projects: at least 1/{1 / share:.0f} of the"
                " empty view",
                f"1/{1 / one:.1f} asked by one, 1/{1 / eight:.1f} asked by eight",
                min(one, eight) >= share,
            )


def _beside(figures: list[Figures]) -> Iterator[Target]:
    times = {(each.page.name, each.size): each.made_in for each in figures}
    for each in figures:
        if beside := times.get((each.page.beside, each.size)):
            share = each.made_in / beside
            yield Target(
                f"{each.page.name}, {each.size:,} projects: at most {BESIDE:.0f} times"
                f" {each.page.beside}",
                f"{share:.1f} times",
                share <= BESIDE,
            )


def _by_page(figures: list[Figures]) -> Iterator[tuple[Page, list[Figures]]]:
    for name in dict.fromkeys(each.page.name for each in figures):
        rows = sorted(
            (each for each in figures if each.page.name == name), key=lambda row: row.size
        )
        yield rows[0].page, rows
