"""What figures were measured on, in a line."""

import datetime
import os
import platform
import subprocess

from bench.sides import Side


def describe(side: Side) -> str:
    """Tell of the machine, of what else it did just now, and of what is measured."""
    ((version,),) = side.find("SHOW server_version")
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=side.where,
        check=True,
        capture_output=True,
        text=True,
    )
    busy = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, PostgreSQL {version.split()[0]}, Python {platform.python_version()},"
        f" {datetime.date.today():%-d %B %Y}, commit {commit.stdout.strip()}; load before: {busy}.\n"  # noqa: DTZ011
    )
