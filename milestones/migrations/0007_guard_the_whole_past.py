"""The rule of the past in one function, and the guard on every table that `as_of` shows.

The past of a project is open for a day when the project was first recorded on a later day, and
nothing of it is on record as true since. What is recorded as true from now needs no leave.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("milestones.migrations.0006_never_rewrite_a_day_that_has_been_shown")

#: The column by which each further event table says whose past it is.
FURTHER_TABLES = {
    "projects_projectmanagerevent": "project_id",
    "projects_projectfurthergoalevent": "project_id",
    "milestones_datemoveevent": "milestone_id",
    "milestones_baselineevent": "project_id",
    "milestones_baselinedateevent": "milestone_id",
    "projects_strategyevent": "id",
    "projects_strategicgoalevent": "id",
    "projects_segmentevent": "id",
    "projects_ownerevent": "id",
    "projects_contactevent": "id",
    "projects_portfoliosettingsevent": "id",
}

PAST_IS_OPEN = """
    CREATE FUNCTION portfolio_past_is_open(project bigint, day timestamptz) RETURNS boolean
    LANGUAGE sql STABLE AS $$
        SELECT day <= now() AND NOT EXISTS (
            SELECT FROM projects_projectevent WHERE id = project AND (
                pgh_true_from > day
                OR (pgh_created_at AT TIME ZONE 'Europe/Oslo')::date
                    <= (day AT TIME ZONE 'Europe/Oslo')::date
            )
        ) AND NOT EXISTS (
            SELECT FROM projects_statusreportevent
            WHERE project_id = project AND pgh_true_from > day
        ) AND NOT EXISTS (
            SELECT FROM milestones_milestoneevent
            WHERE project_id = project AND pgh_true_from > day
        ) AND NOT EXISTS (
            SELECT FROM projects_projectfurthergoalevent
            WHERE project_id = project AND pgh_true_from > day
        )
    $$;
"""

# A register, such as the owners, has a past of its own for each row.
PAST_IS_IN_ORDER = """
    CREATE OR REPLACE FUNCTION portfolio_past_is_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        whose bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
        is_register boolean := TG_ARGV[0] = 'id' AND TG_TABLE_NAME <> 'projects_projectevent';
        project bigint := whose;
        is_open boolean;
        last_true timestamptz;
        first_recorded timestamptz;
    BEGIN
        IF NEW.pgh_true_from = now() THEN
            RETURN NEW;
        END IF;
        EXECUTE format(
            'SELECT max(pgh_true_from), min(pgh_created_at) FROM %I WHERE %I = $1',
            TG_TABLE_NAME, TG_ARGV[0]
        ) INTO last_true, first_recorded USING whose;
        IF TG_ARGV[0] = 'milestone_id' THEN
            SELECT project_id INTO project FROM milestones_milestone WHERE id = whose;
        END IF;
        IF is_register THEN
            is_open := NEW.pgh_true_from <= now() AND (
                first_recorded IS NULL
                OR (first_recorded AT TIME ZONE 'Europe/Oslo')::date
                    > (NEW.pgh_true_from AT TIME ZONE 'Europe/Oslo')::date
            );
        ELSE
            is_open := portfolio_past_is_open(project, NEW.pgh_true_from);
        END IF;
        IF NOT is_open OR NEW.pgh_true_from < last_true THEN
            RAISE EXCEPTION 'a_day_that_has_been_shown_is_not_rewritten'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END
    $$;
"""


class Migration(migrations.Migration):
    dependencies = [("milestones", "0006_never_rewrite_a_day_that_has_been_shown")]

    operations = [
        migrations.RunSQL(PAST_IS_OPEN, "DROP FUNCTION portfolio_past_is_open"),
        migrations.RunSQL(
            PAST_IS_IN_ORDER,
            BEFORE.FUNCTION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER past_is_in_order BEFORE INSERT ON {table} FOR EACH ROW"
                f" EXECUTE FUNCTION portfolio_past_is_in_order('{column}')",
                f"DROP TRIGGER past_is_in_order ON {table}",
            )
            for table, column in FURTHER_TABLES.items()
        ),
    ]
