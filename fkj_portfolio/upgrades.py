"""Which databases can be brought up to date, and which are another version's."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import CommandError
from django.db.migrations.recorder import MigrationRecorder

from fkj_portfolio.postgres.place import is_private

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


#: Migrations of before each app had one, from which there is no way on.
BEFORE = {
    ("accounts", "0002_keep_emails_in_small_letters"),
    ("milestones", "0002_name_the_people"),
    ("projects", "0002_record_since_when_it_was_true"),
}


def refuse_other_history(database: "BaseDatabaseWrapper") -> None:
    """Raise CommandError when a database was made before there was one migration for each app."""
    applied = MigrationRecorder(database).applied_migrations()
    if strange := sorted(f"{app}.{name}" for app, name in BEFORE & applied.keys()):
        raise CommandError(
            "The database was made by another version, with migrations that are not here, such as"
            f" {strange[-1]}. It can't be upgraded from there. Go on with that version, or begin with an"
            f" empty database: {_how_to_begin_anew(database)}"
        )


def _how_to_begin_anew(database: "BaseDatabaseWrapper") -> str:
    with database.cursor() as cursor:
        # Told to superusers alone, as we are of the private one.
        cursor.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        for (directory,) in cursor.fetchall():
            if is_private(Path(directory), settings.BASE_DIR):
                return f"move {directory} away."
    return "make one, and let DATABASE_URL name it."
