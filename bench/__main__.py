"""Measure the site with 100 to 100,000 projects, and say which targets are met.

    .venv/bin/python -m bench [--sizes 100 1000] [--seconds 3] [--anew]

DATABASE_URL says on which PostgreSQL; its user may make databases there. Without it a private one
is started, as `do.py` does.
"""

import argparse
import datetime
import os
import sys
import tempfile
import time
from pathlib import Path

from bench.load import Load, ask, ask_alone
from bench.pages import Page, pages_of, weigh
from bench.report import Figures, print_table, print_verdict
from bench.server import ROOT, Server, make_database, serve
from fkj_portfolio import postgres

SIZES = [100, 1_000, 10_000, 100_000]
CHANGES = 15


def main() -> None:
    """Measure size by size; print what was measured, and what it says of the targets."""
    options = read_options()
    server = os.environ.get("DATABASE_URL") or postgres.start(ROOT, purpose="bench")
    figures: list[Figures] = []
    for size in options.sizes:
        database = make_database(server, size, anew=options.anew)
        with tempfile.TemporaryDirectory() as bodies, serve(database, Path(bodies)) as running:
            figures += measure_size(running, size, options)
    print_table(figures)
    print_verdict(figures)


def read_options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--seconds", type=float, default=3, help="how long each load lasts")
    parser.add_argument("--pages", nargs="+", help="the names of some pages; all by default")
    parser.add_argument("--anew", action="store_true", help="make the databases anew")
    return parser.parse_args()


def measure_size(server: Server, size: int, options: argparse.Namespace) -> list[Figures]:
    """Measure every page of a portfolio that was asked for."""
    figures = []
    for page in pages_of(server, datetime.date.today()):  # noqa: DTZ011  the day of make_portfolio
        is_wanted = not options.pages or page.name in options.pages
        if is_wanted and (page.up_to is None or size <= page.up_to):
            figures.append(measure(server, page, size, seconds=options.seconds))
            tell(figures[-1])
    return figures


def measure(server: Server, page: Page, size: int, *, seconds: float) -> Figures:
    """Measure a page, and the empty view with the same bytes, on a server that is warm."""
    empty = server.empty_view(page.address)
    for address in (page.address, empty):
        ask(server.port, address, at_once=8, seconds=seconds / 2)
    return Figures(
        page=page,
        size=size,
        queries=server.count_queries(page.address),
        bytes=weigh(server, page.address),
        after_change=measure_changes(server, page),
        alone=ask(server.port, page.address, at_once=1, seconds=seconds),
        eight=ask(server.port, page.address, at_once=8, seconds=seconds),
        empty_alone=ask(server.port, empty, at_once=1, seconds=seconds),
        empty_eight=ask(server.port, empty, at_once=8, seconds=seconds),
    )


def measure_changes(server: Server, page: Page) -> Load:
    """Time the first request after a change, a few times."""
    times: list[float] = []
    for _change in range(CHANGES):
        server.change_something()
        times += ask_alone(server.port, page.address, until=time.perf_counter(), at_least=1)
    return Load(sorted(times), sum(times))


def tell(figures: Figures) -> None:
    """Say on the way what has been measured; the table goes to the other output."""
    print(figures.told, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
