"""The server that `do.py run` starts, on a database with a synthetic portfolio."""

import contextlib
import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Answer:
    """What a browser gets: as it came over the wire, and the kind of compression."""

    body: bytes
    encoding: str


@dataclass(frozen=True)
class Server:
    """A running server, and the database behind it."""

    port: int
    database: str
    bodies: Path

    def get(self, address: str, *, accepts: str = "") -> Answer:
        """Get one answer as a browser does that takes these compressions."""
        connection = http.client.HTTPConnection("localhost", self.port)
        with contextlib.closing(connection):
            connection.request("GET", address, headers={"Accept-Encoding": accepts})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{address}: {answer.status} {answer.reason}")
            return Answer(body, answer.headers.get("Content-Encoding", ""))

    def empty_view(self, address: str) -> str:
        """Return the address of the view that answers the same bytes from memory."""
        name = hashlib.sha256(address.encode()).hexdigest()[:12]
        (self.bodies / name).write_bytes(self.get(address).body)
        return f"/bench/empty/{name}"

    def count_queries(self, address: str) -> int:
        """Count the queries of a page after a change, when nothing is remembered of it."""
        self.change_something()
        told: dict[str, Any] = json.loads(
            self.get(f"/bench/queries?page={quote(address, safe='')}").body
        )
        return int(told["queries"])

    def change_something(self) -> None:
        """Change one project, as somebody does who works on it."""
        with psycopg.connect(self.database) as connection:
            connection.execute(
                "UPDATE projects_project SET report_interval_days ="
                " CASE report_interval_days WHEN 90 THEN 91 ELSE 90 END WHERE id = 1"
            )

    def find(self, question: str) -> Any:
        """Ask the database for one value."""
        with psycopg.connect(self.database) as connection:
            (value,) = connection.execute(question.encode()).fetchone() or (None,)
            return value


@contextlib.contextmanager
def serve(database: str, bodies: Path) -> Iterator[Server]:
    """Run the real server with the addresses of the measurements beside the site's own."""
    environment = environment_for(database) | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "BENCH_BODIES": str(bodies),
    }
    prepare = [sys.executable, "-m", "fkj_portfolio.prepare"]
    subprocess.run(prepare, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    with running(ROOT, environment) as (port, _process):
        yield Server(port, database, bodies)


@contextlib.contextmanager
def running(
    where: Path, environment: dict[str, str]
) -> "Iterator[tuple[int, subprocess.Popen[bytes]]]":
    """Run the server of a checkout; give its port and its main process."""
    port = free_port()
    command = [sys.executable, "-m", "fkj_portfolio.serve"]
    process = subprocess.Popen(
        command, env=environment | {"PORT": str(port)}, cwd=where, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def environment_for(database: str) -> dict[str, str]:
    """The environment in which a command of the site uses a database."""
    return {"SECRET_KEY": "only for measuring", "HTTPS": "false"} | {
        **os.environ,
        "DATABASE_URL": database,
        "DEBUG": "false",
    }


def make_database(server: str, size: int, *, anew: bool) -> str:
    """Return a database with so many projects; one that was made today from the same files is kept."""
    name = f"portfolio_bench_{size}"
    database = urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        kept = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        ).fetchone()
        if kept == (_fingerprint(),) and not anew:
            return database
        connection.execute(f"DROP DATABASE IF EXISTS {name}".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
        for command in (
            ["migrate", "--verbosity=0"],
            ["createcachetable"],
            ["make_portfolio", f"--projects={size}"],
        ):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                env=environment_for(database),
                cwd=ROOT,
                check=True,
            )
        with psycopg.connect(database, autocommit=True) as made:
            made.execute("VACUUM ANALYZE")
        connection.execute(f"COMMENT ON DATABASE {name} IS '{_fingerprint()}'".encode())
    return database


def _fingerprint() -> str:
    """What the portfolio is made of; its days are counted from the day on which it is made."""
    digest = hashlib.sha256(time.strftime("%Y-%m-%d").encode())
    for path in sorted((ROOT / "exchange" / "examples" / "synthetic").glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def free_port() -> int:
    """Return a port that nobody has just now."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server listens."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("The server did not start; what it says is above.")
