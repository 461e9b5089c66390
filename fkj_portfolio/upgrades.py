"""Which databases can be brought up to date, and which are another version's."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.db.migrations.loader import MigrationLoader

from fkj_portfolio.postgres.place import is_private

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


def refuse_other_history(database: "BaseDatabaseWrapper") -> None:
    """Raise CommandError when a database has migrations of ours that are not here: it is another's."""
    loader = MigrationLoader(database)
    strange = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations.keys() - loader.disk_migrations.keys()
        if app in loader.migrated_apps
        and Path(apps.get_app_config(app).path).parent == settings.BASE_DIR
    )
    if strange:
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
