"""`python3 do.py check`: everything that can be known without running the tests."""

import os
import secrets
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

from fkj_portfolio import postgres

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sysconfig.get_path("scripts"))
PYTHON = sys.executable
STEPS = {
    "formatting": [PROGRAMS / "ruff", "format", "--check", "--quiet"],
    "lint": [PROGRAMS / "ruff", "check", "--quiet"],
    "types": [PROGRAMS / "mypy"],
    "import layers": [PROGRAMS / "lint-imports"],
    "template lint": [PROGRAMS / "djlint", "--lint", "--quiet", "templates"],
    "lint of the libraries' templates": [
        PROGRAMS / "djlint",
        "--lint",
        "--quiet",
        "--profile=django",
        "django_templates",
    ],
    "raw markup": [PYTHON, "-m", "tests.raw_markup"],
    "style sheet": [PYTHON, "-m", "tests.stylesheet"],
    "translations": [PYTHON, "-m", "tests.catalogues"],
    "missing migrations": [PYTHON, "manage.py", "makemigrations", "--check"],
    "deployment": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
}


def main() -> None:
    """Take every step, also after one that failed, and say at the end which did."""
    os.environ |= production()
    failed = [name for name, command in STEPS.items() if not passes(name, command)]
    if failed:
        sys.exit(f"\nFailed: {', '.join(failed)}.")
    print("\nEverything is in order.")


def production() -> dict[str, str]:
    """Return an environment as in production, with the database of the tests."""
    environment = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DEBUG": "false",
        "HTTPS": "true",
        "ALLOWED_HOSTS": "portfolio.example",
    }
    if "DATABASE_URL" not in os.environ:
        environment["DATABASE_URL"] = postgres.start(ROOT, purpose="test")
    return environment


def passes(name: str, command: list[str | Path]) -> bool:
    """Take one step; what it says is shown only when it fails."""
    began = time.monotonic()
    print(f"{name} … ", end="", flush=True)
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    seconds = time.monotonic() - began
    if done.returncode == 0:
        print(f"in order ({seconds:.1f} s)")
        return True
    print(f"FAILED ({seconds:.1f} s)\n{done.stdout.rstrip()}\n")
    return False


if __name__ == "__main__":
    main()
