"""Keep the words of each project as its texts, its milestones, its owner and its last report say.

As the figures are kept in 0010: in the transaction that changes a text, set by set, with the row of
the words locked before they are gathered; no other hand may write to them. A project that is given an
owner locks the owner as well, so that a name that changes meanwhile is not missed.
"""

from django.db import migrations

#: What the words are, in the schema {s}. What a reader may not see has no place here: neither who
#: reported nor why a status is better than its signal.
WORDS = """
    SELECT project.id AS project_id,
        public.projects_word_vector(
            project.title,
            concat_ws(' ', project.ingress, owner.name, owner.short_name, milestones.titles),
            concat_ws(' ', project.description, milestones.descriptions),
            report.texts
        ) AS everywhere,
        public.projects_title_vector(project.title) AS title
    FROM {s}.projects_project project
    LEFT JOIN {s}.projects_owner owner ON owner.id = project.owner_id
    LEFT JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', code, title), ' ' ORDER BY position, id) AS titles,
            string_agg(description, ' ' ORDER BY position, id) AS descriptions
        FROM {s}.milestones_milestone milestone WHERE milestone.project_id = project.id
    ) milestones ON true
    LEFT JOIN LATERAL (
        SELECT concat_ws(' ', status_text, risk_text) AS texts
        FROM {s}.projects_statusreport report WHERE report.project_id = project.id
        ORDER BY reported_on DESC, id DESC LIMIT 1
    ) report ON true
"""

KEEP = """
    ALTER TABLE projects_projectwords ADD CONSTRAINT projects_projectwords_go_with_their_project
        FOREIGN KEY (project_id) REFERENCES projects_project (id) ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED;

    CREATE FUNCTION projects_gather_words(projects bigint[]) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM FROM public.projects_projectwords
            WHERE project_id = ANY (projects) ORDER BY project_id FOR NO KEY UPDATE;
        UPDATE public.projects_projectwords words
            SET everywhere = gathered.everywhere, title = gathered.title
            FROM public.projects_words_anew gathered
            WHERE words.project_id = gathered.project_id AND gathered.project_id = ANY (projects);
    END
    $$;

    -- Of two who write the same new word, one waits for the other; in order, never in a circle.
    CREATE FUNCTION projects_learn_title_words(titles text[]) RETURNS void
    LANGUAGE sql AS $$
        INSERT INTO public.projects_titleword (word)
        SELECT DISTINCT word
        FROM unnest(titles) title,
            unnest(tsvector_to_array(public.projects_title_vector(title))) word
        WHERE word !~ '^[0-9]+$'
        ORDER BY word ON CONFLICT DO NOTHING
    $$;

    CREATE FUNCTION projects_begin_words() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        projects bigint[] := array(SELECT id FROM changed);
    BEGIN
        PERFORM FROM public.projects_owner
            WHERE id IN (SELECT owner_id FROM changed) ORDER BY id FOR SHARE;
        INSERT INTO public.projects_projectwords (project_id, everywhere, title)
            SELECT project_id, everywhere, title FROM public.projects_words_anew
            WHERE project_id = ANY (projects);
        PERFORM public.projects_learn_title_words(array(SELECT title FROM changed));
        RETURN NULL;
    END
    $$;

    CREATE FUNCTION projects_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        projects bigint[];
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            projects := array(SELECT id FROM public.projects_project);
        ELSIF TG_TABLE_NAME = 'projects_project' THEN
            projects := array(
                SELECT id FROM changed JOIN before USING (id)
                WHERE (changed.title, changed.ingress, changed.description, changed.owner_id)
                    IS DISTINCT FROM (before.title, before.ingress, before.description, before.owner_id)
            );
            PERFORM FROM public.projects_owner WHERE id IN (
                SELECT changed.owner_id FROM changed JOIN before USING (id)
                WHERE changed.owner_id IS DISTINCT FROM before.owner_id
            ) ORDER BY id FOR SHARE;
            PERFORM public.projects_learn_title_words(array(
                SELECT changed.title FROM changed JOIN before USING (id)
                WHERE changed.title <> before.title
            ));
        ELSIF TG_TABLE_NAME = 'projects_owner' THEN
            projects := array(SELECT id FROM public.projects_project WHERE owner_id IN (
                SELECT id FROM changed JOIN before USING (id)
                WHERE (changed.name, changed.short_name) <> (before.name, before.short_name)
            ));
        ELSIF TG_OP = 'UPDATE' THEN
            projects := array(
                SELECT unnest(ARRAY[changed.project_id, before.project_id])
                FROM changed JOIN before USING (id)
                WHERE (changed.project_id, changed.code, changed.title, changed.description)
                    <> (before.project_id, before.code, before.title, before.description)
            );
        ELSE
            projects := array(SELECT DISTINCT project_id FROM changed);
        END IF;
        IF cardinality(projects) > 0 THEN
            PERFORM public.projects_gather_words(projects);
        END IF;
        RETURN NULL;
    END
    $$;

    CREATE FUNCTION projects_refuse_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'words_are_kept_by_the_database' USING ERRCODE = 'check_violation';
    END
    $$;

    CREATE TRIGGER words_begin AFTER INSERT ON projects_project
        REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION projects_begin_words();
    CREATE TRIGGER words_are_kept_by_the_database
        BEFORE INSERT OR UPDATE OR DELETE ON projects_projectwords
        FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION projects_refuse_words();
    CREATE TRIGGER words_are_kept_by_the_database
        BEFORE INSERT OR UPDATE OR DELETE ON projects_titleword
        FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION projects_refuse_words();
"""

