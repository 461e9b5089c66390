"""A copy of the checkout, in which do.py is started and ended."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from fkj_portfolio.postgres.place import home_of

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 120
SECONDS_TO_END = 20


class Checkout:
    """A copy of this checkout that shares its .venv and has data of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        not_ours = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache")
        shutil.copytree(ROOT, path, ignore=not_ours)
        (path / ".venv").symlink_to(ROOT / ".venv")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def do(self, *arguments: str, port: object = None) -> subprocess.Popen[str]:
        # None of what the tests have set; and a locale that knows no æøå.
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment |= {"LC_ALL": "C", "PORT": str(port or self.port)}
        return subprocess.Popen(
            [sys.executable, str(self.path / "do.py"), *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def said(self, *arguments: str, **options: object) -> str:
        with self.do(*arguments, **options) as process:
            return process.communicate(timeout=SECONDS_TO_START)[0]

    @contextlib.contextmanager
    def running(self) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """Serve, and give the process with what it said until it answered."""
        with self.do("run") as process:
            try:
                yield process, self._said_until_serving(process)
            finally:
                process.kill()
        assert self.processes_left() == []

    def _said_until_serving(self, process: subprocess.Popen[str]) -> str:
        said = ""
        while line := process.stdout.readline():
            said += line
            if line.startswith(f"Serving at http://127.0.0.1:{self.port}/"):
                return said
        raise AssertionError(said)

    def status(self) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=60) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code

    def statuses_until_it_is_back(self) -> set[int]:
        """Ask until the page is there again; return how it was answered meanwhile."""
        seen: set[int] = set()
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if (status := self.status()) == 200:
                return seen
            seen.add(status)
            time.sleep(0.1)
        raise AssertionError(seen)

    def pids(self, program: str) -> list[int]:
        """The processes of this checkout that run a program, the oldest first."""
        found = (line.split(" ", 1) for line in self._processes())
        return sorted(int(pid) for pid, command in found if program in command)

    def processes_left(self) -> list[str]:
        """Wait for all processes of this checkout to end; name those that do not."""
        deadline = time.monotonic() + SECONDS_TO_END
        while (left := list(self._processes())) and time.monotonic() < deadline:
            time.sleep(0.1)
        return left

    def _processes(self) -> Iterator[str]:
        ours = os.fsencode(self.path), os.fsencode(home_of(self.path))
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (process / "cmdline").read_bytes()
                places = command + os.fsencode((process / "cwd").readlink())
                if any(place in places for place in ours):
                    yield f"{process.name} {command!r}"


def told(data: Path) -> str:
    return data.with_suffix(".log").read_text("utf-8", "replace")


def wait_until(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS_TO_END
    while time.monotonic() < deadline and not is_so():
        time.sleep(0.05)
    return is_so()


def is_not_serving(line: str) -> bool:
    return not line.startswith("Serving at")
