"""Preparation before `do.py run` serves: brings the database and the static files up to date."""

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from fkj_portfolio.upgrades import refuse_other_history

# Any number will do, as long as nothing else locks it.
PREPARING = 20230213


def main() -> None:
    """Prepare, or say in a sentence what is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fkj_portfolio.settings")
    try:
        django.setup()
        with only_one():
            prepare()
    except (CommandError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database can't be reached: {error}".strip())
    except KeyboardInterrupt:
        # Whoever started us says so.
        sys.exit(130)


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
    refuse_other_history(connection)
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


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
