"""Keep the figures of each project as its milestones, their moves and its reports say.

Whatever changes those changes the figures in the same transaction, set by set. Two who change two
milestones of one project at once can't leave them wrong: the row of the figures is locked first, and
the statement that counts then sees what the other has committed. No other hand may write to them.
As of a day in the past a view computes the same.
"""

from django.db import migrations

COLUMNS = (
    "milestone_count, delivered_count, obsolete_count, often_moved_count, next_due_on, "
    "furthest_behind_since, report_id, status, previous_status, risk_level, reported_on"
)

#: What the figures are, in the schema {s}.
FIGURES = """
    SELECT project.id AS project_id, {columns}
    FROM {s}.projects_project project
    LEFT JOIN LATERAL (
        SELECT
            count(*) FILTER (WHERE is_delivered OR NOT is_obsolete)::integer AS milestone_count,
            count(*) FILTER (WHERE is_delivered)::integer AS delivered_count,
            count(*) FILTER (WHERE is_obsolete)::integer AS obsolete_count,
            (count(*) FILTER (WHERE is_outstanding AND (
                SELECT count(*) FROM {s}.milestones_datemove move WHERE move.milestone_id = milestone.id
            ) >= 2))::integer AS often_moved_count,
            min(due_on) FILTER (WHERE is_outstanding) AS next_due_on,
            min(coalesce(new_baseline_on, original_due_on)) FILTER (WHERE is_outstanding)
                AS furthest_behind_since
        FROM {s}.milestones_milestone milestone
        CROSS JOIN LATERAL (SELECT NOT is_delivered AND NOT is_obsolete AS is_outstanding) state
        WHERE milestone.project_id = project.id
    ) milestones ON true
    LEFT JOIN LATERAL (
        SELECT id AS report_id, status, risk_level, reported_on,
            (lead(status) OVER newest_first)::varchar(20) AS previous_status
        FROM {s}.projects_statusreport report
        WHERE report.project_id = project.id
        WINDOW newest_first AS (ORDER BY reported_on DESC, id DESC)
        ORDER BY reported_on DESC, id DESC LIMIT 1
    ) reports ON true
"""

KEEP = f"""
    ALTER TABLE projects_projectfigures ADD CONSTRAINT projects_projectfigures_go_with_their_project
        FOREIGN KEY (project_id) REFERENCES projects_project (id) ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED;

    CREATE FUNCTION projects_count_anew(projects bigint[]) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM FROM public.projects_projectfigures
            WHERE project_id = ANY (projects) ORDER BY project_id FOR NO KEY UPDATE;
        UPDATE public.projects_projectfigures figures
            SET ({COLUMNS}) = ROW ({", ".join(f"counted.{name}" for name in COLUMNS.split(", "))})
            FROM ({FIGURES.format(s="public", columns=COLUMNS)} WHERE project.id = ANY (projects)) counted
            WHERE figures.project_id = counted.project_id;
    END
    $$;

    CREATE FUNCTION projects_keep_figures() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        column_name constant text := TG_ARGV[0];
        projects bigint[];
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            projects := array(SELECT id FROM public.projects_project);
        ELSIF column_name = 'milestone_id' AND TG_OP = 'UPDATE' THEN
            projects := array(
                SELECT DISTINCT project_id FROM public.milestones_milestone WHERE id IN (
                    SELECT milestone_id FROM changed UNION SELECT milestone_id FROM before
                )
            );
        ELSIF column_name = 'milestone_id' THEN
            projects := array(
                SELECT DISTINCT project_id FROM public.milestones_milestone
                WHERE id IN (SELECT milestone_id FROM changed)
            );
        ELSIF TG_OP = 'UPDATE' THEN
            projects := array(SELECT project_id FROM changed UNION SELECT project_id FROM before);
        ELSE
            projects := array(SELECT DISTINCT project_id FROM changed);
        END IF;
        PERFORM public.projects_count_anew(projects);
        RETURN NULL;
    END
    $$;

    CREATE FUNCTION projects_begin_figures() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO public.projects_projectfigures (
            project_id, milestone_count, delivered_count, obsolete_count, often_moved_count
        ) SELECT id, 0, 0, 0, 0 FROM changed;
        RETURN NULL;
    END
    $$;

    CREATE FUNCTION projects_refuse_figures() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'figures_are_kept_by_the_database' USING ERRCODE = 'check_violation';
    END
    $$;

    CREATE TRIGGER figures_begin AFTER INSERT ON projects_project
        REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION projects_begin_figures();
    CREATE TRIGGER figures_are_kept_by_the_database
        BEFORE INSERT OR UPDATE OR DELETE ON projects_projectfigures
        FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION projects_refuse_figures();
"""

#: The tables that the figures come from, how a row names its project, and what can be done to it.
SOURCES = {
    "milestones_milestone": ("project_id", ("INSERT", "UPDATE", "DELETE", "TRUNCATE")),
    "milestones_datemove": ("milestone_id", ("INSERT", "UPDATE", "DELETE", "TRUNCATE")),
    "projects_statusreport": ("project_id", ("INSERT",)),
}
TABLES = {
    "INSERT": "REFERENCING NEW TABLE AS changed",
    "UPDATE": "REFERENCING NEW TABLE AS changed OLD TABLE AS before",
    "DELETE": "REFERENCING OLD TABLE AS changed",
    "TRUNCATE": "",
}

TRIGGER = """
    CREATE TRIGGER figures_follow_{verb} AFTER {operation} ON {table} {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION projects_keep_figures('{column}');
"""

FILL = f"""
    INSERT INTO projects_projectfigures (project_id, {COLUMNS})
    {FIGURES.format(s="public", columns=COLUMNS)};
"""

VIEW = f"""
    CREATE VIEW as_of.projects_projectfigures AS {FIGURES.format(s="as_of", columns=COLUMNS)};
"""


def operations():
    yield migrations.RunSQL(FILL, "DELETE FROM projects_projectfigures")
    yield migrations.RunSQL(
        KEEP,
        """
        DROP TRIGGER figures_are_kept_by_the_database ON projects_projectfigures;
        DROP TRIGGER figures_begin ON projects_project;
        DROP FUNCTION projects_refuse_figures, projects_begin_figures, projects_keep_figures,
            projects_count_anew;
        ALTER TABLE projects_projectfigures
            DROP CONSTRAINT projects_projectfigures_go_with_their_project;
        """,
    )
    for table, (column, verbs) in SOURCES.items():
        for operation in verbs:
            verb = operation.lower()
            yield migrations.RunSQL(
                TRIGGER.format(
                    verb=verb,
                    operation=operation,
                    table=table,
                    tables=TABLES[operation],
                    column=column,
                ),
                f"DROP TRIGGER figures_follow_{verb} ON {table}",
            )
    yield migrations.RunSQL(VIEW, "DROP VIEW as_of.projects_projectfigures")


class Migration(migrations.Migration):
    dependencies = [
        ("milestones", "0009_never_change_what_is_on_record"),
        ("projects", "0007_keep_the_figures_of_each_project"),
    ]

    operations = list(operations())
