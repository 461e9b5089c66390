"""The private PostgreSQL: found, started and shared, with nothing but the standard library.

Whoever needs it calls `start` and holds a shared lock for as long as the process lives, also
through `os.execv`. The first one starts a keeper, a process apart, which makes the
data directory when there is none, runs `postgres` as its child on a socket only, and waits for the
lock that nobody can have while a user lives. The kernel drops the locks of a process however it
ends, so the last user out stops the server, also when that user was killed.
"""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from fkj_portfolio.postgres.place import Installation, PostgresError, choose, home_of, installations
from fkj_portfolio.postgres.server import (
    NAME,
    SECONDS_TO_START,
    end_with_parent,
    log_of,
    socket_directory,
)

__all__ = ["PostgresError", "end_with_parent", "start"]

PACKAGES = Path(__file__).resolve().parents[2]


def start(root: Path, *, purpose: str = "") -> str:
    """Return a DATABASE_URL that works until this process ends.

    `purpose` names a cluster apart; the one for "test" forgoes safety for speed.
    """
    home = home_of(root)
    installation = choose(installations(root), home)
    data = home / f"postgres-{installation.major}{purpose and '-' + purpose}"
    _share(data)
    directory = _find_or_start(installation, data)
    return f"postgresql://{NAME}@/{NAME}?host={quote(os.fsencode(directory), safe='')}"


def _find_or_start(installation: Installation, data: Path) -> Path:
    """Return the directory of the server's socket, as soon as our keeper or another's has one."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if lock := try_lock(data.with_suffix(".keeper")):
            _start_keeper(installation, data, lock)
        if directory := socket_directory(data):
            return directory
        time.sleep(0.05)
    raise PostgresError(f"PostgreSQL in {data} did not become ready, see {log_of(data)}.")


def _start_keeper(installation: Installation, data: Path, lock: int) -> None:
    """Start the keeper, which inherits the lock that says that there is one."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", f"{__name__}.keeper", str(installation.bin), str(data)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        # Ctrl-C is for the users; the keeper ends after the last of them.
        start_new_session=True,
        pass_fds=[lock],
        cwd=PACKAGES,
    )
    os.close(lock)
    assert keeper.stdout
    with keeper.stdout as output:
        said = output.read().strip()
    if said != "ready":
        raise PostgresError(said or "PostgreSQL did not start.")
    # The keeper outlives us; there is nothing to wait for.
    keeper.returncode = 0


def _share(data: Path) -> None:
    """Hold the users' lock until this process ends, whatever it becomes by `os.execv`."""
    users = open_lock(data.with_suffix(".users"))
    # While a server is being stopped this waits until it is gone.
    fcntl.flock(users, fcntl.LOCK_SH)
    os.set_inheritable(users, True)


def try_lock(path: Path) -> int | None:
    """Return a locked file, or nothing when somebody has the lock."""
    file = open_lock(path)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def open_lock(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except PermissionError:
        raise PostgresError(f"{path} is not ours to use: run this as its owner.") from None
