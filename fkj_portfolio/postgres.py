"""The private PostgreSQL: found, started and shared, with nothing but the standard library.

Whoever needs it calls `start` and holds a shared lock for as long as the process lives, also
through `os.execv`. The first one starts a keeper (this file, run as a script), which makes the
data directory when there is none, runs `postgres` as its child on a socket only, and waits for the
lock that nobody can have while a user lives. The kernel drops the locks of a process however it
ends, so the last user out stops the server, also when that user was killed.
"""

import ctypes
import fcntl
import hashlib
import locale
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

NAME = "portfolio"
OLDEST_MAJOR = 15
SECONDS_TO_START = 120
# A socket's address has room for about 100 bytes, of which the file name takes 17.
LONGEST_SOCKET_DIRECTORY = 80
PR_SET_PDEATHSIG = 1


class PostgresError(Exception):
    """The private PostgreSQL can't run; the message says why and what to do."""


class Installation(NamedTuple):
    """The programs of one PostgreSQL."""

    major: int
    bin: Path


def start(root: Path, *, purpose: str = "") -> str:
    """Return a DATABASE_URL that works until this process ends.

    `purpose` names a cluster apart; the one for "test" forgoes safety for speed.
    """
    home = _home(root)
    installation = _choose(_installations(root), home)
    data = home / f"postgres-{installation.major}{purpose and '-' + purpose}"
    _share(data)
    directory = _find_or_start(installation, data)
    return f"postgresql://{NAME}@/{NAME}?host={quote(os.fsencode(directory), safe='')}"


# Where it lies


def _home(root: Path) -> Path:
    """Return the directory of all data: var/, or for root one that the server's user can reach."""
    var = root / "var"
    if os.geteuid() != 0 or _can_reach(var, _server_user(var / "data")):
        var.mkdir(exist_ok=True)
        return var
    # Only root can write in /var/lib, so nobody can have laid a trap there.
    checkout = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
    home = Path("/var/lib/fkj-portfolio") / checkout
    home.mkdir(mode=0o755, parents=True, exist_ok=True)
    for directory in (home, home.parent):
        directory.chmod(0o755)
    return home


def _can_reach(path: Path, user: pwd.struct_passwd) -> bool:
    """Whether a user may pass through all directories above a path."""
    return all(
        found.st_mode & stat.S_IXOTH or found.st_uid == user.pw_uid
        for found in (parent.stat() for parent in path.resolve().parents)
    )


def _server_user(data: Path) -> pwd.struct_passwd:
    """Return who runs the server: ourselves, but for root whoever owns the place, else nobody."""
    if (uid := os.geteuid()) != 0:
        return pwd.getpwuid(uid)
    owners = (place.stat().st_uid for place in (data, data.parent) if place.exists())
    owner = next((owner for owner in owners if owner != 0), None)
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def _installations(root: Path) -> list[Installation]:
    """Return every PostgreSQL that is new enough: those of the wheel first, then the system's."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = [
        root / ".venv" / "lib" / version / "site-packages",
        sysconfig.get_path("platlib"),
    ]
    places = [
        *(path for package in packages for path in _glob(package, "*pgserver/pginstall*/bin")),
        *_glob("/usr/lib/postgresql", "*/bin"),
        *_glob("/usr", "pgsql-*/bin"),
        *_glob("/opt/homebrew/opt", "postgresql@*/bin"),
        *_glob("/usr/local/opt", "postgresql@*/bin"),
    ]
    if on_path := shutil.which("postgres"):
        places.append(Path(on_path).resolve().parent)
    found = (Installation(_major(place / "postgres"), place) for place in places)
    return [installation for installation in found if installation.major >= OLDEST_MAJOR]


def _glob(directory: str, pattern: str) -> list[Path]:
    return sorted(Path(directory).glob(pattern))


def _major(postgres: Path) -> int:
    """Return the major version that a program says it has, or 0."""
    try:
        said = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\d+", said.stdout)
    return int(number.group()) if number else 0


def _choose(installations: list[Installation], home: Path) -> Installation:
    """Return the PostgreSQL to use: the one that the data are made with, else the newest."""
    if not installations:
        raise PostgresError(
            f"There is no PostgreSQL for this machine: install PostgreSQL {OLDEST_MAJOR} or newer,"
            " or set DATABASE_URL."
        )
    kept = sorted(
        int(path.name.removeprefix("postgres-"))
        for path in home.glob("postgres-*")
        if path.name.removeprefix("postgres-").isdigit()
    )
    by_major = {installation.major: installation for installation in reversed(installations)}
    if not kept:
        return by_major[max(by_major)]
    if kept[-1] not in by_major:
        raise PostgresError(
            f"{home}/postgres-{kept[-1]} needs PostgreSQL {kept[-1]}, which is not on this machine."
            " Install it, or move that directory away to start anew."
        )
    return by_major[kept[-1]]


# The users' side


def _share(data: Path) -> None:
    """Hold the users' lock until this process ends, whatever it becomes by `os.execv`."""
    users = _open(data.with_suffix(".users"))
    # While a server is being stopped this waits until it is gone.
    fcntl.flock(users, fcntl.LOCK_SH)
    os.set_inheritable(users, True)


