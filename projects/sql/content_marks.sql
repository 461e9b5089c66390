-- A mark of what the portfolio contains, by which pages and counts are kept in memory. Every transaction that
-- changes what a page shows adds a random number to a scope; the sum of those that can be seen is the mark. So it is the same
-- for the same content only, whoever commits first, on a replica, and after one is promoted: numbers that were
-- lost never come again. What concerns no page (a session, a login, another database) changes no mark.
--
-- Scopes: -1 is everything, 0 is what projects share (the register, the rules, the names of users), others are
-- the keys of projects. Numbers of transactions that everyone can see are added up, under transaction 0.

CREATE TABLE IF NOT EXISTS public.projects_contentmark (
    scope bigint NOT NULL,
    transaction xid8 NOT NULL,
    value numeric NOT NULL,
    PRIMARY KEY (scope, transaction)
);

-- Null in a transaction that has written: it sees rows that no mark tells of.
CREATE OR REPLACE FUNCTION public.projects_content_mark() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL THEN coalesce(sum(value), 0)::text END
    FROM public.projects_contentmark WHERE scope = -1
$$;

CREATE OR REPLACE FUNCTION public.projects_content_mark_of(project_slug text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL THEN coalesce(sum(value), 0)::text END
    FROM public.projects_contentmark WHERE scope IN (
        0, (SELECT id FROM public.projects_project WHERE slug = project_slug)
    )
$$;

CREATE OR REPLACE FUNCTION public.projects_fold_content_marks() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever comes second needs not wait: it is done.
    IF NOT pg_try_advisory_xact_lock(hashtext('projects_contentmark')) THEN
        RETURN;
    END IF;
    WITH folded AS (
        DELETE FROM public.projects_contentmark
        WHERE transaction > '0' AND transaction < pg_snapshot_xmin(pg_current_snapshot())
        RETURNING scope, value
    )
    INSERT INTO public.projects_contentmark (scope, transaction, value)
    SELECT scope, '0', sum(folded.value) FROM folded GROUP BY scope
    ON CONFLICT (scope, transaction)
    DO UPDATE SET value = projects_contentmark.value + excluded.value;
END
$$;

CREATE OR REPLACE FUNCTION public.projects_mark_content() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named_by text := TG_ARGV[0];
    scopes bigint[];
BEGIN
    IF named_by = 'everything' THEN
        scopes := '{}';
    ELSIF named_by = 'shared' OR TG_OP = 'TRUNCATE' THEN
        scopes := '{0}';
    ELSIF named_by = 'user' THEN
        -- Every login changes the row.
        IF TG_OP = 'UPDATE' THEN
            IF NOT EXISTS (
                SELECT FROM changed JOIN before USING (id)
                WHERE (changed.name, changed.email, changed.is_active)
                    IS DISTINCT FROM (before.name, before.email, before.is_active)
            ) THEN
                RETURN NULL;
            END IF;
        END IF;
        scopes := '{0}';
    ELSIF named_by = 'milestone_id' THEN
        scopes := array(
            SELECT DISTINCT project_id FROM public.milestones_milestone
            WHERE id IN (SELECT milestone_id FROM changed)
        );
    ELSE
        EXECUTE format('SELECT array(SELECT DISTINCT %I FROM changed)', named_by) INTO scopes;
    END IF;
    INSERT INTO public.projects_contentmark (scope, transaction, value)
    SELECT scope, pg_current_xact_id(), floor(random() * 1e15)
    FROM unnest(scopes || -1::bigint) AS scope
    ON CONFLICT DO NOTHING;
    IF random() < 0.01 THEN
        PERFORM public.projects_fold_content_marks();
    END IF;
    RETURN NULL;
END
$$;

-- The tables whose rows pages show, and how a row names its project.
DO $do$
DECLARE
    place record;
BEGIN
    FOR place IN SELECT * FROM (VALUES
        ('projects_project', 'id'),
        ('projects_project_managers', 'project_id'),
        ('projects_project_further_goals', 'project_id'),
        ('projects_statusreport', 'project_id'),
        ('projects_redaction', 'project_id'),
        ('milestones_milestone', 'project_id'),
        ('milestones_baseline', 'project_id'),
        ('milestones_datemove', 'milestone_id'),
        ('milestones_baselinedate', 'milestone_id'),
        ('projects_owner', 'shared'),
        ('projects_contact', 'shared'),
        ('projects_segment', 'shared'),
        ('projects_strategy', 'shared'),
        ('projects_strategicgoal', 'shared'),
        ('projects_portfoliosettings', 'shared'),
        ('projects_savedview', 'everything'),
        ('auth_group', 'everything'),
        ('accounts_user', 'user')
    ) AS source (name, named_by) LOOP
        EXECUTE format($trigger$
            CREATE OR REPLACE TRIGGER content_mark_insert AFTER INSERT ON public.%1$I
            REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION public.projects_mark_content(%2$L);
            CREATE OR REPLACE TRIGGER content_mark_update AFTER UPDATE ON public.%1$I
            REFERENCING NEW TABLE AS changed OLD TABLE AS before
            FOR EACH STATEMENT EXECUTE FUNCTION public.projects_mark_content(%2$L);
            CREATE OR REPLACE TRIGGER content_mark_delete AFTER DELETE ON public.%1$I
            REFERENCING OLD TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION public.projects_mark_content(%2$L);
            CREATE OR REPLACE TRIGGER content_mark_truncate AFTER TRUNCATE ON public.%1$I
            FOR EACH STATEMENT EXECUTE FUNCTION public.projects_mark_content(%2$L);
        $trigger$, place.name, place.named_by);
    END LOOP;
END
$do$;

-- Backwards:

DROP FUNCTION IF EXISTS public.projects_mark_content CASCADE;
DROP FUNCTION IF EXISTS public.projects_content_mark, public.projects_content_mark_of,
    public.projects_fold_content_marks;
DROP TABLE IF EXISTS public.projects_contentmark;
