-- Any day: the schema whose views show the tables that people edit as they stood at a time. The time is the
-- setting portfolio.as_of, which fkj_portfolio.history.as_of sets. The views themselves are made from the
-- models, by the operation AsOf.

CREATE SCHEMA IF NOT EXISTS as_of;

CREATE OR REPLACE FUNCTION as_of.time() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT current_setting('portfolio.as_of')::timestamptz $$;

-- Backwards:

DROP SCHEMA IF EXISTS as_of CASCADE;
