-- The words of each project are kept as its texts, its milestones, its owner and its last report say. As the
-- figures are (figures.sql): in the transaction that changes a text, set by set, with the row of the words
-- locked before they are gathered; no other hand may write to them. A project that is given an owner locks the
-- owner as well, so that a name that changes meanwhile is not missed.

DROP VIEW IF EXISTS as_of.projects_projectwords;
DROP FUNCTION IF EXISTS public.projects_words, as_of.projects_words;

-- What the words are, of the tables as they are and of the views of a day. What a reader may not see has no
-- place here: neither who reported nor why a status is better than its signal.
DO $do$
DECLARE
    place text;
BEGIN
    FOREACH place IN ARRAY ARRAY['public', 'as_of'] LOOP
        EXECUTE format($function$
            CREATE FUNCTION %1$s.projects_words() RETURNS TABLE (
                project_id bigint, everywhere tsvector, title tsvector, texts text
            ) LANGUAGE sql STABLE PARALLEL SAFE AS $$
                SELECT project.id,
                    public.projects_word_vector(
                        project.title,
                        concat_ws(
                            ' ', project.ingress, owner.name, owner.short_name, milestones.titles
                        ),
                        concat_ws(' ', project.description, milestones.descriptions),
                        report.texts
                    ),
                    public.projects_title_vector(project.title),
                    lower(concat_ws(
                        ' ', project.title, project.ingress, owner.name, owner.short_name,
                        milestones.titles, project.description, milestones.descriptions,
                        report.texts
                    ))
                FROM %1$s.projects_project project
                LEFT JOIN %1$s.projects_owner owner ON owner.id = project.owner_id
                LEFT JOIN LATERAL (
                    SELECT
                        string_agg(concat_ws(' ', code, title), ' ' ORDER BY position, id) AS titles,
                        string_agg(description, ' ' ORDER BY position, id) AS descriptions
                    FROM %1$s.milestones_milestone milestone
                    WHERE milestone.project_id = project.id
                ) milestones ON true
                LEFT JOIN LATERAL (
                    SELECT concat_ws(' ', status_text, risk_text) AS texts
                    FROM %1$s.projects_statusreport report WHERE report.project_id = project.id
                    ORDER BY reported_on DESC, id DESC LIMIT 1
                ) report ON true
            $$
        $function$, place);
    END LOOP;
END
$do$;

-- With the texts in small letters: to look into them takes a fraction of the time of gathering their words, so that
-- only those of the few need be gathered where what is looked for may stand.
CREATE VIEW as_of.projects_projectwords AS
SELECT project_id, everywhere, title, texts FROM as_of.projects_words();

-- The row of the words goes when its project goes.
ALTER TABLE public.projects_projectwords
    DROP CONSTRAINT IF EXISTS projects_projectwords_go_with_their_project,
    ADD CONSTRAINT projects_projectwords_go_with_their_project
        FOREIGN KEY (project_id) REFERENCES public.projects_project (id) ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED;

CREATE OR REPLACE FUNCTION public.projects_gather_words(projects bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM public.projects_projectwords
        WHERE project_id = ANY (projects) ORDER BY project_id FOR NO KEY UPDATE;
    UPDATE public.projects_projectwords words
        SET everywhere = gathered.everywhere, title = gathered.title
        FROM public.projects_words() gathered
        WHERE words.project_id = gathered.project_id AND gathered.project_id = ANY (projects);
END
$$;

-- Of two who write the same new word, one waits for the other; in order, never in a circle.
CREATE OR REPLACE FUNCTION public.projects_learn_title_words(titles text[]) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO public.projects_titleword (word)
    SELECT DISTINCT word
    FROM unnest(titles) title,
        unnest(tsvector_to_array(public.projects_title_vector(title))) word
    WHERE word !~ '^[0-9]+$'
    ORDER BY word ON CONFLICT DO NOTHING
$$;

CREATE OR REPLACE FUNCTION public.projects_begin_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    projects bigint[] := array(SELECT id FROM changed);
BEGIN
    PERFORM FROM public.projects_owner
        WHERE id IN (SELECT owner_id FROM changed) ORDER BY id FOR SHARE;
    INSERT INTO public.projects_projectwords (project_id, everywhere, title)
        SELECT project_id, everywhere, title FROM public.projects_words()
        WHERE project_id = ANY (projects);
    PERFORM public.projects_learn_title_words(array(SELECT title FROM changed));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION public.projects_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION public.projects_refuse_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'words_are_kept_by_the_database' USING ERRCODE = 'check_violation';
END
$$;

CREATE OR REPLACE TRIGGER words_begin AFTER INSERT ON public.projects_project
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_begin_words();
CREATE OR REPLACE TRIGGER words_are_kept_by_the_database
    BEFORE INSERT OR UPDATE OR DELETE ON public.projects_projectwords
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION public.projects_refuse_words();
CREATE OR REPLACE TRIGGER words_are_kept_by_the_database
    BEFORE INSERT OR UPDATE OR DELETE ON public.projects_titleword
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION public.projects_refuse_words();

-- The tables that the words come from, and what is done to them that can change any.
CREATE OR REPLACE TRIGGER words_follow_update AFTER UPDATE ON public.projects_project
    REFERENCING NEW TABLE AS changed OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_words();
CREATE OR REPLACE TRIGGER words_follow_update AFTER UPDATE ON public.projects_owner
    REFERENCING NEW TABLE AS changed OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_words();

CREATE OR REPLACE TRIGGER words_follow_insert AFTER INSERT ON public.milestones_milestone
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_words();
CREATE OR REPLACE TRIGGER words_follow_update AFTER UPDATE ON public.milestones_milestone
    REFERENCING NEW TABLE AS changed OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_words();
CREATE OR REPLACE TRIGGER words_follow_delete AFTER DELETE ON public.milestones_milestone
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_words();
CREATE OR REPLACE TRIGGER words_follow_truncate AFTER TRUNCATE ON public.milestones_milestone
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_words();

CREATE OR REPLACE TRIGGER words_follow_insert AFTER INSERT ON public.projects_statusreport
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_words();

-- A report changes in no other way than by a redaction.
CREATE OR REPLACE FUNCTION public.projects_gather_words_of_reports() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.projects_gather_words(array(SELECT DISTINCT project_id FROM changed));
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER words_follow_redactions AFTER UPDATE ON public.projects_statusreport
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_gather_words_of_reports();

-- A word that no title ever had is not to be offered for a mistyped one.
CREATE OR REPLACE FUNCTION public.projects_forget_title_words() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE TRIGGER title_words_follow_redactions AFTER UPDATE ON public.projects_projectevent
    REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_forget_title_words();

-- A new version may gather others.
ALTER TABLE public.projects_projectwords DISABLE TRIGGER words_are_kept_by_the_database;
SELECT public.projects_gather_words(array(SELECT id FROM public.projects_project));
ALTER TABLE public.projects_projectwords ENABLE TRIGGER words_are_kept_by_the_database;

-- Backwards:

DROP VIEW IF EXISTS as_of.projects_projectwords;
DROP FUNCTION IF EXISTS public.projects_forget_title_words, public.projects_gather_words_of_reports,
    public.projects_refuse_words, public.projects_keep_words, public.projects_begin_words CASCADE;
DROP FUNCTION IF EXISTS public.projects_learn_title_words, public.projects_gather_words,
    public.projects_words, as_of.projects_words;
ALTER TABLE IF EXISTS public.projects_projectwords
    DROP CONSTRAINT IF EXISTS projects_projectwords_go_with_their_project;
