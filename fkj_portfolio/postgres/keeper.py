"""Keeps the server for as long as somebody uses it; run by the first user, as a process apart."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from fkj_portfolio.postgres import open_lock
from fkj_portfolio.postgres.place import PostgresError
from fkj_portfolio.postgres.server import Server, log_of

#: Between attempts to start the server again, when that fails too.
SECONDS_OF_PAUSE = 5


class Keeper:
    """Starts the server, and again whenever it ends although somebody still uses it."""

    def __init__(self, bin_directory: Path, data: Path) -> None:
        self.server = Server(bin_directory, data)
        self.process: subprocess.Popen[bytes] | None = None
        self.is_stopping = False

    def keep(self, *, after: int | None = None) -> None:
        """Run the server until its last user is gone; `after` is the status of a keeper that was killed."""
        self.server.make()
        self.server.end_orphan()
        if after is None:
            log_of(self.server.data).unlink(missing_ok=True)
        else:
            self.server.note(
                f"The keeper ended with {describe(after)}; PostgreSQL is started again."
            )
        self.process = self.server.start()
        signal.signal(signal.SIGTERM, lambda *_: self.stop())
        # Whoever started us reads until we close this.
        sys.stdout.write("ready")
        sys.stdout.flush()
        say_no_more()
        threading.Thread(target=self._stop_after_the_last, daemon=True).start()
        while self._has_failed():
            self._start_again()
        self.server.forget_socket()

    def stop(self) -> None:
        """Stop the server for good, also while it is being started again."""
        self.is_stopping = True
        if self.process:
            self.process.send_signal(signal.SIGINT)

    def _stop_after_the_last(self) -> None:
        users = open_lock(self.server.data.with_suffix(".users"))
        fcntl.flock(users, fcntl.LOCK_EX)
        self.stop()

    def _has_failed(self) -> bool:
        """Wait for the server to end; whether it did so by itself."""
        assert self.process
        status = self.process.wait()
        if not self.is_stopping:
            self.server.note(f"PostgreSQL ended with {describe(status)}; it is started again.")
        return not self.is_stopping

    def _start_again(self) -> None:
        """Start the server as often as it takes; what is on its disk is made whole by itself."""
        while not self.is_stopping:
            try:
                self.server.end_orphan()
                self.process = self.server.start()
            except (PostgresError, OSError) as error:
                self.server.note(str(error))
                time.sleep(SECONDS_OF_PAUSE)
            else:
                break
        # The last user may have gone before there was anything to stop.
        if self.is_stopping:
            self.stop()


def describe(status: int) -> str:
    """Return in words how a process ended."""
    return f"signal {-status}" if status < 0 else f"code {status}"


def main(bin_directory: str, data: str) -> None:
    """Be a keeper, and start another whenever one is killed; what goes wrong is told on standard output."""
    os.umask(0o022)
    killed: int | None = None
    while (keeper := os.fork()) != 0:
        signal.signal(signal.SIGTERM, lambda *_, keeper=keeper: os.kill(keeper, signal.SIGTERM))
        say_no_more()
        _, status = os.waitpid(keeper, 0)
        if not os.WIFSIGNALED(status):
            return
        killed = os.waitstatus_to_exitcode(status)
    try:
        Keeper(Path(bin_directory), Path(data)).keep(after=killed)
    except (PostgresError, OSError) as error:
        print(error)


def say_no_more() -> None:
    """Close what whoever started us reads from, and the terminal."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)


if __name__ == "__main__":
    main(*sys.argv[1:])
