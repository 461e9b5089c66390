"""Write the names and texts of milestones in one way, as those of the projects."""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models

import fkj_portfolio.fields

before = import_module("projects.migrations.0014_write_names_in_one_way")


def write_in_one_way(apps, schema_editor):
    milestone = apps.get_model("milestones", "Milestone")
    before.clean(milestone, ["title", "code", "obsolete_reason"], ["description"], unique="code")


class Migration(migrations.Migration):
    dependencies = [
        ("milestones", "0012_keep_words_as_they_are_written"),
        ("projects", "0014_write_names_in_one_way"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(write_in_one_way, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    fkj_portfolio.fields.IsComposed(models.F("code")),
                    models.Q(
                        (
                            "code__regex",
                            "^ | $|  |[\x01-\x1f\x7f-\xa0\u1680\u2000-\u200c\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffe\uffff]",
                        ),
                        _negated=True,
                    ),
                    fkj_portfolio.fields.IsComposed(models.F("title")),
                    models.Q(
                        (
                            "title__regex",
                            "^ | $|  |[\x01-\x1f\x7f-\xa0\u1680\u2000-\u200c\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffe\uffff]",
                        ),
                        _negated=True,
                    ),
                ),
                name="milestones_milestone_names_are_written_in_one_way",
            ),
        ),
    ]
