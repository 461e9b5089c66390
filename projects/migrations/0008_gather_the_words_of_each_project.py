"""What search looks in: the words of each project, and how a text becomes words.

No extension and no ICU: the stems are those of PostgreSQL's own configuration `norwegian`, the
trigrams are cut here. `milestones/0011` keeps the tables true.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# The parser of PostgreSQL takes "helse/omsorg", "ks.no" and "-5" for one word each; here they are
# the words that people see. Soft hyphens and what joins signs are not seen, and go.
PLAIN = """
    CREATE FUNCTION projects_plain_text(text text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT translate(
            CASE WHEN text IS NFC NORMALIZED THEN text ELSE normalize(text, NFC) END,
            '/-._@&<+' || U&'\\00AD\\200D', '        '
        )
    $$;
"""

# Beside the stems stands each word as it is, so that any beginning of it is found: "sikkerh" is
# one of "sikkerhet", whose stem is "sikker". Only the stems have places, which count in the rank.
# A vector holds a megabyte at most; what is longer than any page is cut.
VECTORS = """
    CREATE FUNCTION projects_word_vector(title text, near text, far text, report text)
    RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    DECLARE
        a text := public.projects_plain_text(title);
        b text := public.projects_plain_text(left(near, 30000));
        c text := public.projects_plain_text(left(far, 60000));
        d text := public.projects_plain_text(coalesce(left(report, 10000), ''));
    BEGIN
        RETURN setweight(to_tsvector('pg_catalog.norwegian', a), 'A')
            || setweight(to_tsvector('pg_catalog.norwegian', b), 'B')
            || setweight(to_tsvector('pg_catalog.norwegian', c), 'C')
            || setweight(to_tsvector('pg_catalog.norwegian', d), 'D')
            || strip(to_tsvector('pg_catalog.simple', concat_ws(' ', a, b, c, d)));
    END
    $$;

    CREATE FUNCTION projects_title_vector(title text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT strip(to_tsvector('pg_catalog.simple', public.projects_plain_text(title)))
    $$;
"""

# Takes words without signs, in small letters, between spaces. A stop word, such as "og", asks for
# nothing; a single letter must be the whole word; å and aa are one letter written in two ways.
QUERY = """
    CREATE FUNCTION projects_words_query(words text, every boolean) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    DECLARE
        result tsquery;
        word text;
        spelling text;
        stem tsquery;
        found tsquery;
    BEGIN
        FOREACH word IN ARRAY string_to_array(words, ' ') LOOP
            CONTINUE WHEN numnode(plainto_tsquery('pg_catalog.norwegian', word)) = 0;
            found := NULL;
            FOR spelling IN
                SELECT word UNION SELECT replace(word, 'aa', 'å') UNION SELECT replace(word, 'å', 'aa')
            LOOP
                stem := plainto_tsquery('pg_catalog.norwegian', spelling);
                found := coalesce(found || stem, stem);
                IF length(spelling) > 1 THEN
                    found := found || to_tsquery(
                        'pg_catalog.simple', quote_literal(translate(spelling, '''\\', '')) || ':*'
                    );
                END IF;
            END LOOP;
            result := coalesce(CASE WHEN every THEN result && found ELSE result || found END, found);
        END LOOP;
        RETURN coalesce(result, '');
    END
    $$;
"""

# One for each row, whatever it is. The planner takes looking into a vector for next to nothing, and
# would look into all of them; asked for this as well, it knows what fetching and unpacking costs.
COST = """
    CREATE FUNCTION projects_cost_of_words(project bigint) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 200 AS $$ BEGIN RETURN 1; END $$;
"""

TRIGRAMS = """
    CREATE FUNCTION projects_trigrams(word text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT array_agg(DISTINCT substr('  ' || word || ' ', place, 3))
        FROM generate_series(1, length(word) + 1) place
    $$;
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0007_keep_the_figures_of_each_project")]

    operations = [
        migrations.RunSQL(PLAIN, "DROP FUNCTION projects_plain_text"),
        migrations.RunSQL(
            VECTORS, "DROP FUNCTION projects_word_vector; DROP FUNCTION projects_title_vector"
        ),
        migrations.RunSQL(QUERY, "DROP FUNCTION projects_words_query"),
        migrations.RunSQL(COST, "DROP FUNCTION projects_cost_of_words"),
        migrations.RunSQL(TRIGRAMS, "DROP FUNCTION projects_trigrams"),
        migrations.CreateModel(
            name="ProjectWords",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="projects.project",
                    ),
                ),
                ("everywhere", django.contrib.postgres.search.SearchVectorField()),
                ("title", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name_plural": "words of projects",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["everywhere"], name="projects_words_everywhere"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="projects_words_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TitleWord",
            fields=[("word", models.TextField(primary_key=True, serialize=False))],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        models.Func(
                            models.F("word"),
                            function="projects_trigrams",
                            output_field=django.contrib.postgres.fields.ArrayField(
                                models.TextField()
                            ),
                        ),
                        name="projects_titleword_trigrams",
                    ),
                ],
            },
        ),
    ]
