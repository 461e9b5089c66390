"""A replica of the PostgreSQL of the tests, which follows it as it streams, and can be promoted."""

import os
import shutil
import signal
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from fkj_portfolio.postgres.place import choose, home_of, installations
from fkj_portfolio.postgres.server import NAME, Server, socket_directory
from tests.plugin import ROOT

SECONDS = 30
FOLLOW = "primary_conninfo"


class Replica:
    """A server that follows another."""

    def __init__(self, server):
        self.server = server
        self.directory = str(socket_directory(server.data))
        self.url = f"host={self.directory} user={NAME} dbname={connection.settings_dict['NAME']}"

    def ask(self, question):
        with psycopg.connect(self.url, autocommit=True) as asked:
            return asked.execute(question).fetchone()

    def catch_up(self):
        """Wait until all that has been committed has arrived."""
        with transaction.atomic(), connection.cursor() as cursor:
            # Else what is written waits for seconds in an idle server that forgoes safety for speed.
            cursor.execute("SET LOCAL synchronous_commit = on")
            cursor.execute("SELECT pg_logical_emit_message(true, 'test', '')::text")
            (written,) = cursor.fetchone()
        wait_until(lambda: self.ask(f"SELECT pg_last_wal_replay_lsn() >= '{written}'")[0])

    @contextmanager
    def cut_off(self):
        """Let nothing more arrive for a while."""
        (where,) = self.ask(f"SHOW {FOLLOW}")
        self._follow("")
        yield
        self._follow(where)

    def _follow(self, where):
        quoted = where.replace("'", "''")
        with psycopg.connect(self.url, autocommit=True) as asked:
            asked.execute(f"ALTER SYSTEM SET {FOLLOW} = '{quoted}'")
            asked.execute("SELECT pg_reload_conf()")
        if not where:
            wait_until(lambda: self.ask("SELECT count(*) FROM pg_stat_wal_receiver") == (0,))

    def promote(self):
        assert self.ask("SELECT pg_promote()") == (True,)

    @contextmanager
    def asked_by_the_site(self):
        """Let the site's next connection be with this server, as after a failover."""
        before = connection.settings_dict["HOST"]
        connection.close()
        connection.settings_dict["HOST"] = self.directory
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["HOST"] = before


@contextmanager
def replica():
    """Copy the PostgreSQL of the tests as it runs, and start the copy."""
    home = home_of(ROOT)
    installation = choose(installations(ROOT), home)
    directory = socket_directory(home / f"postgres-{installation.major}-test")
    if directory is None or str(directory) != connection.settings_dict["HOST"]:
        pytest.skip("The PostgreSQL of the tests is not ours to copy.")
    # By its name it is one for tests, which need not be safe.
    server = Server(installation.bin, home / f"replica-{os.getpid()}-test")
    process = None
    try:
        _copy(server, directory)
        process = server.start()
        yield Replica(server)
    finally:
        if process:
            process.send_signal(signal.SIGINT)
            process.wait()
        server.forget_socket()
        shutil.rmtree(server.data, ignore_errors=True)
        server.data.with_suffix(".log").unlink(missing_ok=True)


def _copy(server, directory: Path):
    server.data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(server.data, *server.owner)
    where = ("--host", directory, "--username", NAME, "--pgdata", server.data)
    server._finish(
        "pg_basebackup", *where, "--write-recovery-conf", "--checkpoint=fast", "--no-sync"
    )
    # The lock of the other server's socket.
    for left in server.data.glob(".s.PGSQL.*"):
        left.unlink()


def wait_until(is_so):
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)
