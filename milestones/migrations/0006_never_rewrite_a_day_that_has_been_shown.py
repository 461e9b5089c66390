"""The past of a project is loaded in order, and only for days before it was first recorded."""

from django.db import migrations

#: Each event table that may be written with a day in the past, and its column with the project.
TABLES = {
    "projects_projectevent": "id",
    "projects_statusreportevent": "project_id",
    "milestones_milestoneevent": "project_id",
}

FUNCTION = """
    CREATE FUNCTION portfolio_past_is_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        project bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
        first_recorded timestamptz;
        last_true timestamptz;
    BEGIN
        IF NEW.pgh_true_from = NEW.pgh_created_at THEN
            RETURN NEW;
        END IF;
        SELECT min(pgh_created_at) INTO first_recorded FROM projects_projectevent WHERE id = project;
        SELECT max(pgh_true_from) INTO last_true FROM (
            SELECT pgh_true_from FROM projects_projectevent WHERE id = project
            UNION ALL
            SELECT pgh_true_from FROM projects_statusreportevent WHERE project_id = project
            UNION ALL
            SELECT pgh_true_from FROM milestones_milestoneevent WHERE project_id = project
        ) events;
        IF NEW.pgh_true_from > NEW.pgh_created_at
            OR NEW.pgh_true_from >= first_recorded
            OR NEW.pgh_true_from < last_true
        THEN
            RAISE EXCEPTION 'a_day_that_has_been_shown_is_not_rewritten'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END
    $$;
"""


class Migration(migrations.Migration):
    dependencies = [("milestones", "0005_show_the_portfolio_as_of_any_day")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION portfolio_past_is_in_order"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER past_is_in_order BEFORE INSERT ON {table} FOR EACH ROW"
                f" EXECUTE FUNCTION portfolio_past_is_in_order('{column}')",
                f"DROP TRIGGER past_is_in_order ON {table}",
            )
            for table, column in TABLES.items()
        ),
    ]