def _try_lock(path: Path) -> int | None:
    """Return a locked file, or nothing when somebody has the lock."""
    file = _open(path)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except PermissionError:
        owner = pwd.getpwuid(path.stat().st_uid).pw_name if path.exists() else "another user"
        raise PostgresError(f"{path} belongs to {owner}: run this as that user.") from None


def _start_keeper(installation: Installation, data: Path, lock: int) -> None:
    """Start the keeper, which inherits the lock that says that there is one."""
    keeper = subprocess.Popen(
        [sys.executable, "-I", __file__, str(installation.bin), str(data)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        # Ctrl-C is for the users; the keeper ends after the last of them.
        start_new_session=True,
        pass_fds=[lock],
        cwd="/",
    )
    os.close(lock)
    assert keeper.stdout
    with keeper.stdout as output:
        said = output.read().strip()
    if said != "ready":
        raise PostgresError(said or "PostgreSQL did not start.")
    # The keeper outlives us; there is nothing to wait for.
    keeper.returncode = 0


def _find_or_start(installation: Installation, data: Path) -> Path:
    """Return the directory of the server's socket, as soon as our keeper or another's has one."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if lock := _try_lock(data.with_suffix(".keeper")):
            _start_keeper(installation, data, lock)
        if directory := _socket_directory(data):
            return directory
        time.sleep(0.05)
    raise PostgresError(f"PostgreSQL in {data} did not become ready, see {_log(data)}.")


def _socket_directory(data: Path) -> Path | None:
    """Return where the server listens, from its own file, once it says that it is ready."""
    lines = _pid_file(data)
    is_ready = len(lines) > 7 and lines[7].strip() == "ready" and _is_server(int(lines[0]), data)
    return Path(lines[4]) if is_ready else None


def _pid_file(data: Path) -> list[str]:
    try:
        return os.fsdecode((data / "postmaster.pid").read_bytes()).splitlines()
    except FileNotFoundError:
        return []


def _log(data: Path) -> Path:
    return data.with_suffix(".log")


# The keeper's side


def keep(bin_directory: Path, data: Path) -> None:
    """Run the server until its last user is gone."""
    os.umask(0o022)
    server = Server(bin_directory, data)
    server.make()
    server.end_orphan()
    process = server.run()
    signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
    server.wait_until_ready(process)
    # Whoever started us reads until we close this.
    sys.stdout.write("ready")
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    threading.Thread(target=_stop_after_the_last, args=(data, process), daemon=True).start()
    process.wait()
    server.forget_socket()


def _stop_after_the_last(data: Path, process: subprocess.Popen[bytes]) -> None:
    users = _open(data.with_suffix(".users"))
    fcntl.flock(users, fcntl.LOCK_EX)
    process.send_signal(signal.SIGINT)


class Server:
    """One data directory and what runs on it, as the user who may."""

    def __init__(self, bin_directory: Path, data: Path) -> None:
        self.data = data
        user = _server_user(data)
        self.identity: dict[str, Any] = {
            "cwd": "/",
            "env": {"PATH": os.defpath, "LC_ALL": "C"},
        }
        self.owner = (user.pw_uid, user.pw_gid)
        if os.geteuid() == 0:
            self.identity |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.bin = bin_directory
        if os.geteuid() == 0 and not _can_reach(bin_directory / "postgres", user):
            self.bin = _copy_programs(bin_directory, data.parent)

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
        """End a server whose keeper was killed, and forget the file of one that is long gone."""
        lines = _pid_file(self.data)
        if not lines:
            return
        pid = int(lines[0])
        for _ in range(SECONDS_TO_START * 10):
            if not _is_server(pid, self.data):
                break
            os.kill(pid, signal.SIGINT)
            time.sleep(0.1)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def run(self) -> subprocess.Popen[bytes]:
        """Start `postgres` in the foreground; when we are killed it gets SIGINT, its fast stop.

        Where there is no such signal, the next start ends the orphan.
        """
        self.socket_directory = self._socket_directory()
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
        with _log(self.data).open("wb") as log:
            return subprocess.Popen(
                [self.bin / "postgres", "-D", self.data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGINT),
                **self.identity,
            )

    def _socket_directory(self) -> Path:
        """Return the data directory, or a new one of our own when that path is too long."""
        if len(os.fsencode(self.data)) <= LONGEST_SOCKET_DIRECTORY:
            return self.data
        directory = Path(tempfile.mkdtemp(prefix=f"{NAME}-", dir="/tmp"))
        if os.geteuid() == 0:
            os.chown(directory, *self.owner)
        return directory

    def forget_socket(self) -> None:
        """Remove the directory that was made for the socket alone."""
        if self.socket_directory != self.data:
            shutil.rmtree(self.socket_directory, ignore_errors=True)

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        """Return when the server takes connections; a server that ended instead says why."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and process.poll() is None:
            lines = _pid_file(self.data)
            if lines and int(lines[0]) == process.pid and _socket_directory(self.data):
                return
            time.sleep(0.02)
        process.kill()
        said = _log(self.data).read_text("utf-8", "replace").strip().splitlines()[-5:]
        raise PostgresError("PostgreSQL did not start:\n" + "\n".join(said))


def _locale(bin_directory: Path) -> list[str]:
    """Return the options that make lower('ÅSE') work, the same on every machine if possible."""
    ctype = _utf8_ctype()
    if _major(bin_directory / "postgres") >= 17:
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


def _copy_programs(bin_directory: Path, home: Path) -> Path:
    """Copy a wheel's PostgreSQL to where the server's user can reach it, once per build."""
    installation = bin_directory.parent
    package = installation.parent
    build = (bin_directory / "postgres").stat()
    copy = home / f"{installation.name}-{build.st_size}-{int(build.st_mtime)}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(
            installation,
            unfinished / package.name / installation.name,
            symlinks=True,
            ignore=shutil.ignore_patterns("include", "*.a"),
        )
        for libraries in package.parent.glob(f"{package.name}.libs"):
            shutil.copytree(libraries, unfinished / libraries.name)
        for path in [unfinished, *unfinished.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755)
        unfinished.rename(copy)
    return copy / package.name / installation.name / "bin"


def _is_server(pid: int, data: Path) -> bool:
    """Whether a process is the server of a data directory; the number may be another's by now."""
    try:
        os.kill(pid, 0)
        if Path("/proc/self").exists():
            return Path(f"/proc/{pid}/cwd").resolve() == data.resolve()
    except (ProcessLookupError, PermissionError):
        return False
    ps = ["ps", "-o", "command=", "-p", str(pid)]
    command = subprocess.run(ps, capture_output=True, text=True, check=False).stdout
    return str(data) in command


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


def main(bin_directory: str, data: str) -> None:
    """Be the keeper; what goes wrong is told on standard output."""
    try:
        keep(Path(bin_directory), Path(data))
    except (PostgresError, OSError) as error:
        print(error)


if __name__ == "__main__":
    main(*sys.argv[1:])
