"""Chromium of the browser tests: where it is, and how to get one; standard library only."""

import os
import shutil
import subprocess
from pathlib import Path

from tests import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def get(python: Path) -> str | None:
    """Return a Chromium that starts, installed if need be; none when there is none to be had."""
    return find(python) or _from_debian() or _from_playwright(python)


def find(python: str | Path) -> str | None:
    """Return the Chromium that CHROMIUM names, the system's, or Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return named if _starts(named) else None
    candidates = [path for name in NAMES if (path := shutil.which(name))]
    for path in candidates:
        if _starts(path):
            return path
    own = _playwrights_path(python)
    return own if _starts(own) else None


def _from_debian() -> str | None:
    debian.install("chromium")
    path = shutil.which("chromium")
    return path if path and _starts(path) else None


def _from_playwright(python: Path) -> str | None:
    print("Installing Playwright's Chromium for the browser tests …", flush=True)
    subprocess.run([python, "-m", "playwright", "install", "chromium"], check=False)
    path = _playwrights_path(python)
    return path if _starts(path) else None


def _playwrights_path(python: str | Path) -> str:
    """Return where Playwright keeps its own Chromium, whether or not it is there."""
    code = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    said = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return said.stdout.strip()


def _starts(path: str) -> bool:
    """Return whether a program is there and is more than a stub that asks for something else."""
    try:
        command = [path, "--version"]
        return (
            bool(path)
            and not subprocess.run(command, capture_output=True, timeout=60, check=False).returncode
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
