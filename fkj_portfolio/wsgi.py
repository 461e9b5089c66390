"""What a WSGI server serves."""

import os
from collections.abc import Callable
from typing import Any

import django
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import LimitedStream, WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fkj_portfolio.settings")


class WholeStream(LimitedStream):
    """What a request sends, refused when it ends before it is as long as it says.

    Servers hand over what has arrived when a connection breaks: a form with its last field shortened.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        missing = self.limit - self._pos
        read = self._refuse_broken(super().read, size)
        if len(read) < (missing if size is None or size < 0 else min(size, missing)):
            raise BadRequest("The request was cut off.")
        return read

    def readline(self, size: int | None = -1, /) -> bytes:
        line = self._refuse_broken(super().readline, size)
        if not line.endswith(b"\n") and self._pos < self.limit and len(line) != size:
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
        self._stream = WholeStream(environ["wsgi.input"], self._stream.limit)

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
