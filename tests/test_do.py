"""The front door, tried as a person would: a copy of the checkout, started and killed."""

import contextlib
import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fkj_portfolio.postgres.place import can_reach, home_of, server_user
from tests.checkout import ROOT, SECONDS_TO_END, Checkout, is_not_serving, told, wait_until

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="Looks into /proc.")


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    """A place with spaces and Norwegian letters that everyone can reach."""
    path = Path(tempfile.mkdtemp(prefix="prøve på æøå "))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def checkout(directory: Path) -> Checkout:
    return Checkout(directory / "en kopi")


@pytest.fixture(scope="module")
def first_start(checkout: Checkout) -> str:
    """Words of the first start."""
    with checkout.running() as (_, said):
        assert checkout.status() == 200
        return said


class TestRun:
    def test_prepares_everything_at_the_first_start(self, first_start):
        assert "Migrating the database" in first_start
        assert "Collecting static files" in first_start

    def test_has_nothing_to_prepare_at_the_second(self, checkout, first_start):
        began = time.monotonic()
        with checkout.running() as (_, said):
            assert "…" not in said
            assert checkout.status() == 200
            assert time.monotonic() - began < 30

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_ends_with_all_its_processes(self, checkout, first_start, number):
        with checkout.running() as (process, _):
            process.send_signal(number)
            process.wait(SECONDS_TO_END)

            assert checkout.processes_left() == []

    def test_loses_nothing_when_killed(self, checkout, first_start):
        add = "from accounts.models import User; User.objects.create_user('a@example.com')"
        look = "from accounts.models import User; print(User.objects.filter(email='a@example.com'))"
        with checkout.running() as (process, _):
            # A command uses the server that is running.
            checkout.said("manage", "shell", "-c", add)
            process.kill()

        assert "a@example.com" in checkout.said("manage", "shell", "-c", look)

    def test_comes_back_when_parts_of_it_are_killed(self, checkout, first_start):
        with checkout.running() as (process, _):
            data = next(home_of(checkout.path).glob("postgres-[0-9][0-9]"))
            server = int((data / "postmaster.pid").read_text().split()[0])
            os.kill(server, signal.SIGKILL)
            assert checkout.statuses_until_it_is_back() <= {503}
            assert "PostgreSQL ended with signal 9; it is started again." in told(data)

            _guard, keeper = checkout.pids("postgres.keeper")
            os.kill(keeper, signal.SIGKILL)
            assert wait_until(lambda: keeper not in checkout.pids("postgres.keeper"))
            assert checkout.statuses_until_it_is_back() <= {503}
            assert wait_until(lambda: len(checkout.pids("postgres.keeper")) == 2)

            main, *workers = checkout.pids("fkj_portfolio.serve")
            assert main == process.pid
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
            assert checkout.status() == 200
            process.terminate()
            said = process.stdout.read()

        assert "The database is away, pages answer 503 meanwhile: " in said
        assert "The database is back after " in said
        assert said.count("takes the place of one that ended.") >= 1

    def test_keeps_its_database_to_itself(self, checkout, first_start):
        data = next(home_of(checkout.path).glob("postgres-[0-9][0-9]"))
        key = checkout.path / "var" / "secret-key"

        assert data.stat().st_mode & 0o077 == 0
        assert key.stat().st_mode & 0o077 == 0

    def test_says_that_the_port_is_in_use_before_anything_slow(self, directory):
        untouched = Checkout(directory / "uberørt")
        with socket.create_server(("127.0.0.1", untouched.port)):
            said = untouched.said("run")

        assert said.startswith(f"Port {untouched.port} is in use.")
        assert said.count("\n") == 1
        assert not (untouched.path / "var").exists()

    @pytest.mark.parametrize("port", ["http", "²", "٣", "0", "65536", "9" * 5000])
    def test_refuses_a_port_that_is_none(self, checkout, port):
        said = checkout.said("run", port=port)

        assert said == f"PORT must be a number from 1 to 65535, not {port!r}.\n"

    def test_prepares_once_when_two_start_at_once(self, directory):
        fresh = Checkout(directory / "to på en gang")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with fresh.do("run", port=port) as other:
            try:
                with fresh.running():
                    said = "".join(itertools.takewhile(is_not_serving, other.stdout))
                    other.kill()
            finally:
                other.kill()

        assert "Error" not in said
        assert fresh.processes_left() == []

    def test_serves_while_others_send_slowly(self, checkout, first_start):
        head = b"POST /konto/logg-inn/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nlo"
        with checkout.running(), contextlib.ExitStack() as slow:
            for _number in range(12):
                address = ("127.0.0.1", checkout.port)
                slow.enter_context(socket.create_connection(address)).sendall(head)
            time.sleep(1)

            assert checkout.status() == 200

    @pytest.mark.skipif(os.geteuid() != 0, reason="Only root has a home that root alone can read.")
    def test_works_where_only_root_can_read(self, directory):
        (directory / "lukket").mkdir(mode=0o700)
        closed = Checkout(directory / "lukket" / "kopi")
        try:
            assert "accounts" in closed.said("manage", "showmigrations")
            assert closed.processes_left() == []
            data = home_of(closed.path) / "postgres-18"
            assert can_reach(data, server_user(data)[0])
        finally:
            shutil.rmtree(home_of(closed.path))


class TestEnvironment:
    def test_makes_the_key_anew_that_a_killed_start_left_empty(self, checkout):
        key = checkout.path / "var" / "secret-key"
        key.parent.mkdir(exist_ok=True)
        key.write_text("")

        checkout.said("manage", "help")

        assert len(key.read_text()) > 50
        assert key.stat().st_mode & 0o077 == 0

    def test_says_that_dotenv_is_not_utf_8(self, checkout):
        dotenv = checkout.path / ".env"
        dotenv.write_bytes("SITE_NAME=Porteføljen".encode("latin-1"))

        said = checkout.said("manage", "help")
        dotenv.unlink()

        assert said == f"{dotenv} is not UTF-8: save it as UTF-8 and try again.\n"

    @pytest.mark.parametrize("command", [["run"], ["manage", "check"]])
    def test_says_what_is_wrong_with_a_setting(self, checkout, command):
        dotenv = checkout.path / ".env"
        dotenv.write_text("DATABASE_URL=foo")

        said = checkout.said(*command)
        dotenv.unlink()

        assert said == "DATABASE_URL must begin with postgresql://.\n"


class TestLock:
    @pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
    def test_has_hashes_and_no_address(self, name):
        lock = (ROOT / name).read_text()
        entries = re.findall(r"^[a-z0-9-]+==", lock, re.MULTILINE)
        with_hash = re.findall(r"^[a-z0-9-]+==.*\\\n    --hash=sha256:", lock, re.MULTILINE)

        assert len(with_hash) == len(entries) > 20
        assert "://" not in lock
        assert "index" not in lock

    def test_is_the_same_for_the_tests(self):
        def versions(name: str) -> set[str]:
            return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE))

        assert versions("requirements.txt") < versions("requirements-test.txt")


class TestUsage:
    def test_is_said_when_there_is_no_such_command(self, checkout):
        assert checkout.said("start").startswith("Usage: python3 do.py run|test|manage|check")

    def test_needs_nothing_of_the_tests(self, tmp_path):
        shutil.copy(ROOT / "do.py", tmp_path)
        shutil.copytree(ROOT / "fkj_portfolio", tmp_path / "fkj_portfolio")

        done = subprocess.run(
            [sys.executable, tmp_path / "do.py", "start"],
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.stderr.startswith("Usage: python3 do.py")
