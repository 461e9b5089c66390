"""Compare how long pages take with how long they took at another commit, in one run on the same data.

    .venv/bin/python -m bench.against c085319 [--projects 1000] [--rounds 40]

Both make their pages in a process of their own, each with a database that its own code has filled, and
take turns request by request, so that whatever else the machine does meets both. The figures are the
medians of this checkout, of the commit, and their ratio.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from bench.server import ROOT, environment_for
from fkj_portfolio import postgres

NARROW = "/?status=betydelige-utfordringer&risiko=hoy&sorter=-status"
#: Who may change every project, as the office may.
OFFICE = "kontor@bench.invalid"
NEW_USER = f"User.objects.create(email={OFFICE!r}, is_superuser=True)"
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


@dataclass
class Side:
    """A checkout with its database, and the process that makes its pages."""

    database: str
    process: "subprocess.Popen[str]"
    people: dict[str, str]
    project: str

    def ask(self, who: str, address: str) -> float:
        """Return the seconds that a page took."""
        asked = {
            "who": self.people[who],
            "address": address.replace("PROJECT", f"/prosjekter/{self.project}/"),
        }
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(asked), file=self.process.stdin, flush=True)
        status, seconds, _worked = json.loads(self.process.stdout.readline())
        if status != 200:
            raise RuntimeError(f"{asked}: {status}")
        return float(seconds)

    def change_something(self) -> None:
        """Change one project, as somebody does who works on it."""
        with psycopg.connect(self.database) as connection:
            connection.execute(
                "UPDATE projects_project SET report_interval_days ="
                " CASE report_interval_days WHEN 90 THEN 91 ELSE 90 END WHERE id = 1"
            )


def main() -> None:
    """Measure page by page; print the medians and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m bench.against", description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--projects", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    server = os.environ.get("DATABASE_URL") or postgres.start(ROOT, purpose="bench")
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(
            ["git", "archive", options.commit], cwd=ROOT, check=True, capture_output=True
        )
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        sides = [
            start(server, where, name, options.projects)
            for where, name in ((ROOT, "now"), (Path(folder), "then"))
        ]
        print("| who | page | situation | now, ms | then, ms | ratio |\n|---|---|---|---|---|---|")
        for who, address in PAGES:
            for is_changed in (True, False):
                now, then = compare(sides, who, address, options.rounds, is_changed=is_changed)
                situation = "after a commit" if is_changed else "nothing changed"
                print(
                    f"| {who} | {address} | {situation} | {now * 1000:.1f} | {then * 1000:.1f}"
                    f" | {now / then:.2f} |",
                    flush=True,
                )
        for side in sides:
            side.process.kill()


def compare(
    sides: list[Side], who: str, address: str, rounds: int, *, is_changed: bool
) -> tuple[float, ...]:
    """Return the median seconds of each side, which take turns."""
    times: list[list[float]] = [[] for _side in sides]
    for number in range(rounds + 3):
        for side, taken in zip(sides, times, strict=True):
            if is_changed:
                side.change_something()
            seconds = side.ask(who, address)
            if number >= 3:
                taken.append(seconds)
    return tuple(statistics.median(taken) for taken in times)


def start(server: str, where: Path, name: str, projects: int) -> Side:
    """Fill a database with the code of a checkout, and start its process."""
    database = urlsplit(server)._replace(path=f"/portfolio_against_{name}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        for command in ("DROP DATABASE IF EXISTS", "CREATE DATABASE"):
            connection.execute(f"{command} portfolio_against_{name}".encode())
    environment = environment_for(database) | {"STATIC_ROOT": tempfile.mkdtemp()}

    def manage(*command: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *command], env=environment, cwd=where, check=True
        )

    manage("migrate", "--verbosity=0")
    manage("createcachetable")
    manage("make_portfolio", f"--projects={projects}", "--verbosity=0")
    manage("make_groups", "--verbosity=0")
    manage("collectstatic", "--noinput", "--verbosity=0")
    manage("shell", "--verbosity=0", "-c", f"from accounts.models import User; {NEW_USER}")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        project, manager = one(
            connection,
            "SELECT slug, email FROM projects_project JOIN projects_project_managers AS managing"
            " ON managing.project_id = projects_project.id"
            " JOIN accounts_user ON accounts_user.id = user_id"
            " WHERE is_published AND lifecycle = 'active' ORDER BY projects_project.id LIMIT 1",
        )
    worker = subprocess.Popen(
        [sys.executable, str(ROOT / "bench" / "worker.py")],
        env=environment,
        cwd=where,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return Side(database, worker, {"reader": "", "manager": manager, "office": OFFICE}, project)


def one(connection: Any, question: str, *parameters: Any) -> tuple[Any, ...]:
    """Ask for one row."""
    row: tuple[Any, ...] = connection.execute(question, parameters).fetchone()
    return row


if __name__ == "__main__":
    main()
