"""Compare gunicorn's threads with granian, on what they do and on how fast they are.

    .venv/bin/python -m pip install granian==2.8.7
    .venv/bin/python -m bench.servers [--rounds 5] [--seconds 2] [--projects 1000]

Both serve the same site from the same database, and are asked in turns, so that whatever else the machine
does strikes both. They run with their own settings, but for as many workers and threads as ours.
"""

import argparse
import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.behaviour import Start, behaviours
from bench.load import Load, ask
from bench.server import ROOT, Server, environment_for, free_port, make_database, wait_for
from fkj_portfolio import postgres
from fkj_portfolio.serve import SECONDS_TO_FINISH, THREADS_PER_WORKER

SITE = "fkj_portfolio.wsgi:application"
COMMANDS = {
    "gunicorn": (
        f"gunicorn --workers 2 --worker-class gthread --threads {THREADS_PER_WORKER} --keep-alive 30"
        f" --graceful-timeout {SECONDS_TO_FINISH} --no-control-socket --log-level critical --bind 127.0.0.1:{{}}"
    ),
    "granian": (
        f"granian --interface wsgi --workers 2 --blocking-threads {THREADS_PER_WORKER}"
        f" --workers-kill-timeout {SECONDS_TO_FINISH} --no-log --port {{}}"
    ),
    "granian, respawning": (
        f"granian --interface wsgi --workers 2 --blocking-threads {THREADS_PER_WORKER}"
        f" --workers-kill-timeout {SECONDS_TO_FINISH} --no-log --respawn-failed-workers --port {{}}"
    ),
}


class Measured:
    """A server that is asked, and what came of it since it was last told."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid
        self.loads: list[Load] = []
        self.cpu = 0.0

    def measure(self, address: str, at_once: int, seconds: float, *, counts: bool) -> None:
        """Ask for a while."""
        before = self.cpu_seconds()
        load = ask(self.port, address, at_once=at_once, seconds=seconds)
        if counts:
            self.loads.append(load)
            self.cpu += self.cpu_seconds() - before

    def cpu_seconds(self) -> float:
        """What the main process and its workers have used, whatever else the machine does."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        ticks = 0
        for pid in (self.pid, *children):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def figures(self) -> list[str]:
        """The medians of the rounds, and the time of the processor for each request; then begin anew."""
        requests = sum(len(each.times) for each in self.loads)
        told = [
            f"{statistics.median(each.rate for each in self.loads):.0f}",
            f"{statistics.median(each.percentile(0.5) for each in self.loads):.1f}",
            f"{statistics.median(each.percentile(0.95) for each in self.loads):.1f}",
            f"{self.cpu / requests * 1000:.2f}",
        ]
        self.loads, self.cpu = [], 0.0
        return told


def main() -> None:
    """Print what each server does, and then how fast the two are."""
    parser = argparse.ArgumentParser(prog="python -m bench.servers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--projects", type=int, default=1000)
    parser.add_argument("--at-once", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--only", choices=["behaviour", "speed"])
    options = parser.parse_args()
    if options.only != "speed":
        print_behaviours()
    if options.only != "behaviour":
        print_speeds(options)


def print_behaviours() -> None:
    """Print a row for each thing that was tried."""
    environment = {**os.environ, "PROBE_SECRET": "x"}
    tried: dict[str, dict[str, str]] = {}
    for server in COMMANDS:
        tried[server] = {}
        for what, came_of_it in behaviours(starter(server, environment)):
            tried[server][what] = came_of_it
            print(f"{server}: {what}: {came_of_it}", file=sys.stderr, flush=True)
    print(f"| | {' | '.join(tried)} |\n|{'---|' * (len(tried) + 1)}")
    for what in tried["gunicorn"]:
        print(f"| {what} | {' | '.join(each[what] for each in tried.values())} |")


def print_speeds(options: argparse.Namespace) -> None:
    """Print the medians of the rounds for each page and each number of clients."""
    database = make_database(postgres.start(ROOT, purpose="bench"), options.projects, anew=False)
    with tempfile.TemporaryDirectory() as bodies, contextlib.ExitStack() as running:
        environment = environment_for(database) | {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "BENCH_BODIES": bodies,
        }
        subprocess.run(
            [sys.executable, "-m", "fkj_portfolio.prepare"], env=environment, cwd=ROOT, check=True
        )
        servers = {}
        for server in ("gunicorn", "granian"):
            port = free_port()
            process = running.enter_context(starter(server, environment)(SITE, port))
            running.callback(process.terminate)
            wait_for(port, process)
            servers[server] = Measured(port, process.pid)
        print("\n| Page | At once | | req/s | p50 ms | p95 ms | CPU ms a request |")
        print("|---|---|---|---|---|---|---|")
        for page, address in pages(
            Server(servers["gunicorn"].port, database, Path(bodies))
        ).items():
            for at_once in options.at_once:
                print_speed(page, address, at_once, servers, options)


def pages(server: Server) -> dict[str, str]:
    """Return what is asked for; an address that nothing remembers is made anew each time."""
    overview = server.get("/").body.decode()
    (style,) = re.findall(r'href="(/static/css/site[^"]+)"', overview)
    return {
        "overview, remembered": "/",
        "overview, made anew": "/bench/anew",
        "empty view": server.empty_view("/"),
        "style sheet": style,
    }


def print_speed(
    page: str, address: str, at_once: int, servers: dict[str, Measured], options: argparse.Namespace
) -> None:
    """Ask the servers in turns; the first round is there to warm up."""
    for round_ in range(options.rounds + 1):
        for server in servers.values():
            server.measure(address, at_once, options.seconds, counts=round_ > 0)
    for name, server in servers.items():
        print(f"| {page} | {at_once} | {name} | {' | '.join(server.figures())} |", flush=True)


def starter(server: str, environment: dict[str, str]) -> Start:
    """Return how to start a server with an application at a port."""

    def start(application: str, port: int) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", *COMMANDS[server].format(port).split(), application]
        return subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    return start


if __name__ == "__main__":
    main()
