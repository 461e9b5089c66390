"""A load of requests: threads that ask again and again on connections that stay open.

It reads no more of an answer than its status and its length, since it runs on the same machine as
what it measures.
"""

import math
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

#: Also what is very slow is asked for a few times.
AT_LEAST = 3


@dataclass(frozen=True)
class Load:
    """How long some requests took, in seconds, the fastest first; and all of them together."""

    times: list[float]
    seconds: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """The milliseconds within which this share of the requests was answered."""
        return self.times[math.ceil(share * len(self.times)) - 1] * 1000


def ask(port: int, address: str, *, at_once: int, seconds: float) -> Load:
    """Ask for an address, so many at once, for so long."""
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as threads:
        asking = [
            threads.submit(ask_alone, port, address, until=began + seconds)
            for _thread in range(at_once)
        ]
        times = sorted(each for thread in asking for each in thread.result())
    return Load(times, time.perf_counter() - began)


def ask_alone(port: int, address: str, *, until: float, at_least: int = AT_LEAST) -> list[float]:
    """Ask for an address until a time of `perf_counter`; return how long each answer took."""
    request = (
        f"GET {address} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: gzip\r\n\r\n"
    ).encode()
    times: list[float] = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        while len(times) < at_least or time.perf_counter() < until:
            began = time.perf_counter()
            connection.sendall(request)
            _read_answer(connection, address)
            times.append(time.perf_counter() - began)
    return times


def _read_answer(connection: socket.socket, address: str) -> None:
    """Read one answer to its end; anything but a page is an error."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += _receive(connection)
    head, _end, body = answer.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    if b" 200 " not in lines[0] + b" ":
        raise RuntimeError(f"{address}: {lines[0].decode()}")
    (length,) = (int(line[15:]) for line in lines if line.startswith(b"content-length:"))
    missing = length - len(body)
    while missing > 0:
        missing -= len(_receive(connection))


def _receive(connection: socket.socket) -> bytes:
    if received := connection.recv(1 << 18):
        return received
    raise ConnectionError("The server has closed the connection.")
