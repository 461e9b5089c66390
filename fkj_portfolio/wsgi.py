"""Application that a WSGI server serves."""

import os
from collections.abc import Callable
from typing import Any, cast

import django
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import LimitedStream, WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fkj_portfolio.settings")


class WholeStream(LimitedStream):
    """Body of a request, refused when it ends before it is as long as it says.

    Servers hand over what has arrived when a connection breaks: a form with its last field shortened.
    """

    def __init__(self, stream: Any, length: int) -> None:
        super().__init__(stream, length)
        self.missing = length

    def read(self, size: int | None = -1, /) -> bytes:
        part = self._refuse_broken(super().read, size)
        if len(part) < (self.missing if size is None or size < 0 else min(size, self.missing)):
            raise BadRequest("The request was cut off.")
        self.missing -= len(part)
        return part

    def readline(self, size: int | None = -1, /) -> bytes:
        line = self._refuse_broken(super().readline, size)
        self.missing -= len(line)
        if self.missing and not line.endswith(b"\n") and len(line) != size:
            raise BadRequest("The request was cut off.")
        return line

    @staticmethod
    def _refuse_broken(read: Callable[[int | None], bytes], size: int | None) -> bytes:
        try:
            return read(size)
        except OSError as error:
            raise BadRequest("The request was cut off.") from error


class Request(WSGIRequest):
    """A request in UTF-8, whatever its header says; `NonsenseMiddleware` refuses others.

    Django decodes with any codec that the header names, `hex` and `undefined` too, and does
    so before a middleware could refuse it.
    """

    def __init__(self, environ: dict[str, Any]) -> None:
        super().__init__(environ)
        limited = cast(LimitedStream, self._stream)
        self._stream = WholeStream(environ["wsgi.input"], limited.limit)  # type: ignore[assignment]

    @property
    def encoding(self) -> str | None:
        return None

    @encoding.setter
    def encoding(self, value: str | None) -> None:
        pass


class Handler(WSGIHandler):
    request_class = Request


django.setup(set_prefix=False)
application = Handler()
