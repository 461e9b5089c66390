"""No report of an error holds a secret, whether it is mailed or shown."""

import logging
import re
from pathlib import Path

import pytest
from django.core import mail
from django.db import connections
from django.test import RequestFactory
from django.utils.log import AdminEmailHandler

from fkj_portfolio.settings import BASE_DIR

SECRETS = {
    "DATABASE_URL": "postgresql://kari:p%40ssord-1@db.example.no/portal",
    "SECRET_KEY": 'nøkkelen "som" <ingen> får se',
    "EMAIL_URL": "smtp://kari:brevpassord@smtp.example.no",
}
PASSWORD, TYPED = "p@ssord-1", "<det hun skrev>"


def fail(password: str) -> None:
    parameters = {"dbname": "portal", "password": password}
    raise RuntimeError(f"could not connect with {parameters}")


@pytest.fixture
def report(settings, monkeypatch) -> str:
    """Letter about an error in a request that had them all at hand, with the variables of each frame."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(connections.settings["default"], "PASSWORD", PASSWORD)
    settings.SECRET_KEY = SECRETS["SECRET_KEY"]
    settings.EMAIL_HOST_PASSWORD = "brevpassord"
    settings.ADMINS = [("Anne", "anne@example.no")]
    # A server that hands the environment of its process to every request.
    request = RequestFactory(**SECRETS).post("/konto/logg-inn/", {"password": TYPED})
    try:
        fail(PASSWORD)
    except RuntimeError as error:
        handler = AdminEmailHandler(include_html=True)
        record = logging.getLogger("django.request").makeRecord(
            "django.request",
            logging.ERROR,
            "",
            0,
            "Internal Server Error: %s",
            ("/",),
            (type(error), error, error.__traceback__),
            extra={"request": request},
        )
        handler.emit(record)
    (letter,) = mail.outbox
    return "\n".join([letter.subject, letter.body, letter.alternatives[0][0]])


class TestReport:
    def test_tells_of_the_error(self, report):
        assert "RuntimeError" in report
        assert "could not connect with" in report

    @pytest.mark.parametrize(
        "secret", [*SECRETS.values(), "brevpassord", PASSWORD, "nøkkelen", "ingen", "det hun skrev"]
    )
    def test_holds_no_secret(self, report, secret):
        assert secret not in report


def test_no_setting_of_ours_looks_like_what_a_client_says():
    """Servers that hand over the environment would take HTTP_… for a header."""
    sources = [
        BASE_DIR / ".env.example",
        *BASE_DIR.glob("*.py"),
        *Path(BASE_DIR / "fkj_portfolio").rglob("*.py"),
    ]
    named = {
        name
        for source in sources
        for name in re.findall(
            r'(?:env\w*\(|environ\S*?[\[(])"(\w+)"|^# (\w+)=', source.read_text(), re.MULTILINE
        )
        for name in name
        if name
    }

    assert {"SECRET_KEY", "DATABASE_URL", "PORT", "WORKERS"} <= named
    assert not {name for name in named if name.startswith("HTTP_")}
