-- How a text becomes words to search in. No extension and no ICU, and no stem is stored: words are kept as
-- they are written, a search asks for all forms of its own. So neither PostgreSQL's idea of Norwegian nor its
-- next version decides what is found. An index of projects_titleword is made with projects_trigrams.

-- Whether all letters and signs of a text are common ones that can be written in one way only, and none is a
-- soft hyphen: looking for others takes a quarter of the time of looking whether a text is composed.
CREATE OR REPLACE FUNCTION public.projects_is_ordinary(text text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT text !~ '[^\u0001-\u00ac\u00ae-\u02ff\u2010-\u205e]'
$$;

-- The parser of PostgreSQL takes "helse/omsorg", "ks.no" and "-5" for one word each; here they are
-- the words that people see. Soft hyphens and what joins signs are not seen, and go.
-- Sign by sign, since translate() takes six times as long.
CREATE OR REPLACE FUNCTION public.projects_plain_text(text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        CASE WHEN public.projects_is_ordinary(text) OR text IS NFC NORMALIZED
            THEN text ELSE normalize(text, NFC) END,
        '/', ' '), '-', ' '), '.', ' '), '_', ' '), '@', ' '), '&', ' '), '<', ' '), '+', ' '),
        U&'\00AD', ''), U&'\200D', '')
$$;

-- Every word has its places, which count in the rank, and tell what stands side by side.
-- A vector holds a megabyte at most; what is longer than any page is cut.
CREATE OR REPLACE FUNCTION public.projects_word_vector(title text, near text, far text, report text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('pg_catalog.simple', public.projects_plain_text(title)), 'A')
        || setweight(
            to_tsvector('pg_catalog.simple', public.projects_plain_text(left(near, 30000))), 'B'
        )
        || setweight(
            to_tsvector('pg_catalog.simple', public.projects_plain_text(left(far, 60000))), 'C'
        )
        || setweight(
            to_tsvector(
                'pg_catalog.simple',
                public.projects_plain_text(coalesce(left(report, 10000), ''))
            ), 'D'
        )
$$;

CREATE OR REPLACE FUNCTION public.projects_title_vector(title text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT strip(to_tsvector('pg_catalog.simple', public.projects_plain_text(title)))
$$;

-- One for each row, whatever it is. The planner takes looking into a vector for next to nothing, and
-- would look into all of them; asked for this as well, it knows what fetching and unpacking costs.
CREATE OR REPLACE FUNCTION public.projects_cost_of_words(project bigint) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 200 AS $$ BEGIN RETURN 1; END $$;

CREATE OR REPLACE FUNCTION public.projects_trigrams(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT substr('  ' || word || ' ', place, 3))
    FROM generate_series(1, length(word) + 1) place
$$;

-- Backwards:

DROP FUNCTION IF EXISTS public.projects_trigrams, public.projects_cost_of_words,
    public.projects_title_vector, public.projects_word_vector, public.projects_plain_text,
    public.projects_is_ordinary;
