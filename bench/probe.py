"""The smallest application that tells what a server hands over, to compare servers with."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
    """Answer what the address asks about."""
    address = environ["PATH_INFO"]
    if address == "/stream":
        start_response("200 OK", [("Content-Type", "text/plain")])
        yield b"the first row\n"
        raise RuntimeError("The second row cannot be made.")
    if address == "/slow":
        time.sleep(3)
    told = {
        "/body": lambda: str(len(environ["wsgi.input"].read())),
        "/cookie": lambda: environ.get("HTTP_COOKIE", ""),
        "/environ": lambda: str("PROBE_SECRET" in environ),
    }.get(address, lambda: str(os.getpid()))()
    body = told.encode("latin-1")
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    yield body
