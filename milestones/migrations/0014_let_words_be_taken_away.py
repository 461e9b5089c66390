"""Let words give place to a mark in the history and the reports, and let nothing else of them change.

The guards of `projects/0005_never_lose_a_report` and `0009_never_change_what_is_on_record` stand on
every table. On those that hold texts of projects they now let one thing through: what a redaction
made in the same transaction says of the same project.
"""

from django.db import migrations

#: As `0005_show_the_portfolio_as_of_any_day` makes one for every other table that people edit.
VIEW = """
    CREATE INDEX projects_redactionevent_as_of
        ON projects_redactionevent (id, pgh_true_from, pgh_id);
    CREATE VIEW as_of.projects_redaction AS
    SELECT id, reason, mark, texts, redacted_at, project_id, redacted_by_id
    FROM projects_redactionevent event
    WHERE pgh_true_from < (SELECT as_of.time()) AND pgh_label <> 'delete' AND NOT EXISTS (
        SELECT FROM projects_redactionevent later
        WHERE later.id = event.id AND later.pgh_true_from < (SELECT as_of.time())
        AND (later.pgh_true_from, later.pgh_id) > (event.pgh_true_from, event.pgh_id)
    );
"""

GUARD = """
    CREATE TRIGGER row_stands BEFORE UPDATE OR DELETE ON projects_redactionevent
        FOR EACH ROW EXECUTE FUNCTION portfolio_history_stands();
    CREATE TRIGGER history_stands BEFORE TRUNCATE ON projects_redactionevent
        FOR EACH STATEMENT EXECUTE FUNCTION portfolio_history_stands();
    CREATE TRIGGER past_is_in_order BEFORE INSERT ON projects_redactionevent
        FOR EACH ROW EXECUTE FUNCTION portfolio_past_is_in_order('project_id');
"""
NO_GUARD = """
    DROP TRIGGER row_stands ON projects_redactionevent;
    DROP TRIGGER history_stands ON projects_redactionevent;
    DROP TRIGGER past_is_in_order ON projects_redactionevent;
"""

# What is no mark stands as it was, sign for sign. A name in addresses that had the words becomes the
# one that the project has now; a code, an address and its text are emptied, and so is the contact.
REDACTS = r"""
    CREATE FUNCTION portfolio_redacts(project bigint, before jsonb, after jsonb) RETURNS boolean
    LANGUAGE plpgsql STABLE AS $$
    DECLARE
        mark text := (
            SELECT redaction.mark FROM public.projects_redaction redaction
            WHERE redaction.project_id = project AND redaction.redacted_at = now()
            ORDER BY id DESC LIMIT 1
        );
    BEGIN
        RETURN mark IS NOT NULL AND NOT EXISTS (
            SELECT FROM jsonb_each_text(before) old JOIN jsonb_each_text(after) new USING (key)
            WHERE old.value IS DISTINCT FROM new.value AND NOT coalesce(CASE
                WHEN key = 'slug' THEN
                    new.value = (SELECT slug FROM public.projects_project WHERE id = project)
                WHEN key = 'contact_id' THEN new.value IS NULL
                WHEN key IN ('code', 'link_url') THEN new.value = ''
                WHEN key IN (
                    'title', 'ingress', 'description', 'link_text', 'status_text', 'risk_text',
                    'gap_reason', 'owner_name', 'contact_name', 'obsolete_reason', 'reason',
                    'decision'
                ) THEN (key = 'link_text' AND new.value = '') OR old.value LIKE replace(
                    replace(regexp_replace(new.value, '([\\%_])', '\\\1', 'g'), mark, '%'),
                    '[fjernet]', '%'
                )
            END, false)
        );
    END
    $$;

    CREATE FUNCTION portfolio_stands_but_for_redactions() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        -- What to say, and the column that names the project or the milestone.
        refusal constant text := TG_ARGV[0];
        whose bigint := (to_jsonb(OLD) ->> TG_ARGV[1])::bigint;
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF TG_ARGV[1] = 'milestone_id' THEN
                SELECT project_id INTO whose FROM public.milestones_milestoneevent
                    WHERE id = whose LIMIT 1;
            END IF;
            IF public.portfolio_redacts(whose, to_jsonb(OLD), to_jsonb(NEW)) THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION '%', refusal USING ERRCODE = 'check_violation';
    END
    $$;
"""

