"""A real Chromium on the live server, which fails a test when a page complains.

CHROMIUM names the program; `python3 do.py test` finds or installs one. Without one these tests are
skipped, unless CI is true.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from tests import chromium, pages

NO_CHROMIUM = "There is no Chromium on this machine; CHROMIUM=/path/to/it names one."
PICTURES = settings.BASE_DIR / "var" / "pictures"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

MakeContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    executable = chromium.find(sys.executable)
    if executable is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    # Playwright's loop runs in this thread, and Django would take us for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """Complaints of the pages on the console, or failures; a test that expects some clears them."""
    return []


@pytest.fixture
def make_context(
    browser: Browser, live_server: Any, complaints: list[str]
) -> Iterator[MakeContext]:
    """Make a visitor, with other options than `context` has: `java_script_enabled=False` …"""
    contexts = []

    def make(**options: Any) -> BrowserContext:
        ours = {
            "base_url": live_server.url,
            "locale": "nb-NO",
            "timezone_id": "Europe/Oslo",
            "viewport": {"width": 1280, "height": 900},
        }
        context = browser.new_context(**(ours | options))
        context.set_default_timeout(10_000)
        # Also what the Content-Security-Policy refuses comes to the console.
        context.on("console", lambda said: complain(said.text) if said.type == "error" else None)
        context.on("weberror", lambda failure: complain(str(failure.error)))
        contexts.append(context)
        return context

    def complain(text: str) -> None:
        complaints.append(text)

    yield make
    for context in contexts:
        context.close()
    # Emptying the tables while something is still read from them can end in a deadlock.
    patience = time.monotonic() + 10
    while pages.ANSWERING and time.monotonic() < patience:
        time.sleep(0.05)
    assert not complaints, "\n".join(["A page complained:", *complaints])


@pytest.fixture
def context(make_context: MakeContext) -> BrowserContext:
    """A Norwegian visitor with a screen 1280 wide."""
    return make_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The visitor's page."""
    return context.new_page()


@pytest.fixture
def log_in(live_server: Any) -> Callable[[BrowserContext, User], None]:
    """Log a visitor in, without the form."""

    def log_in(context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )

    return log_in


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Assert that axe-core finds nothing on a page."""

    def axe(page: Page) -> None:
        results = Axe().run(page)
        found = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
            + "\n".join(f"    {node['html']}" for node in violation["nodes"])
            for violation in results.response["violations"]
        ]
        assert not found, "\n".join([f"axe-core on {page.url}:", *found])

    return axe


@pytest.fixture
def keep_picture() -> Callable[[Page, str], Path]:
    """Keep a picture of a whole page in var/pictures/."""

    def keep_picture(page: Page, name: str) -> Path:
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return keep_picture
