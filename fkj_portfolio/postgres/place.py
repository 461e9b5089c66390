"""Place of the private PostgreSQL: where its programs and data lie, and who runs it."""

import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import sysconfig
from pathlib import Path
from typing import NamedTuple

OLDEST_MAJOR = 15


class PostgresError(Exception):
    """The private PostgreSQL can't run; the message says why and what to do."""


class Installation(NamedTuple):
    """The programs of one PostgreSQL."""

    major: int
    bin: Path


def home_of(root: Path) -> Path:
    """Return the directory of all data: var/, or for root one that the server's user can reach."""
    var = root / "var"
    var.mkdir(exist_ok=True)
    if os.geteuid() != 0 or can_reach(var / "data", server_user(var / "data")[0]):
        return var
    home = home_of_root_user(root)
    home.mkdir(mode=0o755, parents=True, exist_ok=True)
    for directory in (home, home.parent):
        directory.chmod(0o755)
    return home


def home_of_root_user(root: Path) -> Path:
    """Return where root keeps the data: only root can write there, so nobody can have laid a trap."""
    checkout = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
    return Path("/var/lib/fkj-portfolio") / checkout


def is_private(data: Path, root: Path) -> bool:
    """Tell whether a data directory is that of the private PostgreSQL."""
    return data.parent in (root / "var", home_of_root_user(root))


def server_user(data: Path) -> tuple[int, int]:
    """Return whose uid and gid the server has: ours, but for root those of the place or nobody's."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    for place in (data, data.parent):
        if place.exists() and (owner := place.stat()).st_uid != 0:
            return owner.st_uid, owner.st_gid
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def can_reach(path: Path, uid: int) -> bool:
    """Return whether a user may pass through all directories above a path."""
    return all(
        found.st_mode & stat.S_IXOTH or found.st_uid == uid
        for found in (parent.stat() for parent in path.resolve().parents)
    )


def choose(installations: list[Installation], home: Path) -> Installation:
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


def installations(root: Path) -> list[Installation]:
    """Return every PostgreSQL that is new enough: those of the wheel first, then the system's."""
    wheel = "*pgserver/pginstall*/bin"
    places = [
        *_glob(f"{root}/.venv/lib", f"python3*/site-packages/{wheel}"),
        *_glob(sysconfig.get_path("platlib"), wheel),
        *_glob("/usr/lib/postgresql", "*/bin"),
        *_glob("/usr", "pgsql-*/bin"),
        *_glob("/opt/homebrew/opt", "postgresql@*/bin"),
        *_glob("/usr/local/opt", "postgresql@*/bin"),
    ]
    if on_path := shutil.which("postgres"):
        places.append(Path(on_path).resolve().parent)
    found = (Installation(major_of(place / "postgres"), place) for place in places)
    return [installation for installation in found if installation.major >= OLDEST_MAJOR]


def _glob(directory: str, pattern: str) -> list[Path]:
    return sorted(Path(directory).glob(pattern))


def major_of(postgres: Path) -> int:
    """Return the major version that a program says it has, or 0."""
    try:
        said = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\d+", said.stdout)
    return int(number.group()) if number else 0


def copy_programs(bin_directory: Path, home: Path) -> Path:
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