UNKEEP = """
    DROP TRIGGER words_are_kept_by_the_database ON projects_titleword;
    DROP TRIGGER words_are_kept_by_the_database ON projects_projectwords;
    DROP TRIGGER words_begin ON projects_project;
    DROP FUNCTION projects_refuse_words, projects_keep_words, projects_begin_words,
        projects_learn_title_words, projects_gather_words;
    ALTER TABLE projects_projectwords DROP CONSTRAINT projects_projectwords_go_with_their_project;
"""

#: The tables that the words come from, and what is done to them that can change any.
SOURCES = {
    "projects_project": ("UPDATE",),
    "projects_owner": ("UPDATE",),
    "milestones_milestone": ("INSERT", "UPDATE", "DELETE", "TRUNCATE"),
    "projects_statusreport": ("INSERT",),
}
TABLES = {
    "INSERT": "REFERENCING NEW TABLE AS changed",
    "UPDATE": "REFERENCING NEW TABLE AS changed OLD TABLE AS before",
    "DELETE": "REFERENCING OLD TABLE AS changed",
    "TRUNCATE": "",
}

TRIGGER = """
    CREATE TRIGGER words_follow_{verb} AFTER {operation} ON {table} {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION projects_keep_words();
"""

FILL = """
    INSERT INTO projects_projectwords (project_id, everywhere, title)
    SELECT project_id, everywhere, title FROM projects_words_anew;
    -- The past has titles too.
    INSERT INTO projects_titleword (word)
    SELECT DISTINCT word FROM (SELECT DISTINCT title FROM projects_projectevent) event,
        unnest(tsvector_to_array(projects_title_vector(title))) word
    WHERE word !~ '^[0-9]+$';
"""

#: What the words are now, to gather them; and what they were on a day in the past, to search in.
VIEWS = f"""
    CREATE VIEW public.projects_words_anew AS {WORDS.format(s="public")};
    CREATE VIEW as_of.projects_projectwords AS {WORDS.format(s="as_of")};
"""
NO_VIEWS = "DROP VIEW as_of.projects_projectwords; DROP VIEW public.projects_words_anew"


def operations():
    yield migrations.RunSQL(VIEWS, NO_VIEWS)
    yield migrations.RunSQL(
        FILL, "DELETE FROM projects_projectwords; DELETE FROM projects_titleword"
    )
    yield migrations.RunSQL(KEEP, UNKEEP)
    for table, verbs in SOURCES.items():
        for operation in verbs:
            verb = operation.lower()
            yield migrations.RunSQL(
                TRIGGER.format(
                    verb=verb, operation=operation, table=table, tables=TABLES[operation]
                ),
                f"DROP TRIGGER words_follow_{verb} ON {table}",
            )


class Migration(migrations.Migration):
    dependencies = [
        ("milestones", "0010_keep_the_figures_true"),
        ("projects", "0008_gather_the_words_of_each_project"),
    ]

    operations = list(operations())
