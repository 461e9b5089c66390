"""What a WSGI server serves."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fkj_portfolio.settings")


class Request(WSGIRequest):
    """A request in UTF-8, whatever its header says; `NonsenseMiddleware` refuses others.

    Django decodes with any codec that the header names, `hex` and `undefined` too, and does
    so before a middleware could refuse it.
    """

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
