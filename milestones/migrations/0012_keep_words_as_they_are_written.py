"""Keep the words of a text as they are written; a search asks for all forms of its own words.

No stem is stored, so neither PostgreSQL's idea of Norwegian nor its next version decides what is
found.
"""

from importlib import import_module

from django.db import migrations

before = import_module("projects.migrations.0008_gather_the_words_of_each_project")

# Every word has its places, which count in the rank, and tell what stands side by side.
VECTOR = """
    CREATE OR REPLACE FUNCTION projects_word_vector(title text, near text, far text, report text)
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
"""
VECTOR_BEFORE = before.VECTORS.split("CREATE FUNCTION projects_title_vector")[0].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)

GATHER = """
    ALTER TABLE projects_projectwords DISABLE TRIGGER words_are_kept_by_the_database;
    UPDATE projects_projectwords words SET everywhere = gathered.everywhere
        FROM projects_words_anew gathered WHERE words.project_id = gathered.project_id;
    ALTER TABLE projects_projectwords ENABLE TRIGGER words_are_kept_by_the_database;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("milestones", "0011_keep_the_words_true"),
        ("projects", "0011_count_without_reading_texts"),
    ]

    # Backwards the words are gathered last, too.
    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, GATHER),
        migrations.RunSQL(VECTOR, VECTOR_BEFORE),
        migrations.RunSQL("DROP FUNCTION projects_words_query", before.QUERY),
        migrations.RunSQL(GATHER, migrations.RunSQL.noop),
    ]
