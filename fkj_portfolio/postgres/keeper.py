"""Keeps the server for as long as somebody uses it; run by the first user, as a process apart."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from fkj_portfolio.postgres import open_lock
from fkj_portfolio.postgres.place import PostgresError
from fkj_portfolio.postgres.server import Server


def keep(bin_directory: Path, data: Path) -> None:
    """Run the server until its last user is gone."""
    os.umask(0o022)
    server = Server(bin_directory, data)
    server.make()
    server.end_orphan()
    process = server.start()
    signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
    # Whoever started us reads until we close this.
    sys.stdout.write("ready")
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    threading.Thread(target=_stop_after_the_last, args=(data, process), daemon=True).start()
    process.wait()
    server.forget_socket()


def _stop_after_the_last(data: Path, process: subprocess.Popen[bytes]) -> None:
    users = open_lock(data.with_suffix(".users"))
    fcntl.flock(users, fcntl.LOCK_EX)
    process.send_signal(signal.SIGINT)


def main(bin_directory: str, data: str) -> None:
    """Be the keeper; what goes wrong is told on standard output."""
    try:
        keep(Path(bin_directory), Path(data))
    except (PostgresError, OSError) as error:
        print(error)


if __name__ == "__main__":
    main(*sys.argv[1:])
