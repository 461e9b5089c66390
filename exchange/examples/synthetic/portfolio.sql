-- The synthetic portfolio, made on the server. `portfolio.py` runs these statements, one after the
-- other, while no trigger looks: so the history is written here, as the triggers would write it.
--
-- The parameters are the words of `words.toml`, the keys of the registers, `count` and `today`.
-- Nothing is random: `pick` gives to each project, milestone and report the same number each time.

-- From 0 to below the size. PostgreSQL partitions tables by this hash, so it stays as it is.
CREATE OR REPLACE FUNCTION pg_temp.pick(what bigint, question integer, size integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN mod(hashint8extended(what, question) & 2147483647, size)::integer;

CREATE OR REPLACE FUNCTION pg_temp.one(words text[], what bigint, question integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN words[1 + pg_temp.pick(what, question, cardinality(words))];

CREATE OR REPLACE FUNCTION pg_temp.noon(day date) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (day + time '12:00') AT TIME ZONE 'Europe/Oslo';

-- When a project was first recorded, begun and ended, and who has to do with it.
CREATE TEMPORARY TABLE story ON COMMIT DROP AS
SELECT
    id,
    %(today)s::date AS today,
    since,
    since + 3 + pg_temp.pick(id, 3, 40) AS begins_on,
    CASE lifecycle
        WHEN 'paused' THEN %(today)s::date - 20 - pg_temp.pick(id, 4, 200)
        WHEN 'closed' THEN %(today)s::date - 30 - pg_temp.pick(id, 4, 400)
    END AS ends_on,
    lifecycle,
    pg_temp.pick(id, 5, 100) < CASE lifecycle WHEN 'planned' THEN 60 ELSE 94 END AS is_published,
    owner,
    CASE WHEN pg_temp.pick(id, 6, 100) < 96
        THEN owner * %(contacts_of_each)s + pg_temp.pick(id, 7, %(contacts_of_each)s) END AS contact,
    CASE WHEN pg_temp.pick(id, 8, 100) < 80
        THEN (%(manager_ids)s::bigint[])[1 + pg_temp.pick(id, 9, %(managers)s)] END AS manager_id,
    -- Every combination of the words before any comes again, in the next phase.
    mod((id - 1) * 7919, %(titles)s) AS place,
    (id - 1) / %(titles)s AS phase
FROM (
    SELECT
        id,
        %(today)s::date - 760 + pg_temp.pick(id, 1, 60) AS since,
        CASE
            WHEN pg_temp.pick(id, 2, 100) < 70 THEN 'active'
            WHEN pg_temp.pick(id, 2, 100) < 80 THEN 'planned'
            WHEN pg_temp.pick(id, 2, 100) < 86 THEN 'paused'
            ELSE 'closed'
        END AS lifecycle,
        -- A few own many.
        pg_temp.pick(id, 10, %(owners)s) * pg_temp.pick(id, 11, %(owners)s) / %(owners)s AS owner
    FROM generate_series(1, %(count)s::bigint) id
) begun;

CREATE TEMPORARY TABLE named ON COMMIT DROP AS
SELECT
    id,
    (%(things)s::text[])[1 + mod(place, cardinality(%(things)s::text[]))] || ' for '
    || (%(fields)s::text[])[
        1 + mod(place / cardinality(%(things)s::text[]), cardinality(%(fields)s::text[]))
    ] || ' i '
    || (%(places)s::text[])[
        1 + place / cardinality(%(things)s::text[]) / cardinality(%(fields)s::text[])
    ] || CASE WHEN phase > 0 THEN ', fase ' || phase + 1 ELSE '' END AS title,
    lower((%(things)s::text[])[1 + mod(place, cardinality(%(things)s::text[]))]) AS thing
FROM story;

-- What has become of each milestone: promised, moved once or twice, delivered or withdrawn.
CREATE TEMPORARY TABLE promises ON COMMIT DROP AS
SELECT
    promise.*,
    move_1.day AS moved_1_on, move_1.due AS due_1,
    move_2.day AS moved_2_on, move_2.due AS due_2,
    withdrawal.day AS obsolete_on,
    CASE WHEN withdrawal.day IS NULL THEN delivery.day END AS delivered_on
FROM (
    SELECT
        (story.id - 1) * 9 + position AS id,
        position,
        story.id AS project_id,
        today, since, begins_on, ends_on, lifecycle, is_published, manager_id,
        CASE lifecycle
            WHEN 'closed' THEN since + 40 + position * ((ends_on - since - 40) / 9)
            WHEN 'planned' THEN today - 120 + position * 90 + pg_temp.pick(story.id, 31, 60)
            ELSE today - 800 + position * 150 + pg_temp.pick(story.id, 31, 140)
        END + pg_temp.pick((story.id - 1) * 9 + position, 32, 30) AS due_0
    FROM story CROSS JOIN generate_series(1, 9) position
) promise
CROSS JOIN LATERAL (
    SELECT due_0 - 50 + pg_temp.pick(id, 33, 60) AS day, due_0 + 30 + pg_temp.pick(id, 34, 120) AS due
) asked_1
LEFT JOIN LATERAL (SELECT asked_1.*) move_1 ON (
    pg_temp.pick(id, 35, 100) < 30 AND is_published
    AND asked_1.day > begins_on AND asked_1.day < coalesce(ends_on, today)
)
CROSS JOIN LATERAL (
    SELECT
        move_1.due - 20 + pg_temp.pick(id, 36, 40) AS day,
        move_1.due + 30 + pg_temp.pick(id, 37, 90) AS due
) asked_2
LEFT JOIN LATERAL (SELECT asked_2.*) move_2 ON (
    pg_temp.pick(id, 38, 100) < 30 AND asked_2.day < coalesce(ends_on, today)
)
CROSS JOIN LATERAL (
    SELECT
        coalesce(move_2.due, move_1.due, due_0) AS due,
        coalesce(move_2.day, move_1.day, begins_on) + 1 AS free_from
) now_due
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN lifecycle = 'closed' THEN ends_on
        WHEN pg_temp.pick(id, 39, 100) < 4 THEN now_due.due - 20 - pg_temp.pick(id, 40, 60)
    END AS day
) given_up
CROSS JOIN LATERAL (
    SELECT greatest(free_from, now_due.due + CASE
        WHEN pg_temp.pick(id, 41, 100) < 60 THEN - pg_temp.pick(id, 42, 25)
        WHEN pg_temp.pick(id, 41, 100) < 88 THEN pg_temp.pick(id, 42, 30)
        WHEN pg_temp.pick(id, 41, 100) < 97 THEN 30 + pg_temp.pick(id, 42, 120)
        ELSE 10000
    END) AS day
) finished
LEFT JOIN LATERAL (SELECT finished.*) delivery ON finished.day < coalesce(ends_on, today)
LEFT JOIN LATERAL (SELECT given_up.*) withdrawal ON (
    given_up.day >= free_from AND given_up.day < today
    AND (delivery.day IS NULL OR lifecycle <> 'closed')
);

INSERT INTO milestones_milestone (
    id, project_id, code, title, description, position, original_due_on, due_on, is_delivered,
    delivered_on, delivered_by_id, is_obsolete, obsolete_on, obsolete_reason
)
SELECT
    promises.id, project_id,
    CASE WHEN pg_temp.pick(project_id, 50, 100) < 90 THEN 'MP' || position ELSE '' END,
    CASE position
        WHEN 1 THEN pg_temp.one(%(milestones_1)s::text[], promises.id, 51)
        WHEN 2 THEN pg_temp.one(%(milestones_2)s::text[], promises.id, 51)
        WHEN 3 THEN pg_temp.one(%(milestones_3)s::text[], promises.id, 51)
        WHEN 4 THEN pg_temp.one(%(milestones_4)s::text[], promises.id, 51)
        WHEN 5 THEN pg_temp.one(%(milestones_5)s::text[], promises.id, 51)
        WHEN 6 THEN pg_temp.one(%(milestones_6)s::text[], promises.id, 51)
        WHEN 7 THEN pg_temp.one(%(milestones_7)s::text[], promises.id, 51)
        WHEN 8 THEN pg_temp.one(%(milestones_8)s::text[], promises.id, 51)
        ELSE pg_temp.one(%(milestones_9)s::text[], promises.id, 51)
    END || CASE WHEN mod(position, 3) = 0 THEN ': ' || thing ELSE '' END,
    CASE WHEN pg_temp.pick(promises.id, 52, 100) < 30
        THEN pg_temp.one(%(milestone_texts)s::text[], promises.id, 53) ELSE '' END,
    position,
    due_0,
    coalesce(due_2, due_1, due_0),
    delivered_on IS NOT NULL,
    -- Old pages do not always say when.
    CASE WHEN pg_temp.pick(promises.id, 54, 100) >= 3 THEN delivered_on END,
    CASE WHEN delivered_on IS NOT NULL AND pg_temp.pick(promises.id, 54, 100) >= 3
        THEN manager_id END,
    obsolete_on IS NOT NULL,
    obsolete_on,
    CASE
        WHEN obsolete_on IS NULL THEN ''
        WHEN lifecycle = 'closed' THEN %(closed_reason)s
        ELSE pg_temp.one(%(obsolete_reasons)s::text[], promises.id, 55)
    END
FROM promises JOIN named ON named.id = project_id
ORDER BY promises.id;

INSERT INTO milestones_milestoneevent (
    id, project_id, code, title, description, position, original_due_on, due_on, is_delivered,
    delivered_on, delivered_by_id, is_obsolete, obsolete_on, obsolete_reason,
    pgh_obj_id, pgh_created_at, pgh_label, pgh_true_from
)
SELECT
    id, milestone.project_id, code, title, description, milestone.position, original_due_on,
    state.due_on,
    state.is_last AND is_delivered,
    CASE WHEN state.is_last THEN milestone.delivered_on END,
    CASE WHEN state.is_last THEN delivered_by_id END,
    state.is_last AND is_obsolete,
    CASE WHEN state.is_last THEN milestone.obsolete_on END,
    CASE WHEN state.is_last THEN obsolete_reason ELSE '' END,
    id, now(), state.label, pg_temp.noon(state.day)
FROM milestones_milestone milestone
JOIN promises USING (id)
CROSS JOIN LATERAL (VALUES
    (1, 'insert', since, due_0, false),
    (2, 'update', moved_1_on, due_1, false),
    (3, 'update', moved_2_on, due_2, false),
    (4, 'update', coalesce(promises.delivered_on, promises.obsolete_on), milestone.due_on, true)
) state (step, label, day, due_on, is_last)
WHERE state.day IS NOT NULL
ORDER BY id, step;

INSERT INTO milestones_datemove (
    milestone_id, from_date, to_date, cause, reason, moved_by_id, moved_at
)
SELECT
    id, from_date, to_date,
    CASE WHEN manager_id IS NULL THEN '' ELSE (%(causes)s::text[])[why] END,
    CASE WHEN manager_id IS NULL THEN '' ELSE (%(move_reasons)s::text[])[why] END,
    manager_id,
    pg_temp.noon(day)
FROM promises
CROSS JOIN LATERAL (VALUES
    (1, moved_1_on, due_0, due_1, 1 + pg_temp.pick(id, 60, 8)),
    (2, moved_2_on, due_1, due_2, 1 + pg_temp.pick(id, 61, 8))
) move (step, day, from_date, to_date, why)
WHERE day IS NOT NULL
ORDER BY id, step;

INSERT INTO milestones_datemoveevent (
    id, milestone_id, from_date, to_date, cause, reason, moved_by_id, moved_at,
    pgh_obj_id, pgh_created_at, pgh_label, pgh_true_from
)
SELECT
    id, milestone_id, from_date, to_date, cause, reason, moved_by_id, moved_at,
    id, now(), 'insert', moved_at
FROM milestones_datemove ORDER BY id;

-- Eight reports: the last a while ago, the others evenly before it.
INSERT INTO projects_statusreport (
    id, project_id, status, status_text, risk_level, risk_text, gap_reason, reported_on,
    reported_by_id, recorded_at, owner_name, contact_name
)
SELECT
    report.id,
    project_id,
    (ARRAY['on_track', 'challenges', 'major_challenges'])[level],
    CASE level
        WHEN 1 THEN pg_temp.one(%(on_track)s::text[], report.id, 70)
        WHEN 2 THEN pg_temp.one(%(challenges)s::text[], report.id, 70)
        ELSE pg_temp.one(%(major_challenges)s::text[], report.id, 70)
    END || ' ' || pg_temp.one(%(happenings)s::text[], report.id, 71)
    || ' Det gjelder også ' || thing || '. '
    || pg_temp.one(%(next_steps)s::text[], report.id, 72),
    risk,
    CASE WHEN risk <> 'not_reported' THEN pg_temp.one(%(risks)s::text[], report.id, 73) ELSE '' END,
    CASE WHEN level = 1 AND pg_temp.pick(report.id, 74, 100) < 5
        THEN pg_temp.one(%(gap_reasons)s::text[], report.id, 75) ELSE '' END,
    last_on - (8 - number) * apart
    - CASE WHEN number < 8 THEN pg_temp.pick(report.id, 76, apart / 3) ELSE 0 END,
    manager_id,
    now(),
    coalesce(owner.name, ''),
    coalesce(contact.name, '')
FROM (
    SELECT
        (story.id - 1) * 8 + number AS id,
        story.id AS project_id,
        number,
        manager_id,
        (%(owner_ids)s::bigint[])[1 + story.owner] AS owner_id,
        (%(contact_ids)s::bigint[])[1 + story.contact] AS contact_id,
        last_on,
        least(80, (last_on - begins_on - 10) / 8) AS apart,
        -- How it goes, for two reports at a time better or worse than it usually does; which
        -- two differs, so that the newest is not always as the one before.
        least(3, greatest(1,
            CASE
                WHEN pg_temp.pick(story.id, 80, 100) < 62 THEN 1
                WHEN pg_temp.pick(story.id, 80, 100) < 90 THEN 2
                ELSE 3
            END + CASE
                WHEN pg_temp.pick((story.id - 1) * 8 + (number + 1 + story.id %% 2) / 2, 81, 100) < 12 THEN 1
                WHEN pg_temp.pick((story.id - 1) * 8 + (number + 1 + story.id %% 2) / 2, 81, 100) < 20 THEN -1
                ELSE 0
            END
        )) AS level,
        (ARRAY['low', 'low', 'medium', 'medium', 'high', 'not_reported'])[
            1 + pg_temp.pick((story.id - 1) * 8 + number / 3, 82, 6)
        ] AS risk
    FROM (
        SELECT *, coalesce(ends_on, today - 1 - CASE
            WHEN pg_temp.pick(id, 83, 100) < 88 THEN pg_temp.pick(id, 84, 105)
            ELSE 105 + pg_temp.pick(id, 84, 150)
        END) AS last_on FROM story
    ) story
    CROSS JOIN generate_series(1, 8) number
) report
JOIN named ON named.id = project_id
LEFT JOIN projects_owner owner ON owner.id = owner_id
LEFT JOIN projects_contact contact ON contact.id = contact_id
ORDER BY report.id;

INSERT INTO projects_statusreportevent (
    id, project_id, status, status_text, risk_level, risk_text, gap_reason, reported_on,
    reported_by_id, recorded_at, owner_name, contact_name,
    pgh_obj_id, pgh_created_at, pgh_label, pgh_true_from
)
SELECT
    id, project_id, status, status_text, risk_level, risk_text, gap_reason, reported_on,
    reported_by_id, recorded_at, owner_name, contact_name,
    id, now(), 'insert', pg_temp.noon(reported_on)
FROM projects_statusreport ORDER BY id;

-- The projects come last: what is gathered of a project when it is inserted finds all of it.
INSERT INTO projects_project (
    id, title, slug, ingress, description, link_url, link_text, lifecycle, is_published,
    published_at, is_example, report_interval_days, owner_id, contact_id, segment_id, main_goal_id
)
SELECT
    id,
    named.title,
    regexp_replace(
        replace(translate(lower(named.title), 'øå,', 'oa'), 'æ', 'ae'), '[^a-z0-9]+', '-', 'g'
    ),
    pg_temp.one(%(ingresses)s::text[], id, 20),
    pg_temp.one(%(paragraphs)s::text[], id, 21) || CASE WHEN pg_temp.pick(id, 22, 100) < 40
        THEN E'\n\n' || pg_temp.one(%(paragraphs)s::text[], id, 22) ELSE '' END,
    CASE WHEN pg_temp.pick(id, 23, 100) < 20 THEN 'https://example.no/tiltak/' || id ELSE '' END,
    CASE WHEN pg_temp.pick(id, 23, 100) < 15
        THEN pg_temp.one(%(link_texts)s::text[], id, 24) ELSE '' END,
    lifecycle,
    is_published,
    CASE WHEN is_published THEN pg_temp.noon(begins_on) END,
    false,
    CASE WHEN pg_temp.pick(id, 25, 100) < 3 THEN 30 WHEN pg_temp.pick(id, 25, 100) < 6 THEN 180 END,
    (%(owner_ids)s::bigint[])[1 + owner],
    (%(contact_ids)s::bigint[])[1 + contact],
    (%(segment_ids)s::bigint[])[
        CASE WHEN pg_temp.pick(id, 26, 100) < 97 THEN 1 + pg_temp.pick(id, 27, 3) END
    ],
    (%(goal_ids)s::bigint[])[
        CASE WHEN pg_temp.pick(id, 28, 100) < 95 THEN 1 + pg_temp.pick(id, 29, 5) END
    ]
FROM story JOIN named USING (id)
ORDER BY id;

-- Recorded as planned and unpublished; then begun, shown or both; some have ended since.
INSERT INTO projects_projectevent (
    id, title, slug, ingress, description, link_url, link_text, lifecycle, is_published,
    published_at, is_example, report_interval_days, owner_id, contact_id, segment_id, main_goal_id,
    pgh_obj_id, pgh_created_at, pgh_label, pgh_true_from
)
SELECT
    id, title, slug, ingress, description, link_url, link_text, state.lifecycle,
    state.is_published, CASE WHEN state.is_published THEN published_at END, is_example,
    report_interval_days, owner_id, contact_id, segment_id, main_goal_id,
    id, now(), state.label, pg_temp.noon(state.day)
FROM projects_project project
JOIN story USING (id)
CROSS JOIN LATERAL (VALUES
    (1, 'insert', since, 'planned', false),
    (2, 'update',
        CASE WHEN project.is_published OR project.lifecycle <> 'planned' THEN begins_on END,
        CASE WHEN project.lifecycle = 'planned' THEN 'planned' ELSE 'active' END,
        project.is_published),
    (3, 'update', ends_on, project.lifecycle, project.is_published)
) state (step, label, day, lifecycle, is_published)
WHERE state.day IS NOT NULL
ORDER BY id, step;

INSERT INTO projects_project_managers (project_id, user_id)
SELECT id, manager_id FROM story WHERE manager_id IS NOT NULL ORDER BY id;

INSERT INTO projects_projectmanagerevent (
    id, project_id, user_id, pgh_created_at, pgh_label, pgh_true_from
)
SELECT manager.id, project_id, user_id, now(), 'insert', pg_temp.noon(since)
FROM projects_project_managers manager JOIN story ON story.id = project_id
ORDER BY manager.id;

INSERT INTO projects_project_further_goals (project_id, strategicgoal_id)
SELECT id, (%(goal_ids)s::bigint[])[1 + mod(pg_temp.pick(id, 29, 5) + 2, 5)]
FROM story WHERE pg_temp.pick(id, 30, 100) < 30 ORDER BY id;

INSERT INTO projects_projectfurthergoalevent (
    id, project_id, strategicgoal_id, pgh_created_at, pgh_label, pgh_true_from
)
SELECT goal.id, project_id, strategicgoal_id, now(), 'insert', pg_temp.noon(since)
FROM projects_project_further_goals goal JOIN story ON story.id = project_id
ORDER BY goal.id;

SELECT projects_count_anew(array(SELECT id FROM projects_project));
