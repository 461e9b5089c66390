"""What `makemigrations` and `migrate` see beside the models: files of SQL, and the views of any day.

`projects/management/commands/` has both commands use it.
"""

from collections.abc import Iterator
from typing import cast

from django.apps import apps
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model
from pgtrigger.migrations import MigrationAutodetectorMixin

from fkj_portfolio.history import Event
from fkj_portfolio.sql import AsOf, InstallSql, NoAsOf, digest_of, sql_files

#: The app and the name of a model of events, in small letters.
Key = tuple[str, str]


class Autodetector(MigrationAutodetectorMixin, MigrationAutodetector):
    """Django's and pgtrigger's, which also sees files that have changed and views that have to be made anew."""

    migrations: dict[str, list[Migration]]

    def _detect_changes(
        self, convert_apps: set[str] | None = None, graph: MigrationGraph | None = None
    ) -> dict[str, list[Migration]]:
        super()._detect_changes(convert_apps, graph)  # type: ignore[no-untyped-call]
        graph = graph or MigrationGraph()
        self._show_anew(graph)
        self._install_anew(graph)
        return self.migrations

    def _show_anew(self, graph: MigrationGraph) -> None:
        """Put the operations of an app between taking its changed views away and making them anew."""
        made, wanted = made_views(graph), dict(wanted_views())
        for key in sorted(made.keys() | wanted.keys()):
            before = made.get(key)
            after = wanted.get(key) if key in self.to_state.models else None
            same = before and after and before.said == after.said
            if same and columns(self.from_state, key) == columns(self.to_state, key):
                continue
            own = self.migrations.get(key[0]) or [self._begin_migration(key[0])]
            if before:
                operations_in(own[0]).insert(0, NoAsOf(**before.said))
            if after:
                operations_in(own[-1]).append(after)

    def _install_anew(self, graph: MigrationGraph) -> None:
        """Install changed files last: what they read may be of any app, and change at the same time."""
        installed = installed_files(graph)
        last = {app: (app, own[-1].name) for app, own in self.migrations.items()}
        changed: dict[str, list[InstallSql]] = {}
        for file in sql_files():
            digest = digest_of(file)
            if installed.get(file) != digest:
                operation = InstallSql(file, digest, renews=file in installed)
                changed.setdefault(file.partition("/")[0], []).append(operation)
        for app, operations in changed.items():
            alone = last.keys() == {app}
            migration = self.migrations[app][-1] if alone else self._begin_migration(app)
            operations_in(migration).extend(operations)
            for other in sorted({each._meta.app_label for each in event_models()} - {app}):
                leaves = [last[other]] if other in last else graph.leaf_nodes(other)
                dependencies_of(migration).extend(leaves)

    def _begin_migration(self, app: str) -> Migration:
        own = self.migrations.setdefault(app, [])
        migration = Migration(f"auto_{len(own) + 1}", app)
        dependencies_of(migration).extend((app, before.name) for before in own[-1:])
        own.append(migration)
        return migration


def operations_in(migration: Migration) -> list[Operation]:
    return cast("list[Operation]", migration.operations)


def dependencies_of(migration: Migration) -> list[tuple[str, str]]:
    return cast("list[tuple[str, str]]", migration.dependencies)


def event_models() -> list[type[Event]]:
    return [model for model in apps.get_models() if issubclass(model, Event)]


def wanted_views() -> Iterator[tuple[Key, AsOf]]:
    """Yield what the models say of the views of any day."""
    for events in event_models():
        if events.as_of != "present":
            name = events.__name__
            tracked = cast("type[Model]", events.pgh_tracked_model).__name__
            view = AsOf(tracked, events=name, kind=events.as_of)
            yield (events._meta.app_label, name.lower()), view


def made_views(graph: MigrationGraph) -> dict[Key, AsOf]:
    """Return the views of any day that the migrations leave behind."""
    made: dict[Key, AsOf] = {}
    for app, operation in operations_of(graph):
        if isinstance(operation, NoAsOf):
            made.pop((app, operation.events.lower()), None)
        elif isinstance(operation, AsOf):
            made[app, operation.events.lower()] = operation
    return made


def installed_files(graph: MigrationGraph) -> dict[str, str]:
    """Return the digest of each file that the migrations have installed last."""
    return {
        operation.file: operation.digest
        for _app, operation in operations_of(graph)
        if isinstance(operation, InstallSql)
    }


def operations_of(graph: MigrationGraph) -> Iterator[tuple[str, Operation]]:
    """Yield the operations of all migrations in an order in which they can be done."""
    plan = (key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf))
    for app, name in dict.fromkeys(plan):
        for operation in cast("Migration", graph.nodes[app, name]).operations:
            yield app, operation


def columns(state: ProjectState, key: Key) -> set[tuple[str, str | None, str | None]]:
    """Return what a view reads of a model of events: the columns, their types and collations."""
    fields = state.apps.get_model(*key)._meta.local_concrete_fields
    parameters = [(field.column, field.db_parameters(connection)) for field in fields]
    return {(column, each["type"], each.get("collation")) for column, each in parameters}
