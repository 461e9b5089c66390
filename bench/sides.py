"""This checkout and another commit, each with a database that its own code has filled."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from bench.same_data import check_that_data_are_the_same
from bench.server import ROOT, environment_for, running
from fkj_portfolio import postgres

ANY_COMMIT = ROOT / "bench" / "any_commit"
#: Who may change every project, as the office may.
OFFICE = "kontor@bench.invalid"
NEW_USER = f"User.objects.create(email={OFFICE!r}, is_superuser=True)"


@dataclass(frozen=True)
class Side:
    """A checkout with its database."""

    name: str
    where: Path
    database: str
    environment: dict[str, str]

    def find(self, question: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Ask the database."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(question.encode(), parameters).fetchall()

    def change_something(self, project: int = 1) -> None:
        """Change one project, as somebody does who works on it."""
        with psycopg.connect(self.database) as connection:
            connection.execute(
                "UPDATE projects_project SET report_interval_days ="
                " CASE report_interval_days WHEN 90 THEN 91 ELSE 90 END WHERE id = %s",
                [project],
            )

    def find_manager(self) -> tuple[str, str]:
        """Return the name in addresses of an active project, and the e-mail of who manages it."""
        ((project, manager),) = self.find(
            "SELECT slug, email FROM projects_project JOIN projects_project_managers AS managing"
            " ON managing.project_id = projects_project.id"
            " JOIN accounts_user ON accounts_user.id = user_id"
            " WHERE is_published AND lifecycle = 'active' ORDER BY projects_project.id, email LIMIT 1"
        )
        return project, manager

    def find_key(self, project: str) -> int:
        """Return the key of a project, by its name in addresses."""
        ((key,),) = self.find("SELECT id FROM projects_project WHERE slug = %s", project)
        return int(key)

    def find_another(self, project: int) -> int:
        """Return the key of another active project than that with this key."""
        ((key,),) = self.find(
            "SELECT id FROM projects_project WHERE is_published AND lifecycle = 'active'"
            " AND id <> %s ORDER BY id LIMIT 1",
            project,
        )
        return int(key)

    def copied(self, name: str) -> "Side":
        """Copy the database, while nobody uses it, for another process of the same checkout."""
        database = urlsplit(self.database)._replace(path=f"/portfolio_against_{name}").geturl()
        with psycopg.connect(
            urlsplit(self.database)._replace(path="/postgres").geturl(), autocommit=True
        ) as connection:
            of = urlsplit(self.database).path.removeprefix("/")
            connection.execute(f"DROP DATABASE IF EXISTS portfolio_against_{name}".encode())
            connection.execute(f"CREATE DATABASE portfolio_against_{name} TEMPLATE {of}".encode())
        environment = self.environment | {"DATABASE_URL": database}
        return Side(name, self.where, database, environment)

    def log_in(self, *emails: str) -> dict[str, str]:
        """Log these people in; return the session of each."""
        done = subprocess.run(
            [sys.executable, str(ANY_COMMIT / "log_in.py"), *emails],
            env=self.environment,
            cwd=self.where,
            check=True,
            capture_output=True,
        )
        sessions: dict[str, str] = json.loads(done.stdout)
        return sessions

    @contextlib.contextmanager
    def serving(self) -> "Iterator[tuple[int, subprocess.Popen[bytes]]]":
        """Run the server that this checkout has, which tells how many queries an answer took."""
        path = [str(ANY_COMMIT), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {"DJANGO_SETTINGS_MODULE": "counted", "PYTHONPATH": os.pathsep.join(path)}
        with running(self.where, self.environment | environment) as server:
            yield server


@contextlib.contextmanager
def sides(commit: str | None, *, projects: int) -> Iterator[list[Side]]:
    """Make this checkout ready, and beside it the files of a commit; end when their data differ."""
    server = os.environ.get("DATABASE_URL") or postgres.start(ROOT, purpose="bench")
    with tempfile.TemporaryDirectory() as folder:
        places = {"now": ROOT}
        if commit:
            places["then"] = Path(folder) / "then"
            _take_out(commit, places["then"])
        made = [_describe(server, name, where, folder) for name, where in places.items()]
        for side in made:
            _fill(server, side, projects)
        if commit:
            print(check_that_data_are_the_same([side.database for side in made]), flush=True)
        yield made


def _take_out(commit: str, where: Path) -> None:
    where.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", where], input=archive.stdout, check=True)


def _describe(server: str, name: str, where: Path, folder: str) -> Side:
    database = urlsplit(server)._replace(path=f"/portfolio_against_{name}").geturl()
    static = {"STATIC_ROOT": str(Path(folder) / f"static-{name}")}
    return Side(name, where, database, environment_for(database) | static)


def _fill(server: str, side: Side, projects: int) -> None:
    name = urlsplit(side.database).path.removeprefix("/")
    with psycopg.connect(server, autocommit=True) as connection:
        for command in ("DROP DATABASE IF EXISTS", "CREATE DATABASE"):
            connection.execute(f"{command} {name}".encode())
    for command in (
        ["migrate", "--verbosity=0"],
        ["createcachetable"],
        ["make_portfolio", f"--projects={projects}", "--verbosity=0"],
        ["make_groups", "--verbosity=0"],
        ["collectstatic", "--noinput", "--verbosity=0"],
        ["shell", "--verbosity=0", "-c", f"from accounts.models import User; {NEW_USER}"],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            env=side.environment,
            cwd=side.where,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    with psycopg.connect(side.database, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
