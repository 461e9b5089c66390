"""No report is changed, deleted or emptied away, whatever the session has asked to be ignored.

The guard that pgtrigger makes of the model can be switched off by a setting of the session, and
does not see TRUNCATE, which also empties a table for the sake of another. This one can't and does.
"""

from django.db import migrations

#: The reports, and what the days of the past are read from.
TABLES = ["projects_statusreport", "projects_statusreportevent"]

FUNCTION = """
    CREATE FUNCTION portfolio_report_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a_report_is_never_changed_or_lost' USING ERRCODE = 'check_violation';
    END
    $$;
"""

GUARD = """
    CREATE TRIGGER report_stands BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION portfolio_report_stands();
    CREATE TRIGGER reports_stand BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION portfolio_report_stands();
"""

NO_GUARD = """
    DROP TRIGGER report_stands ON {table};
    DROP TRIGGER reports_stand ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_correct_a_report_of_the_same_project")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION portfolio_report_stands()"),
        *(
            migrations.RunSQL(GUARD.format(table=table), NO_GUARD.format(table=table))
            for table in TABLES
        ),
    ]
