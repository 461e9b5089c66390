"""What must be there before pytest-django reads the settings: a database, and the environment.

Loaded by `-p` in pyproject.toml, since pytest reads settings before it reads any conftest.py.
"""

import fcntl
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fkj_portfolio import postgres

ROOT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Start the private PostgreSQL, unless DATABASE_URL names another; a wrapper goes first."""
    os.environ |= {"SECRET_KEY": "for tests only", "DEBUG": "false", "HTTPS": "false"}
    (ROOT / "var" / "static").mkdir(parents=True, exist_ok=True)
    os.environ["STATIC_ROOT"] = str(ROOT / "var" / "static")
    if "DATABASE_URL" not in os.environ:
        url = postgres.start(ROOT, purpose="test")
        os.environ["DATABASE_URL"] = url.replace("@/portfolio", f"@/{_free_name()}")
    return (yield)


def _free_name() -> str:
    """Return a name for the database that no other run in this checkout is using now."""
    for number in itertools.count(1):
        lock = os.open(ROOT / "var" / f"tests-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # Held until this process ends.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        return f"portfolio_{number}"
    raise AssertionError


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Serve static files as they are; the names with checksums are for a real start."""
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say at the very end that browser tests were skipped, so that nobody overlooks it."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    reasons = [
        report.longrepr[2].removeprefix("Skipped: ")
        for report in skipped
        if report.nodeid.startswith("tests/browser/")
    ]
    if reasons:
        reporter.write_line(f"{len(reasons)} browser tests were SKIPPED. {reasons[0]}")
