"""Sort Sámi and other letters beside those they are written with, and skip quotation marks.

The index of words takes in what is new at once: a search asks for many forms of a word, and each would
look through what waits to be sorted in.
"""

import django.contrib.postgres.indexes
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0011_count_without_reading_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="project",
            name="projects_project_in_order",
        ),
        migrations.RemoveIndex(
            model_name="projectwords",
            name="projects_words_everywhere",
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                models.Func(
                    models.Case(
                        models.When(
                            django.db.models.lookups.Exact(
                                models.Func(
                                    models.F("title"),
                                    function="octet_length",
                                    output_field=models.IntegerField(),
                                ),
                                django.db.models.functions.text.Length(models.F("title")),
                            ),
                            then=models.Func(
                                django.db.models.functions.text.Replace(
                                    django.db.models.functions.text.Lower(models.F("title")),
                                    models.Value("aa"),
                                    models.Value("}"),
                                ),
                                models.Value("\"'"),
                                models.Value(""),
                                function="translate",
                                output_field=models.CharField(),
                            ),
                        ),
                        default=models.Func(
                            django.db.models.functions.text.Replace(
                                django.db.models.functions.text.Lower(models.F("title")),
                                models.Value("aa"),
                                models.Value("å"),
                            ),
                            models.Value("æäøöåáàâéèêëęíìîïóòôúùûüýçčćđðñńŋłœšśŧþžż«»“”„‘’\"'"),
                            models.Value("{{||}aaaeeeeeiiiiooouuuyycccddnnnlossttzz"),
                            function="translate",
                            output_field=models.CharField(),
                        ),
                    ),
                    output_field=models.CharField(),
                    template='(%(expressions)s COLLATE "C")',
                ),
                models.F("id"),
                name="projects_project_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="projectwords",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["everywhere"], name="projects_words_everywhere"
            ),
        ),
    ]
