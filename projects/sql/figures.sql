-- The figures of each project are kept as its milestones, their moves and its reports say. Whatever changes
-- those changes the figures in the same transaction, set by set. Two who change two milestones of one project
-- at once can't leave them wrong: the row of the figures is locked first, and the statement that counts then
-- sees what the other has committed. No other hand may write to them. As of a day in the past a view computes
-- the same.

DROP VIEW IF EXISTS as_of.projects_projectfigures;
DROP FUNCTION IF EXISTS public.projects_figures, as_of.projects_figures;

-- What the figures are, of the tables as they are and of the views of a day.
DO $do$
DECLARE
    place text;
BEGIN
    FOREACH place IN ARRAY ARRAY['public', 'as_of'] LOOP
        EXECUTE format($function$
            CREATE FUNCTION %1$s.projects_figures() RETURNS TABLE (
                project_id bigint, milestone_count integer, delivered_count integer,
                obsolete_count integer, often_moved_count integer, next_due_on date,
                furthest_behind_since date, report_id bigint, status varchar,
                previous_status varchar, risk_level varchar, reported_on date
            ) LANGUAGE sql STABLE PARALLEL SAFE AS $$
                SELECT project.id, milestone_count, delivered_count, obsolete_count,
                    often_moved_count, next_due_on, furthest_behind_since, report_id, status,
                    previous_status, risk_level, reported_on
                FROM %1$s.projects_project project
                LEFT JOIN LATERAL (
                    SELECT
                        count(*) FILTER (WHERE is_delivered OR NOT is_obsolete)::integer
                            AS milestone_count,
                        count(*) FILTER (WHERE is_delivered)::integer AS delivered_count,
                        count(*) FILTER (WHERE is_obsolete)::integer AS obsolete_count,
                        (count(*) FILTER (WHERE is_outstanding AND (
                            SELECT count(*) FROM %1$s.milestones_datemove move
                            WHERE move.milestone_id = milestone.id
                        ) >= 2))::integer AS often_moved_count,
                        min(due_on) FILTER (WHERE is_outstanding) AS next_due_on,
                        min(coalesce(new_baseline_on, original_due_on))
                            FILTER (WHERE is_outstanding) AS furthest_behind_since
                    FROM %1$s.milestones_milestone milestone
                    CROSS JOIN LATERAL (
                        SELECT NOT is_delivered AND NOT is_obsolete AS is_outstanding
                    ) state
                    WHERE milestone.project_id = project.id
                ) milestones ON true
                LEFT JOIN LATERAL (
                    SELECT id AS report_id, status, risk_level, reported_on,
                        lead(status) OVER newest_first AS previous_status
                    FROM %1$s.projects_statusreport report
                    WHERE report.project_id = project.id
                    WINDOW newest_first AS (ORDER BY reported_on DESC, id DESC)
                    ORDER BY reported_on DESC, id DESC LIMIT 1
                ) reports ON true
            $$
        $function$, place);
    END LOOP;
END
$do$;

CREATE VIEW as_of.projects_projectfigures AS
SELECT project_id, milestone_count, delivered_count, obsolete_count, often_moved_count, next_due_on,
    furthest_behind_since, report_id, status::varchar(20), previous_status::varchar(20),
    risk_level::varchar(20), reported_on
FROM as_of.projects_figures();

-- The row of the figures goes when its project goes.
ALTER TABLE public.projects_projectfigures
    DROP CONSTRAINT IF EXISTS projects_projectfigures_go_with_their_project,
    ADD CONSTRAINT projects_projectfigures_go_with_their_project
        FOREIGN KEY (project_id) REFERENCES public.projects_project (id) ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED;

CREATE OR REPLACE FUNCTION public.projects_count_anew(projects bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM public.projects_projectfigures
        WHERE project_id = ANY (projects) ORDER BY project_id FOR NO KEY UPDATE;
    UPDATE public.projects_projectfigures figures
        SET milestone_count = counted.milestone_count,
            delivered_count = counted.delivered_count,
            obsolete_count = counted.obsolete_count,
            often_moved_count = counted.often_moved_count,
            next_due_on = counted.next_due_on,
            furthest_behind_since = counted.furthest_behind_since,
            report_id = counted.report_id,
            status = counted.status,
            previous_status = counted.previous_status,
            risk_level = counted.risk_level,
            reported_on = counted.reported_on
        FROM public.projects_figures() counted
        WHERE figures.project_id = counted.project_id AND counted.project_id = ANY (projects);
END
$$;

CREATE OR REPLACE FUNCTION public.projects_keep_figures() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION public.projects_begin_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.projects_projectfigures (
        project_id, milestone_count, delivered_count, obsolete_count, often_moved_count
    ) SELECT id, 0, 0, 0, 0 FROM changed;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION public.projects_refuse_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'figures_are_kept_by_the_database' USING ERRCODE = 'check_violation';
END
$$;

CREATE OR REPLACE TRIGGER figures_begin AFTER INSERT ON public.projects_project
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_begin_figures();
CREATE OR REPLACE TRIGGER figures_are_kept_by_the_database
    BEFORE INSERT OR UPDATE OR DELETE ON public.projects_projectfigures
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION public.projects_refuse_figures();

-- The tables that the figures come from, and how a row names its project.
CREATE OR REPLACE TRIGGER figures_follow_insert AFTER INSERT ON public.milestones_milestone
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_figures('project_id');
CREATE OR REPLACE TRIGGER figures_follow_update AFTER UPDATE ON public.milestones_milestone
    REFERENCING NEW TABLE AS changed OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_figures('project_id');
CREATE OR REPLACE TRIGGER figures_follow_delete AFTER DELETE ON public.milestones_milestone
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_figures('project_id');
CREATE OR REPLACE TRIGGER figures_follow_truncate AFTER TRUNCATE ON public.milestones_milestone
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_figures('project_id');

CREATE OR REPLACE TRIGGER figures_follow_insert AFTER INSERT ON public.milestones_datemove
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_figures('milestone_id');
CREATE OR REPLACE TRIGGER figures_follow_update AFTER UPDATE ON public.milestones_datemove
    REFERENCING NEW TABLE AS changed OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_figures('milestone_id');
CREATE OR REPLACE TRIGGER figures_follow_delete AFTER DELETE ON public.milestones_datemove
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_figures('milestone_id');
CREATE OR REPLACE TRIGGER figures_follow_truncate AFTER TRUNCATE ON public.milestones_datemove
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_figures('milestone_id');

CREATE OR REPLACE TRIGGER figures_follow_insert AFTER INSERT ON public.projects_statusreport
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION public.projects_keep_figures('project_id');

-- A new version may count otherwise.
ALTER TABLE public.projects_projectfigures DISABLE TRIGGER figures_are_kept_by_the_database;
SELECT public.projects_count_anew(array(SELECT id FROM public.projects_project));
ALTER TABLE public.projects_projectfigures ENABLE TRIGGER figures_are_kept_by_the_database;

-- Backwards:

DROP VIEW IF EXISTS as_of.projects_projectfigures;
DROP FUNCTION IF EXISTS public.projects_refuse_figures, public.projects_begin_figures,
    public.projects_keep_figures CASCADE;
DROP FUNCTION IF EXISTS public.projects_count_anew, public.projects_figures, as_of.projects_figures;
ALTER TABLE IF EXISTS public.projects_projectfigures
    DROP CONSTRAINT IF EXISTS projects_projectfigures_go_with_their_project;
