"""The real server in a process of its own, and a client that says exactly what it is told."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError

from tests.plugin import ROOT

#: Also on a machine that has much else to do.
SECONDS_TO_START = 90


class Server:
    """A running server; `said` is all that it has written."""

    def __init__(self, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = (
            os.environ
            | environment
            | {
                "DJANGO_SETTINGS_MODULE": "tests.serving.settings",
                "PORT": str(self.port),
            }
        )

    @contextlib.contextmanager
    def running(self) -> Iterator["Server"]:
        """Start it, and leave nothing of it behind."""
        with tempfile.TemporaryFile("w+b") as self.output, self.start() as self.process:
            try:
                self.wait_until_it_serves()
                yield self
            finally:
                left = self.workers()
                self.process.kill()
                for pid in left:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)

    def start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "fkj_portfolio.serve"],
            cwd=ROOT,
            env=self.environment,
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )

    def wait_until_it_serves(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self.process.poll() is None:
            if f"Serving at http://127.0.0.1:{self.port}/" in self.said:
                return
            time.sleep(0.05)
        raise AssertionError(self.said)

    @property
    def said(self) -> str:
        return os.pread(self.output.fileno(), 1_000_000, 0).decode()

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()] if children.exists() else []

    def get(self, address: str) -> tuple[int, str]:
        """Return the status and the text of an answer."""
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{address}", timeout=60
            ) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()

    def say(self, said: bytes, *, ends: bool = False) -> bytes:
        """Send these bytes, end the sending if wanted, and return all that comes back."""
        with self.connected() as connection:
            connection.sendall(said)
            if ends:
                connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def refuses(self) -> bool:
        """Return whether nobody listens there any more."""
        with socket.socket() as attempt:
            return attempt.connect_ex(("127.0.0.1", self.port)) != 0


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] != "Z"
    except OSError:
        return False


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    """Wait until something is so; whether it became so in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return is_so()
