"""Mishaps of a server, and what it then does: G1 to G9 are what other servers do otherwise."""

import contextlib
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from fkj_portfolio import serve
from tests.plugin import ROOT
from tests.serving.server import SECONDS_TO_START, Server, lives, within

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="Looks into /proc.")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that each test leaves as it was."""
    with Server().running() as running:
        yield running


@contextlib.contextmanager
def waiting(server: Server, *, seconds: int) -> Iterator["Future[tuple[int, str]]"]:
    """Ask for something slow; begins when the server is at it."""
    with ThreadPoolExecutor() as threads:
        answer = threads.submit(server.get, f"/probe/slow/{seconds}")
        assert within(SECONDS_TO_START, lambda: "A slow request has begun." in server.said)
        yield answer


class TestWorkers:
    def test_are_replaced_also_twice_and_both_at_once(self, server):
        killed = set()
        for victims in (1, 1, 1, 2):
            chosen = server.workers()[:victims]
            for pid in chosen:
                os.kill(pid, signal.SIGKILL)
            killed.update(chosen)

            assert server.get("/probe/worker")[0] == 200
            # Who was killed is there until the server has noticed.
            assert within(SECONDS_TO_START, lambda: not killed & set(server.workers()))
            assert within(SECONDS_TO_START, lambda: len(server.workers()) == 2)

        assert len(killed) == 5
        assert within(SECONDS_TO_START, lambda: server.said.count("takes the place of") >= 4)
        lines = [each for each in server.said.splitlines() if "takes the place of" in each]
        in_utc = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z WARNING ")
        assert all(in_utc.match(each) for each in lines)
        for pid in killed:
            assert f"Worker (pid:{pid}) was sent SIGKILL!" in server.said

    def test_answer_throughout_when_one_dies(self, server):
        assert within(SECONDS_TO_START, lambda: len(answering(server)) == 2)
        dead, living = server.workers()
        os.kill(dead, signal.SIGKILL)

        for _time in range(10):
            assert server.get("/probe/worker")[0] == 200
        assert living in server.workers()

    def test_are_renewed_without_loss_by_a_hangup(self, server):
        old, refused = set(server.workers()), 0
        server.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + SECONDS_TO_START
        while old & answering(server) and time.monotonic() < deadline:
            refused += server.get("/probe/worker")[0] != 200

        assert refused == 0
        assert not old & answering(server)
        for pid in answering(server):
            assert f"Worker {pid} has started." in server.said


def answering(server: Server) -> set[int]:
    """Return which workers answer just now."""
    return {int(server.get("/probe/worker")[1]) for _time in range(12)}


class TestEnd:
    def test_lets_a_running_request_finish(self):
        with Server(WORKERS="1").running() as server, waiting(server, seconds=3) as answer:
            server.process.terminate()
            assert answer.result() == (200, "finished")
            assert server.process.wait(10) == 0
            assert server.refuses()

    def test_leaves_no_worker_when_the_main_process_is_killed(self):
        with Server().running() as server:
            workers = server.workers()
            with waiting(server, seconds=30):
                server.process.kill()
                assert within(6, lambda: not any(map(lives, workers)))
                # The port is let go a moment after them.
                assert within(6, server.refuses)

        assert len(workers) == 2


class TestPort:
    def test_is_refused_when_it_is_taken(self, server):
        second = subprocess.run(
            [sys.executable, "-m", "fkj_portfolio.serve"],
            cwd=ROOT,
            env=server.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_START,
            check=False,
        )

        assert second.returncode == 1
        assert f"{server.port}" in second.stderr
        assert second.stderr.count("\n") == 1

    @pytest.mark.parametrize("port", ["http", "0", "99999"])
    def test_must_be_one(self, server, port):
        refused = subprocess.run(
            [sys.executable, "-m", "fkj_portfolio.serve"],
            cwd=ROOT,
            env=server.environment | {"PORT": port},
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_START,
            check=False,
        )

        assert refused.returncode == 1
        assert "PORT" in refused.stderr
        assert refused.stderr.count("\n") == 1


class TestDownload:
    def test_is_cut_and_not_shown_as_whole_when_it_fails_half_way(self, server):
        answer = server.say(b"GET /probe/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")

        assert b"the first row" in answer
        assert not answer.endswith(b"0\r\n\r\n")
        assert "The second row cannot be made." in server.said


class TestEnvironment:
    def test_is_in_no_request(self, server):
        told = json.loads(server.get("/probe/environ")[1])

        assert not {"DATABASE_URL", "SECRET_KEY", "STATIC_ROOT"} & told.keys()
        assert os.environ["SECRET_KEY"] not in told.values()

    def test_is_not_what_a_client_says(self, server):
        answer = server.say(
            b"GET /probe/environ HTTP/1.0\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n"
            b"SCRIPT_NAME: /probe\r\nX_Forwarded_For: 10.0.0.1\r\n\r\n"
        )
        told = json.loads(answer.partition(b"\r\n\r\n")[2])

        assert told["wsgi.url_scheme"] == "http"
        assert told["SCRIPT_NAME"] == ""
        assert "HTTP_X_FORWARDED_FOR" not in told


class TestSilentClient:
    def test_leaves_room_for_others(self, server):
        head = b"GET / HTTP/1.1\r\nHost: local"
        with contextlib.ExitStack() as slow:
            for _number in range(12):
                slow.enter_context(server.connected()).sendall(head)
            time.sleep(0.5)

            assert server.get("/probe/worker")[0] == 200

    def test_loses_its_connection_in_time(self, monkeypatch):
        monkeypatch.setattr(serve, "SECONDS_OF_SILENCE", 1)
        with (
            serve.listen("127.0.0.1", 0) as listener,
            socket.create_connection(listener.getsockname()),
            listener.accept()[0] as connection,
        ):
            began = time.monotonic()
            with pytest.raises(BlockingIOError) as silence:
                connection.recv(1)
            assert 0.5 < time.monotonic() - began < 10
            with pytest.raises(BlockingIOError):
                connection.sendall(b"x" * 50_000_000)

        assert told_of(silence.value) == "A client was silent for 1 seconds and was cut off."
        assert "Traceback" in told_of(RuntimeError("a fault of ours"))


def told_of(error: Exception) -> str:
    """Return what the log says when a request ends so."""
    record = logging.LogRecord(
        "gunicorn.error", logging.ERROR, "", 0, "Socket error", (), (type(error), error, None)
    )
    assert serve.without_traceback_of_silence(record)
    told = logging.Formatter().format(record)
    return told if record.exc_info is None else f"{told}\nTraceback"