#: Each table that holds texts of a project and is otherwise never changed: its guard, and the column
#: that leads to the project.
REPORT, HISTORY = (
    ("report_stands", "portfolio_report_stands"),
    ("row_stands", "portfolio_history_stands"),
)
TABLES = {
    "projects_statusreport": (*REPORT, "project_id"),
    "projects_statusreportevent": (*REPORT, "project_id"),
    "projects_projectevent": (*HISTORY, "id"),
    "milestones_milestoneevent": (*HISTORY, "project_id"),
    "milestones_datemoveevent": (*HISTORY, "milestone_id"),
    "milestones_baselineevent": (*HISTORY, "project_id"),
}
REFUSALS = {
    "report_stands": "a_report_is_never_changed_or_lost",
    "row_stands": "history_is_never_changed_or_lost",
}

LET_THROUGH = """
    DROP TRIGGER {guard} ON {table};
    CREATE TRIGGER {guard} BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION portfolio_stands_but_for_redactions('{refusal}', '{column}');
"""
LET_NOTHING_THROUGH = """
    DROP TRIGGER {guard} ON {table};
    CREATE TRIGGER {guard} BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {function}();
"""

# A report changes in no other way; and a word that no title ever had is not to be offered for a
# mistyped one.
WORDS = """
    CREATE FUNCTION projects_gather_words_of_reports() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM public.projects_gather_words(array(SELECT DISTINCT project_id FROM changed));
        RETURN NULL;
    END
    $$;
    CREATE TRIGGER words_follow_redactions AFTER UPDATE ON projects_statusreport
        REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION projects_gather_words_of_reports();

    CREATE FUNCTION projects_forget_title_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM public.projects_titleword WHERE word IN (
            SELECT unnest(tsvector_to_array(public.projects_title_vector(title))) FROM before
        ) AND word NOT IN (
            SELECT unnest(tsvector_to_array(public.projects_title_vector(title)))
            FROM (SELECT DISTINCT title FROM public.projects_projectevent) event
        );
        RETURN NULL;
    END
    $$;
    CREATE TRIGGER title_words_follow_redactions AFTER UPDATE ON projects_projectevent
        REFERENCING OLD TABLE AS before
        FOR EACH STATEMENT EXECUTE FUNCTION projects_forget_title_words();
"""
NO_WORDS = """
    DROP TRIGGER title_words_follow_redactions ON projects_projectevent;
    DROP TRIGGER words_follow_redactions ON projects_statusreport;
    DROP FUNCTION projects_forget_title_words, projects_gather_words_of_reports;
"""

# Readers find none of these on any day, so every page of the past asks for them.
DELETED = """
    CREATE INDEX projects_projectevent_deleted ON projects_projectevent (id)
        WHERE pgh_label = 'delete';
"""


def guards():
    for table, (guard, function, column) in TABLES.items():
        names = {"table": table, "guard": guard, "function": function, "column": column}
        yield migrations.RunSQL(
            LET_THROUGH.format(**names, refusal=REFUSALS[guard]),
            LET_NOTHING_THROUGH.format(**names),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("milestones", "0013_write_names_in_one_way"),
        ("projects", "0015_take_words_away"),
    ]

    operations = [
        migrations.RunSQL(
            VIEW, "DROP VIEW as_of.projects_redaction; DROP INDEX projects_redactionevent_as_of"
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
        migrations.RunSQL(
            REDACTS,
            "DROP FUNCTION portfolio_stands_but_for_redactions; DROP FUNCTION portfolio_redacts",
        ),
        *guards(),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(DELETED, "DROP INDEX projects_projectevent_deleted"),
    ]
