-- Words that are taken away: the history and the reports give a mark in place of words, and let nothing else
-- of them change. The guards of past.sql stand on every table of history. Those here stand on the tables that
-- hold texts of projects, and let one thing through: what a redaction made in the same transaction says of
-- the same project.

-- What is no mark stands as it was, sign for sign. A name in addresses that had the words becomes the
-- one that the project has now; a code, an address and its text are emptied, and so is the contact.
CREATE OR REPLACE FUNCTION public.portfolio_redacts(project bigint, before jsonb, after jsonb)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
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

CREATE OR REPLACE FUNCTION public.portfolio_stands_but_for_redactions() RETURNS trigger
LANGUAGE plpgsql AS $$
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

-- Each table of reports, then each other table of history that holds texts of a project, and the column that
-- leads to the project.
DO $$
DECLARE
    guarded record;
BEGIN
    FOR guarded IN VALUES
        ('projects_statusreport', 'project_id'),
        ('projects_statusreportevent', 'project_id')
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER report_stands BEFORE UPDATE OR DELETE ON public.%I'
            ' FOR EACH ROW EXECUTE FUNCTION public.portfolio_stands_but_for_redactions(%L, %L)',
            guarded.column1, 'a_report_is_never_changed_or_lost', guarded.column2
        );
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER reports_stand BEFORE TRUNCATE ON public.%I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION public.portfolio_report_stands()',
            guarded.column1
        );
    END LOOP;
    FOR guarded IN VALUES
        ('projects_projectevent', 'id'),
        ('milestones_milestoneevent', 'project_id'),
        ('milestones_datemoveevent', 'milestone_id'),
        ('milestones_baselineevent', 'project_id')
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER row_stands BEFORE UPDATE OR DELETE ON public.%I'
            ' FOR EACH ROW EXECUTE FUNCTION public.portfolio_stands_but_for_redactions(%L, %L)',
            guarded.column1, 'history_is_never_changed_or_lost', guarded.column2
        );
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER history_stands BEFORE TRUNCATE ON public.%I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION public.portfolio_history_stands()',
            guarded.column1
        );
    END LOOP;
END
$$;

-- Backwards:

DROP FUNCTION IF EXISTS public.portfolio_stands_but_for_redactions CASCADE;
DROP FUNCTION IF EXISTS public.portfolio_redacts;
