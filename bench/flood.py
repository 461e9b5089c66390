"""How ordinary pages fare while somebody asks for the costliest there is, again and again, and goes.

    .venv/bin/python -m bench.flood [--projects 10000] [--at-once 48]

Each of the flood asks for another day and drops its connection after two seconds, so that nothing is remembered
for the next. Meanwhile somebody reads an ordinary page, made anew each time, a static file and the health.
"""

import argparse
import datetime
import os
import re
import socket
import statistics
import tempfile
import threading
import time
from pathlib import Path

from bench.server import Server, make_database, serve
from fkj_portfolio import postgres

SECONDS_UNTIL_GONE = 2
TIMEOUT = 60


def main() -> None:
    """Print the times of each page before and during the flood, and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m bench.flood", description=__doc__)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--at-once", type=int, default=48)
    parser.add_argument("--seconds", type=float, default=15)
    options = parser.parse_args()
    database = make_database(
        os.environ.get("DATABASE_URL") or postgres.start(Path.cwd(), purpose="bench"),
        options.projects,
        anew=False,
    )
    with tempfile.TemporaryDirectory() as bodies, serve(database, Path(bodies)) as server:
        pages = _pages(server)
        before = _ask(server, pages, seconds=options.seconds)
        done = threading.Event()
        flood = [
            threading.Thread(target=_flood, args=(server, number, done), daemon=True)
            for number in range(options.at_once)
        ]
        for each in flood:
            each.start()
        during = _ask(server, pages, seconds=options.seconds)
        done.set()
    print("| | before: p50 ms | max ms | during: p50 ms | p95 ms | max ms | p50, times |")
    print("|---|---|---|---|---|---|---|")
    for name in pages:
        quiet, busy = sorted(before[name]), sorted(during[name])
        print(
            f"| {name} | {statistics.median(quiet):.1f} | {quiet[-1]:.1f} |"
            f" {statistics.median(busy):.1f} | {busy[int(0.95 * (len(busy) - 1))]:.1f} |"
            f" {busy[-1]:.1f} | {statistics.median(busy) / statistics.median(quiet):.1f} |"
        )


def _pages(server: Server) -> dict[str, str]:
    overview = server.get("/").body.decode()
    (style,) = re.findall(r'href="(/static/css/site[^"]+)"', overview)
    return {
        "overview, made anew": "/",
        "overview, remembered": "/",
        "style sheet": style,
        "alive": "/helse/lever",
    }


def _ask(server: Server, pages: dict[str, str], *, seconds: float) -> dict[str, list[float]]:
    """Ask for each page in turn, for so long; return the milliseconds of each answer."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    until = time.monotonic() + seconds
    while time.monotonic() < until or len(times["alive"]) < 5:
        for name, address in pages.items():
            if name.endswith("anew"):
                server.change_something()
            began = time.perf_counter()
            server.get(address)
            times[name].append((time.perf_counter() - began) * 1000)
    return times


def _flood(server: Server, number: int, done: threading.Event) -> None:
    day = datetime.date.today() - datetime.timedelta(days=100 + number * 5)  # noqa: DTZ011
    while not done.is_set():
        day -= datetime.timedelta(days=1)
        address = f"/?per={day}&sok=felles+journal&grupper=eier&vis=tidslinje"
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=TIMEOUT) as asked:
                asked.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                time.sleep(SECONDS_UNTIL_GONE)
        except OSError:
            time.sleep(0.1)


if __name__ == "__main__":
    main()
