"""Line coverage of each room: `python3 do.py test --coverage`, with pytest's arguments.

Servers that tests start as programs of their own are not counted, nor are migrations. slipcover takes its marks
out of the code once a line has run, so that little time is lost also where Python has no sys.monitoring.
"""

import atexit
import json
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MEASURED = ROOT / "var" / "coverage.json"


def main(arguments: list[str]) -> Any:
    """Run pytest in this process, so that signals reach it; at its end say what it covered."""
    from slipcover.__main__ import main as run_measured

    MEASURED.unlink(missing_ok=True)
    # Before slipcover registers that it writes its file, hence done after it.
    atexit.register(show)
    sys.argv = ["slipcover", "--source", ",".join(rooms()), "--omit", "*/migrations/*"]
    sys.argv += ["--json", "--out", str(MEASURED), "-m", "pytest", *arguments]
    return run_measured()


def rooms() -> list[str]:
    """Return the rooms of the house, of which import-linter has the list."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    return list(tools["importlinter"]["root_packages"])


def show() -> None:
    """Print what was measured, unless the run was cut off before."""
    if MEASURED.exists():
        print("", "Lines covered:", *table(json.loads(MEASURED.read_text("utf-8"))), sep="\n")


def table(measured: dict[str, Any]) -> list[str]:
    """Return a line for each room, and one for all."""
    covered, missing = Counter[str](), Counter[str]()
    for name, file in measured["files"].items():
        for room in (name.partition("/")[0], "all"):
            covered[room] += len(file["executed_lines"])
            missing[room] += len(file["missing_lines"])
    names = [name for name in [*rooms(), "all"] if covered[name] + missing[name]]
    return [
        f"{name:16}{covered[name] / (covered[name] + missing[name]):7.1%}"
        f" of {covered[name] + missing[name]:6,}"
        for name in names
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
