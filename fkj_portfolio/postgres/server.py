"""One data directory and the `postgres` that runs on it."""

import ctypes
import locale
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fkj_portfolio.postgres.place import (
    PostgresError,
    can_reach,
    copy_programs,
    major_of,
    server_user,
)

NAME = "portfolio"
SECONDS_TO_START = 120
# A socket's address has room for about 100 bytes, of which the file name takes 17.
LONGEST_SOCKET_DIRECTORY = 80
STILL_IN_USE = "pre-existing shared memory block"
PR_SET_PDEATHSIG = 1


class Server:
    """One data directory and what runs on it, as the user who may."""

    def __init__(self, bin_directory: Path, data: Path) -> None:
        self.data = data
        self.owner = uid, gid = server_user(data)
        self.identity: dict[str, Any] = {
            "cwd": "/",
            "env": {"PATH": os.defpath, "LC_ALL": "C"},
        }
        if os.geteuid() == 0:
            self.identity |= {"user": uid, "group": gid, "extra_groups": []}
        self.bin = bin_directory.resolve()
        if os.geteuid() == 0 and not can_reach(self.bin / "postgres", uid):
            self.bin = copy_programs(self.bin, data.parent)
        self.socket_directory: Path | None = None
        #: Leads to it, when it is not the data directory.
        self.link = data.with_suffix(".socket")

    def make(self) -> None:
        """Make the data directory; until it is whole it has another name."""
        if self.data.exists():
            return
        unfinished = self.data.with_name(f"{self.data.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(unfinished, *self.owner)
        # The directory's mode keeps others away from the socket, so that no password is needed.
        manners = ("--auth-local=trust", "--auth-host=reject", "--no-instructions")
        self._finish(
            *("initdb", "-D", unfinished, "-U", NAME, "--encoding=UTF8"),
            *(*manners, *_locale(self.bin)),
        )
        create = f"CREATE DATABASE {NAME};".encode()
        self._finish("postgres", "--single", "-D", unfinished, "template1", said=create)
        unfinished.rename(self.data)

    def _finish(self, program: str, *arguments: str | Path, said: bytes = b"") -> None:
        """Run one of PostgreSQL's programs to its end."""
        done = subprocess.run(
            [self.bin / program, *arguments],
            input=said,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            **self.identity,
        )
        if done.returncode:
            output = done.stdout.decode(errors="replace").strip()
            raise PostgresError(f"PostgreSQL's {program} failed:\n{output}")

    def end_orphan(self) -> None:
        """End a server whose keeper was killed, and let PostgreSQL see that one is long gone.

        Its number may be another's process by now. PostgreSQL takes no notice of its parent's, and
        still looks whether something holds the old shared memory; without the file it would not.
        """
        pid = int(next(iter(pid_file(self.data)), 0))
        if pid == 0:
            return
        while is_server(pid, self.data):
            os.kill(pid, signal.SIGINT)
            time.sleep(0.1)
        for file in (self.data / "postmaster.pid", self.data / ".s.PGSQL.5432.lock"):
            if file.exists():
                _, _, rest = file.read_bytes().partition(b"\n")
                # The directory is the server's user's, and we may be root: never through a link.
                with open(os.open(file, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW), "wb") as new:
                    new.write(b"%d\n%b" % (os.getpid(), rest))

    def start(self) -> subprocess.Popen[bytes]:
        """Return the server when it takes connections; one that ended instead says why."""
        # Users keep the address of the first start.
        self.socket_directory = self.socket_directory or self._place_for_socket()
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            before = self._log()
            process = self._run()
            while time.monotonic() < deadline and process.poll() is None:
                lines = pid_file(self.data)
                if lines and int(lines[0]) == process.pid and socket_directory(self.data):
                    return process
                time.sleep(0.02)
            process.kill()
            said = self._log().removeprefix(before).strip()
            # What a server that was killed left running ends by itself.
            if STILL_IN_USE not in said or time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL did not start:\n{said}")
            time.sleep(0.5)

    def _run(self) -> subprocess.Popen[bytes]:
        """Start `postgres` in the foreground; when we are killed it gets SIGINT, its fast stop.

        Where there is no such signal, the next start ends the orphan.
        """
        quoted = str(self.socket_directory).replace('"', '""')
        options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{quoted}"',
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if self.data.name.endswith("-test"):
            options |= {
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
            }
        arguments = [f"--{name}={value}" for name, value in options.items()]
        with log_of(self.data).open("ab") as log:
            return subprocess.Popen(
                [self.bin / "postgres", "-D", self.data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGINT),
                **self.identity,
            )

    def note(self, text: str) -> None:
        """Add a line of ours to what the server says in its log."""
        with log_of(self.data).open("a", encoding="utf-8") as log:
            log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S UTC', time.gmtime())} {text}\n")

    def _log(self) -> str:
        log = log_of(self.data)
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def _place_for_socket(self) -> Path:
        """Return the data directory, or one of our own when that path is too long.

        A server that takes the place of one that was killed gets the same one, whose address is in use.
        """
        if len(os.fsencode(self.data)) <= LONGEST_SOCKET_DIRECTORY:
            return self.data
        if self.link.is_symlink() and self._is_ours(kept := self.link.readlink()):
            return kept
        directory = Path(tempfile.mkdtemp(prefix=f"{NAME}-", dir="/tmp"))
        if os.geteuid() == 0:
            os.chown(directory, *self.owner)
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(directory)
        return directory

    def _is_ours(self, directory: Path) -> bool:
        """Return whether nobody else has made it in /tmp after ours was cleaned away."""
        if not directory.exists():
            return False
        found = directory.lstat()
        is_private = stat.S_ISDIR(found.st_mode) and found.st_mode & 0o077 == 0
        return is_private and found.st_uid == self.owner[0]

    def forget_socket(self) -> None:
        """Remove the directory that was made for the socket alone."""
        if self.socket_directory and self.socket_directory != self.data:
            self.link.unlink(missing_ok=True)
            shutil.rmtree(self.socket_directory, ignore_errors=True)


def _locale(bin_directory: Path) -> list[str]:
    """Return the options that make lower('ÅSE') work, the same on every machine if possible."""
    ctype = _utf8_ctype()
    if major_of(bin_directory / "postgres") >= 17:
        return [
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            f"--lc-ctype={ctype or 'C'}",
        ]
    if ctype is None:
        raise PostgresError("This machine has no UTF-8 locale such as C.UTF-8: install one.")
    return ["--locale=C", f"--lc-ctype={ctype}"]


def _utf8_ctype() -> str | None:
    for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "nb_NO.UTF-8", "UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        return name
    return None


def socket_directory(data: Path) -> Path | None:
    """Return where the server listens, from its own file, once it says that it is ready."""
    lines = pid_file(data)
    is_ready = len(lines) > 7 and lines[7].strip() == "ready" and is_server(int(lines[0]), data)
    return Path(lines[4]) if is_ready else None


def pid_file(data: Path) -> list[str]:
    try:
        return os.fsdecode((data / "postmaster.pid").read_bytes()).splitlines()
    except FileNotFoundError:
        return []


def is_server(pid: int, data: Path) -> bool:
    """Return whether a process is the server of a data directory; the number may be another's by now."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
        except OSError:
            return False
    ps = ["ps", "-o", "command=", "-p", str(pid)]
    command = subprocess.run(ps, capture_output=True, text=True, check=False).stdout
    return str(data) in command


def log_of(data: Path) -> Path:
    return data.with_suffix(".log")


def end_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Return a `preexec_fn` that makes a child get a signal when its parent dies, on Linux.

    It must be asked for after a change of user, which resets it, and by the main thread, whose
    end counts as the parent's.
    """
    if not sys.platform.startswith("linux"):
        return None
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)

    return ask
