"""What the database does that is not made from fields: files of SQL, and the views of any day.

Both are installed by operations of migrations, which `makemigrations` writes by itself
(`fkj_portfolio.migrating`). A file, `<app>/sql/<name>.sql`, is what is true now, whole, and can be
installed over an older version of itself; what it no longer makes, it drops. Below the line `-- Backwards:` it takes away all that it makes.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

BACKWARDS = "\n-- Backwards:\n"

# The time stands in a subquery of its own, so that it is read once and not for every row.
THING = """
    SELECT {columns} FROM {events} event
    WHERE pgh_true_from < (SELECT as_of.time()) AND pgh_label <> 'delete' AND NOT EXISTS (
        SELECT FROM {events} later
        WHERE later.id = event.id AND later.pgh_true_from < (SELECT as_of.time())
        AND (later.pgh_true_from, later.pgh_id) > (event.pgh_true_from, event.pgh_id)
    )
"""
RECORD = """
    SELECT {columns} FROM {events} event WHERE pgh_true_from < (SELECT as_of.time())
"""
REGISTER = """
    SELECT {columns} FROM {events} event
    WHERE pgh_label <> 'delete' AND pgh_id = (
        SELECT nearest.pgh_id FROM {events} nearest WHERE nearest.id = event.id
        ORDER BY nearest.pgh_true_from >= as_of.time(),
            CASE WHEN nearest.pgh_true_from < as_of.time() THEN nearest.pgh_true_from END DESC,
            CASE WHEN nearest.pgh_true_from < as_of.time() THEN nearest.pgh_id END DESC,
            nearest.pgh_true_from, nearest.pgh_id
        LIMIT 1
    )
"""
#: How a day is read, by what `fkj_portfolio.history.Event` and its like say of their models.
KINDS = {"thing": THING, "record": RECORD, "register": REGISTER}
#: By which the last event before a time is found.
INDEX = "CREATE INDEX IF NOT EXISTS {events}_as_of ON {events} (id, pgh_true_from, pgh_id)"


def sql_files() -> list[str]:
    """Return the path of every file of SQL, from the root of the project."""
    return sorted(
        file.relative_to(settings.BASE_DIR).as_posix()
        for file in Path(settings.BASE_DIR).glob("*/sql/*.sql")
    )


def read_sql(file: str) -> str:
    """Return what a file says; empty when there is no such file any more."""
    path = Path(settings.BASE_DIR) / file
    return path.read_text("utf-8") if path.exists() else ""


def digest_of(file: str) -> str:
    """Return a short mark of what a file says."""
    return hashlib.sha256(read_sql(file).encode()).hexdigest()[:16]


class InstallSql(Operation):
    """Install a file as it stands, unless it says something else than when the migration was written.

    Then a later migration installs it. A file that `is_needed` by the migrations after it is installed here whatever it
    says, so it reads no table. The first migration of a file takes away what the file makes
    when it is undone; one that renews it leaves the newer version, since no older one is kept.
    """

    reversible = True
    category = OperationCategory.SQL

    def __init__(
        self, file: str, digest: str, *, renews: bool = False, is_needed: bool = False
    ) -> None:
        self.file, self.digest, self.renews = file, digest, renews
        self.is_needed = is_needed

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: the models know nothing of it."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if self.is_needed or digest_of(self.file) == self.digest:
            schema_editor.execute(read_sql(self.file).partition(BACKWARDS)[0], params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        undo = read_sql(self.file).partition(BACKWARDS)[2]
        if undo and not self.renews:
            schema_editor.execute(undo, params=None)

    def describe(self) -> str:
        return f"Install {self.file}"

    @property
    def migration_name_fragment(self) -> str:
        return f"install_{Path(self.file).stem}"


class AsOf(Operation):
    """Show a table in the schema `as_of` as it stood at a time: all columns that its events have."""

    reversible = True
    category = OperationCategory.SQL

    def __init__(self, model: str, *, events: str, kind: str) -> None:
        self.model, self.events, self.kind = model, events, kind

    @property
    def said(self) -> dict[str, str]:
        """What it was made with."""
        return {"model": self.model, "events": self.events, "kind": self.kind}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: the models know nothing of it."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.show(app_label, schema_editor, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.hide(app_label, schema_editor, from_state)

    def show(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> None:
        """Make the view, and the index that it is read by."""
        self.hide(app_label, schema_editor, state)
        meta = state.apps.get_model(app_label, self.events)._meta
        quote = schema_editor.quote_name
        select = KINDS[self.kind].format(
            events=quote(meta.db_table),
            columns=", ".join(
                quote(field.column)
                for field in meta.local_concrete_fields
                if not field.name.startswith("pgh_")
            ),
        )
        if self.kind != "record":
            schema_editor.execute(INDEX.format(events=meta.db_table), params=None)
        view = self._view(app_label, schema_editor, state)
        schema_editor.execute(f"CREATE VIEW {view} AS {select}", params=None)

    def hide(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> None:
        """Take the view away, so that what it reads can be changed."""
        view = self._view(app_label, schema_editor, state)
        schema_editor.execute(f"DROP VIEW IF EXISTS {view}", params=None)

    def _view(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> str:
        table = state.apps.get_model(app_label, self.model)._meta.db_table
        return f"as_of.{schema_editor.quote_name(table)}"

    def describe(self) -> str:
        return f"Show {self.model} as of any day"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model.lower()}_as_of"


class NoAsOf(AsOf):
    """Take away the view of a table before its columns change; `AsOf` makes it anew after them."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.hide(app_label, schema_editor, from_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.show(app_label, schema_editor, to_state)

    def describe(self) -> str:
        return f"Change how {self.model} is shown as of any day"
