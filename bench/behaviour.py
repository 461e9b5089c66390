"""What servers do by themselves when parts of them die and when clients misbehave."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.server import free_port, wait_for

Start = Callable[[str, int], "subprocess.Popen[bytes]"]
APPLICATION = "bench.probe:application"
FORM = b"POST /body HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
#: More than there are threads.
MANY = 100


class Probed:
    """A server with the small application, about to be mistreated."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process, self.port = process, port

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def say(self, said: bytes, *, ends: bool = False) -> bytes:
        """Send bytes and return all that comes back, or nothing when nobody answers."""
        answer = b""
        with contextlib.suppress(OSError), self.connected() as connection:
            connection.sendall(said)
            if ends:
                connection.shutdown(socket.SHUT_WR)
            while received := connection.recv(1 << 16):
                answer += received
        return answer

    def get(self, address: str = "/", *, more: bytes = b"") -> str:
        """Return the text of an answer."""
        head = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".encode()
        return self.say(head + more + b"\r\n").partition(b"\r\n\r\n")[2].decode()

    def workers(self) -> list[int]:
        """Return those that answer, which other helpers of a server do not."""
        return sorted({int(pid) for pid in (self.get() for _time in range(20)) if pid})

    def kill_worker(self, which: int = 0) -> None:
        """Kill the oldest worker, or the newest with -1."""
        os.kill(self.workers()[which], signal.SIGKILL)


@contextlib.contextmanager
def probing(start: Start) -> Iterator[Probed]:
    port = free_port()
    with start(APPLICATION, port) as process:
        wait_for(port, process)
        time.sleep(1)
        probed = Probed(process, port)
        workers = probed.workers()
        try:
            yield probed
        finally:
            process.kill()
            for worker in workers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)


def behaviours(start: Start) -> Iterator[tuple[str, str]]:
    """Try everything; each with a server of its own where it does not survive."""
    with probing(start) as server:
        server.kill_worker()
        answered = sum(bool(server.get()) for _time in range(20) if not time.sleep(0.25))
        yield "one worker killed: requests answered in the 5 s after", f"{answered} of 20"
    with probing(start) as server:
        server.kill_worker()
        time.sleep(2)
        if server.get():
            server.kill_worker(-1)
        time.sleep(5)
        yield "a worker killed, and its successor 2 s later: serves after 5 s", told(server.get())
    with probing(start) as server, ThreadPoolExecutor() as threads:
        slow = threads.submit(server.get, "/slow")
        time.sleep(0.5)
        server.process.terminate()
        time.sleep(0.5)
        yield "SIGTERM: new connections are refused at once", told(is_refused(server.port))
        yield "SIGTERM: a request of 3 s is answered", told(slow.result())
    with probing(start) as server:
        workers = server.workers()
        server.process.kill()
        began = time.monotonic()
        while (
            any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < began + 10
        ):
            time.sleep(0.1)
        yield (
            "main process killed: seconds until its workers are gone",
            f"{time.monotonic() - began:.1f}",
        )
    with probing(start) as server:
        yield from misbehave(server, start)


def misbehave(server: Probed, start: Start) -> Iterator[tuple[str, str]]:
    """Try what the server survives."""
    with start(APPLICATION, server.port) as second:
        with contextlib.suppress(subprocess.TimeoutExpired):
            second.wait(8)
        yield "a second start on the port is refused", told(second.poll() not in (None, 0))
        second.kill()
    cut = server.say(FORM + b"Content-Length: 1000\r\n\r\n" + b"x" * 99, ends=True)
    yield (
        "99 of 1,000 bytes: the application gets",
        cut.partition(b"\r\n\r\n")[2].decode() or "nothing",
    )
    parts = server.say(FORM + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
    yield "3 bytes in chunks: the application gets", parts.partition(b"\r\n\r\n")[2].decode()
    stream = server.say(b"GET /stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    yield (
        "a stream that fails half way ends as if it were whole",
        told(stream.endswith(b"0\r\n\r\n")),
    )
    cookie = server.get("/cookie", more="Cookie: a=1; b=å\r\n".encode())
    yield "a cookie with å: all cookies arrive", told("a=1" in cookie)
    yield "the environment stands in each request", server.get("/environ")
    yield (
        f"{MANY} clients in mid-head: seconds for another",
        held(server, b"GET / HTTP/1.1\r\nHost: l"),
    )
    yield (
        f"{MANY} clients in mid-body: seconds for another",
        held(server, FORM + b"Content-Length: 9\r\n\r\nx"),
    )


def held(server: Probed, beginning: bytes) -> str:
    """Let clients stop in the middle of a request, and time somebody else's."""
    with contextlib.ExitStack() as clients:
        for _number in range(MANY):
            clients.enter_context(server.connected()).sendall(beginning)
        time.sleep(1)
        began = time.monotonic()
        answer = server.get()
        return f"{time.monotonic() - began:.1f}" if answer else "no answer in 10"


def is_refused(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) != 0


def told(is_so: object) -> str:
    return "yes" if is_so else "no"
