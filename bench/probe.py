"""The smallest application that tells what a server hands over, to compare servers with."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer what the address asks about."""
    address = environ["PATH_INFO"]
    if address == "/stream":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return breaking_off()
    if address == "/slow":
        time.sleep(3)
    told = {
        "/body": lambda: str(len(environ["wsgi.input"].read())),
        "/cookie": lambda: environ.get("HTTP_COOKIE", ""),
        "/environ": lambda: "yes" if "PROBE_SECRET" in environ else "no",
    }.get(address, lambda: str(os.getpid()))()
    body = told.encode("latin-1")
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def breaking_off() -> Iterator[bytes]:
    """Yield a row and fail at the next."""
    yield b"the first row\n"
    raise RuntimeError("The second row cannot be made.")
