"""Reports of errors, by mail or on Django's debug page, in which no secret stands."""

import html
import os
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import ExceptionReporter

SECRET_VARIABLES = ("SECRET_KEY", "DATABASE_URL", "EMAIL_URL")
STARS = "********************"
#: What is shorter is no secret, and the report would be full of holes.
SHORTEST = 4


class ErrorReport(ExceptionReporter):
    """A report from which secrets are taken by value, wherever they stand.

    Django hides settings by their names. It knows nothing of the variables that they come from, nor of
    a password in the parameters of a connection or in a form.
    """

    # What is put into mails and answers as it is need not be marked as safe.
    def get_traceback_html(self) -> str:  # type: ignore[override]
        return without(secrets(self.request), super().get_traceback_html())

    def get_traceback_text(self) -> str:  # type: ignore[override]
        return without(secrets(self.request), super().get_traceback_text())


def secrets(request: HttpRequest | None) -> Iterator[str]:
    """Every secret that a report could hold."""
    yield from (os.environ.get(name, "") for name in SECRET_VARIABLES)
    yield from (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))
    yield settings.EMAIL_HOST_PASSWORD
    yield from (database.get("PASSWORD", "") for database in settings.DATABASES.values())
    if request is not None:
        for name, values in request.POST.lists():
            if "password" in name.lower():
                yield from values


def without(found: Iterator[str], report: str) -> str:
    """Return a report without these, as they are and as they are written in Python or HTML."""
    for secret in sorted({str(each) for each in found}, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            quoted = repr(secret)[1:-1]
            for written in (secret, quoted, html.escape(secret), html.escape(quoted)):
                report = report.replace(written, STARS)
    return report
