"""The private PostgreSQL keeps its address and its log when parts of it are killed."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from fkj_portfolio.postgres.place import home_of
from tests.plugin import ROOT

SECONDS = 60
USE = "import sys; from pathlib import Path; from fkj_portfolio.postgres import start"
pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="Looks into /proc.")


class Place:
    """A checkout whose path is too long for a socket."""

    def __init__(self, root: Path) -> None:
        self.root = root / "et langt navn" / ("x" * 80)
        self.root.mkdir(parents=True)
        self.home = home_of(self.root)

    @contextlib.contextmanager
    def used(self) -> Iterator[str]:
        """Give the address of the server for as long as a process uses it."""
        code = f"{USE}; print(start(Path(sys.argv[1])), flush=True); sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", code, str(self.root)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as user:
            yield user.stdout.readline().strip()

    def keepers(self) -> list[int]:
        """The processes that keep the server, the guard of the other first."""
        commands = {
            int(each.parent.name): each.read_bytes()
            for each in Path("/proc").glob("[0-9]*/cmdline")
        }
        home = os.fsencode(self.home)
        return sorted(
            pid for pid, said in commands.items() if b"postgres.keeper" in said and home in said
        )

    @property
    def log(self) -> str:
        return next(self.home.glob("postgres-*.log")).read_text("utf-8", "replace")


@pytest.fixture
def place() -> Iterator[Place]:
    directory = Path(tempfile.mkdtemp())
    directory.chmod(0o755)
    place = Place(directory)
    yield place
    wait_until(lambda: not place.keepers())
    shutil.rmtree(directory)
    shutil.rmtree(place.home, ignore_errors=True)


def wait_until(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and not is_so():
        time.sleep(0.05)
    return is_so()


def answers(url: str) -> bool:
    """Wait until the server at an address answers."""

    def reached() -> bool:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
        return False

    return wait_until(reached)


def test_is_at_the_same_place_after_its_keeper_was_killed(place):
    with place.used() as url:
        assert answers(url)
        _guard, keeper = place.keepers()

        os.kill(keeper, signal.SIGKILL)

        words = "The keeper ended with signal 9; PostgreSQL is started again."
        assert wait_until(lambda: words in place.log)
        assert answers(url)
        assert place.log.count("starting PostgreSQL") == 2


def test_is_at_the_same_place_for_whoever_comes_after_all_that_keeps_it_was_killed(place):
    with place.used() as url:
        assert answers(url)
        for keeper in place.keepers():
            os.kill(keeper, signal.SIGKILL)

        with place.used() as again:
            assert again == url
            assert answers(url)


def test_leaves_no_socket_behind(place):
    with place.used() as url:
        assert answers(url)
        link = next(place.home.glob("postgres-*.socket"))
        directory = link.readlink()
        assert directory.is_dir()

    assert wait_until(lambda: not directory.exists())
    assert not link.is_symlink()
