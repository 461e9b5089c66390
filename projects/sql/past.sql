-- The guards of the past. What is on record is neither changed nor emptied away, whatever the session has
-- asked to be ignored: the guards that pgtrigger makes of the models can be switched off by a setting, and do
-- not see TRUNCATE. And no day that has been shown is rewritten: the past of a project is loaded in order,
-- and only for days before it was first recorded here. redaction.sql says what is let through.

CREATE OR REPLACE FUNCTION public.portfolio_history_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history_is_never_changed_or_lost' USING ERRCODE = 'check_violation';
END
$$;

CREATE OR REPLACE FUNCTION public.portfolio_report_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a_report_is_never_changed_or_lost' USING ERRCODE = 'check_violation';
END
$$;

-- The past of a project is open for a day when the project was first recorded on a later day, and
-- nothing of it is on record as true since. What is recorded as true from now needs no leave.
CREATE OR REPLACE FUNCTION public.portfolio_past_is_open(project bigint, day timestamptz) RETURNS boolean
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

-- A register, such as the owners, has a past of its own for each row.
CREATE OR REPLACE FUNCTION public.portfolio_past_is_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- Each table that a past day is read from, and the column by which it says whose past it is.
DO $$
DECLARE
    guarded record;
BEGIN
    FOR guarded IN VALUES
        ('projects_projectevent', 'id'),
        ('projects_projectmanagerevent', 'project_id'),
        ('projects_projectfurthergoalevent', 'project_id'),
        ('projects_statusreportevent', 'project_id'),
        ('projects_redactionevent', 'project_id'),
        ('projects_strategyevent', 'id'),
        ('projects_strategicgoalevent', 'id'),
        ('projects_segmentevent', 'id'),
        ('projects_ownerevent', 'id'),
        ('projects_contactevent', 'id'),
        ('projects_portfoliosettingsevent', 'id'),
        ('milestones_milestoneevent', 'project_id'),
        ('milestones_datemoveevent', 'milestone_id'),
        ('milestones_baselineevent', 'project_id'),
        ('milestones_baselinedateevent', 'milestone_id')
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER past_is_in_order BEFORE INSERT ON public.%I'
            ' FOR EACH ROW EXECUTE FUNCTION public.portfolio_past_is_in_order(%L)',
            guarded.column1, guarded.column2
        );
    END LOOP;
END
$$;

-- Each table of history, those of logins and roles too. The rows of some are guarded by redaction.sql.
DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY[
        'accounts_userevent',
        'accounts_userroleevent',
        'projects_projectmanagerevent',
        'projects_projectfurthergoalevent',
        'projects_redactionevent',
        'projects_strategyevent',
        'projects_strategicgoalevent',
        'projects_segmentevent',
        'projects_ownerevent',
        'projects_contactevent',
        'projects_portfoliosettingsevent',
        'milestones_baselinedateevent'
    ] LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER row_stands BEFORE UPDATE OR DELETE ON public.%I'
            ' FOR EACH ROW EXECUTE FUNCTION public.portfolio_history_stands()',
            guarded
        );
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER history_stands BEFORE TRUNCATE ON public.%I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION public.portfolio_history_stands()',
            guarded
        );
    END LOOP;
END
$$;

-- Backwards:

DROP FUNCTION IF EXISTS public.portfolio_past_is_in_order CASCADE;
DROP FUNCTION IF EXISTS public.portfolio_past_is_open;
DROP FUNCTION IF EXISTS public.portfolio_report_stands CASCADE;
DROP FUNCTION IF EXISTS public.portfolio_history_stands CASCADE;
