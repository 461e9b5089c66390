"""`do.py run` from the point where everything is installed: prepare the database, then serve."""

import contextlib
import hashlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from granian import Granian
from granian.constants import Interfaces

ADDRESS = "127.0.0.1"
WORKERS = 2
# Whoever sends slowly keeps a thread waiting, and each thread has a connection to the database:
# together they stay well below the hundred that PostgreSQL allows.
THREADS_PER_WORKER = 16
SECONDS_TO_FINISH = 5
# Any number will do, as long as nothing else locks it.
PREPARING = 20230213


def main() -> None:
    """Bring the database and the static files up to date, and serve until a signal comes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fkj_portfolio.settings")
    try:
        django.setup()
        with only_one():
            prepare()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database can't be reached: {error}".strip())
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    serve(int(os.environ["PORT"]))


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let one start at a time prepare a database; the lock ends with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [PREPARING])
        if cursor.fetchone() == (False,):
            say("Waiting for another start to prepare the database …")
            cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
    try:
        yield
    finally:
        connection.close()


def prepare() -> None:
    """Migrate, make the groups, load the demonstration into an empty database, collect files."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Migrating the database …")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("make_groups")
    collect_static()
    call_command("load_demo", if_empty=True)


def collect_static() -> None:
    """Collect the static files anew when they or the lock have changed."""
    root = Path(settings.STATIC_ROOT)
    note = root.with_name(f"{root.name}.fingerprint")
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for path in sorted((settings.BASE_DIR / "static").rglob("*")):
        seen = path.stat()
        digest.update(f"{path}\0{seen.st_size}\0{seen.st_mtime_ns}\0".encode())
    if root.exists() and note.exists() and note.read_text() == digest.hexdigest():
        return
    say("Collecting static files …")
    note.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    note.write_text(digest.hexdigest())


def serve(port: int) -> None:
    """Serve with granian; its workers end with it, however it ends."""
    if answers(port):
        sys.exit(f"Port {port} was taken while this started. Choose another with PORT.")
    # The same on every platform; and a worker must not inherit the lock on the database.
    multiprocessing.set_start_method("spawn")
    server = Granian(
        "fkj_portfolio.wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS_PER_WORKER,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_enabled=False,
    )

    @server.on_startup
    def ready() -> None:
        # A terminal that is closed should end us; granian would start its workers anew.
        signal.signal(signal.SIGHUP, signal.getsignal(signal.SIGTERM))
        threading.Thread(target=tell_when_ready, args=(port,), daemon=True).start()

    server.serve(target_loader=load_application, wrap_loader=False)


def tell_when_ready(port: int) -> None:
    """Print the address as soon as a worker answers there."""
    while not answers(port):
        time.sleep(0.05)
    say(f"Serving at http://{ADDRESS}:{port}/ (Ctrl-C stops)")


def answers(port: int) -> bool:
    """Whether something takes connections there."""
    with socket.socket() as attempt:
        return attempt.connect_ex((ADDRESS, port)) == 0


def load_application(*_: Any, **__: Any) -> Callable[..., Any]:
    """Return the application, in a worker that is watching its parent."""
    threading.Thread(target=end_with_parent, daemon=True).start()

    from fkj_portfolio.wsgi import application

    return application


def end_with_parent() -> None:
    """End this worker when its parent has ended without telling it."""
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_FINISH)
    os._exit(1)


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
