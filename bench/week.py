"""A week of reporting on the real server: eight read, three managers save every two seconds, the office confirms.

    .venv/bin/python -m bench.week [c085319] [--projects 1000] [--turns 6] [--seconds 6] [--beside elsewhere logins]

With a commit its server takes turns with ours, each with a database that its own code has filled. So does the week by
itself with one beside which somebody commits five times a second: in another database of the same
PostgreSQL (`elsewhere`), or by logins and heartbeats in this one (`logins`).

A commit that serves with granian needs it: `pip install --target FOLDER granian==2.8.7`, and `PYTHONPATH=FOLDER`.
"""

import argparse
import contextlib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from random import Random
from urllib.parse import urlsplit

import psycopg

from bench.browser import Browser
from bench.machine import describe
from bench.memory import memory_at_rest, memory_of_workers
from bench.people import Manager, Week, look_around
from bench.sides import OFFICE, Side, sides
from bench.week_report import ALONE, Site, print_report

READERS, MANAGERS = 8, 3
COMMITS_A_SECOND = 5
#: Pages of each reader, without a pause, before anything is measured.
PAGES_TO_WARM_UP = 150


def main() -> None:
    """Measure turn by turn; print what came of it."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.week",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("commit", nargs="?")
    parser.add_argument("--projects", type=int, default=1_000)
    parser.add_argument("--turns", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=6, help="of each turn")
    parser.add_argument("--pause", type=float, default=0.2, help="seconds a reader looks at a page")
    parser.add_argument("--beside", nargs="*", default=["elsewhere"], choices=list(BESIDE))
    options = parser.parse_args()
    with sides(options.commit, projects=options.projects) as both, contextlib.ExitStack() as stack:
        print(describe(both[0]))
        sites = [open_site(side, stack) for side in both]
        weeks = list(product(sites, (ALONE, *options.beside)))
        for turn in range(options.turns):
            # Back and forth, so that nobody is always first.
            for site, beside in weeks if turn % 2 == 0 else reversed(weeks):
                print(f"{turn + 1}: {site.side.name}, {beside}", file=sys.stderr, flush=True)
                measure(site, beside, seed=turn, seconds=options.seconds, pause=options.pause)
        for site in sites:
            site.memory["after"] = memory_of_workers(site.pid)
        print_report(sites)


def open_site(side: Side, stack: contextlib.ExitStack) -> Site:
    """Serve a side, and make its pages once, so that it is warm."""
    port, process = stack.enter_context(side.serving())
    memory = {"at rest": memory_at_rest(process.pid)}
    managers = find_managers(side)
    sessions = side.log_in(OFFICE, *managers)
    site = Site(
        side,
        port,
        process.pid,
        look_around(Browser(port)),
        [Manager(sessions[email], *theirs) for email, theirs in managers.items()],
        sessions[OFFICE],
        memory,
    )
    week = Week(port, site.lists, pause=0, tell=lambda kind, answer: None)
    with ThreadPoolExecutor(READERS) as threads:
        for done in [
            threads.submit(week.be_reader, Random(-number - 1), pages=PAGES_TO_WARM_UP)
            for number in range(READERS)
        ]:
            done.result()
    return site


def find_managers(side: Side) -> dict[str, tuple[list[str], list[tuple[str, int]]]]:
    """Find those with most to deliver: their projects, and the milestones that are outstanding."""
    found = side.find(
        "SELECT email, array_agg(DISTINCT slug ORDER BY slug),"
        " array_agg(DISTINCT (slug, milestone.id)::text ORDER BY (slug, milestone.id)::text)"
        " FROM accounts_user JOIN projects_project_managers AS managing ON user_id = accounts_user.id"
        " JOIN projects_project AS project ON project.id = managing.project_id"
        " JOIN milestones_milestone AS milestone ON milestone.project_id = project.id"
        " WHERE is_published AND lifecycle = 'active' AND due_on IS NOT NULL"
        " AND NOT is_delivered AND NOT is_obsolete"
        " GROUP BY email ORDER BY count(DISTINCT milestone.id) DESC, email LIMIT %s",
        MANAGERS,
    )
    return {
        email: (projects, [_named(each) for each in milestones])
        for email, projects, milestones in found
    }


def _named(milestone: str) -> tuple[str, int]:
    slug, _, number = milestone.strip("()").rpartition(",")
    return slug, int(number)


def measure(site: Site, beside: str, *, seed: int, seconds: float, pause: float) -> None:
    """Let everyone work for so long, and do the same in each week."""
    measured = site.weeks[beside]
    week = Week(
        site.port,
        site.lists,
        pause=pause,
        tell=measured.tell,
    )
    with ThreadPoolExecutor(READERS + MANAGERS + 2) as threads:
        working = [
            threads.submit(week.be_reader, Random(f"{seed} reader {number}"))
            for number in range(READERS)
        ]
        working += [
            threads.submit(week.be_manager, manager, Random(f"{seed} manager {number}"))
            for number, manager in enumerate(site.managers)
        ]
        working.append(threads.submit(week.be_office, site.office, Random(f"{seed} office")))
        if beside in BESIDE:
            working.append(threads.submit(commit_beside, site.side, beside, week.is_over))
        week.is_over.wait(seconds)
        week.is_over.set()
        for each in working:
            each.result()
    measured.seconds += seconds


#: In which database, and what is committed there.
BESIDE = {
    "elsewhere": (
        "/portfolio_elsewhere",
        "CREATE TABLE IF NOT EXISTS heart (beats int); INSERT INTO heart VALUES (1)",
        "UPDATE heart SET beats = beats + 1",
    ),
    "logins": (
        "",
        "CREATE TABLE IF NOT EXISTS bench_heart (beats int); INSERT INTO bench_heart VALUES (1)",
        "UPDATE bench_heart SET beats = beats + 1; UPDATE accounts_user SET last_login = now() WHERE id = 1",
    ),
}


def commit_beside(side: Side, beside: str, is_over: threading.Event) -> None:
    """Commit again and again what concerns no page, until it is over."""
    place, before, again = BESIDE[beside]
    database = urlsplit(side.database)
    if place:
        with psycopg.connect(side.database, autocommit=True) as connection:
            name = place.removeprefix("/")
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [name]
            ).fetchone():
                connection.execute(f"CREATE DATABASE {name}".encode())
        database = database._replace(path=place)
    with psycopg.connect(database.geturl(), autocommit=True) as connection:
        connection.execute(before.encode())
        while not is_over.wait(1 / COMMITS_A_SECOND):
            connection.execute(again.encode())


if __name__ == "__main__":
    main()
