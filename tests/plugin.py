"""Preparations before pytest-django reads the settings: a database, and the environment.

Loaded by `-p` in pyproject.toml, since pytest reads settings before it reads any conftest.py.
"""

import fcntl
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fkj_portfolio import postgres
from tests import pages, stylesheet

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
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pages.make_folder(ROOT / "var")
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
    """Serve static files as they are, without checksums in their names; keep the pages to check them."""
    from django.conf import settings

    compresses = settings.MIDDLEWARE.index("django.middleware.gzip.GZipMiddleware")
    settings.MIDDLEWARE.insert(compresses + 1, "tests.pages.KeepPages")

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )

    # Loads Django's settings.
    from tests import seen

    seen.be_strict()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail when a page of the tests is not valid HTML, or needs what the style sheet lacks."""
    if "PYTEST_XDIST_WORKER" in os.environ or session.config.option.collectonly:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reason := pages.reason_not_to_check():
        found = [reason] if os.environ.get("CI") == "true" else []
        reporter.write_line(f"\nThe pages were NOT checked. {reason}")
    else:
        found = pages.complaints(pages.folder())
    if lacking := stylesheet.missing(pages.folder().glob("*.html")):
        found += [*lacking, "    python -m tests.stylesheet --update"]
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("\n".join(["", "Pages that are not right:", *found]), red=True)
    else:
        shutil.rmtree(pages.folder())


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
