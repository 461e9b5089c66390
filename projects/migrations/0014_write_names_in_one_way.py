"""Write each name and text in one way: composed letters, single spaces, plain line ends.

What has been kept otherwise is written anew, as a change by nobody. What never changes, such as
reports, stays as it is, and so does every day that has been.
"""

from django.conf import settings
from django.db import IntegrityError, migrations, models, transaction

import fkj_portfolio.fields
from fkj_portfolio.visible import clean_line, clean_text

#: The texts of one line and of several, by model.
TEXTS = {
    ("accounts", "User"): (["name"], []),
    ("projects", "Owner"): (["name", "short_name"], []),
    ("projects", "Contact"): (["name", "phone"], []),
    ("projects", "Segment"): (["name"], []),
    ("projects", "Strategy"): (["name"], []),
    ("projects", "StrategicGoal"): (["name"], []),
    ("projects", "SavedView"): (["name"], []),
    ("projects", "Project"): (["title", "link_text"], ["ingress", "description"]),
}


def write_in_one_way(apps, schema_editor):
    for (app, name), (lines, texts) in TEXTS.items():
        clean(apps.get_model(app, name), lines, texts)


def clean(model, lines, texts, *, unique=""):
    """Write anew what is not clean; two whose unique name becomes the same are told apart by a number."""
    cleaners = dict.fromkeys(lines, clean_line) | dict.fromkeys(texts, clean_text)
    for pk, *values in model.objects.order_by("pk").values_list("pk", *cleaners):
        cleaned = {
            name: clean_value(value) or ("?" if value and name in lines[:1] else "")
            for (name, clean_value), value in zip(cleaners.items(), values, strict=True)
        }
        changed = {
            name: value
            for (name, value), before in zip(cleaned.items(), values, strict=True)
            if value != before
        }
        if changed:
            _save(model.objects.filter(pk=pk), changed, unique or lines[0])


def _save(row, changed, name):
    try:
        with transaction.atomic():
            row.update(**changed)
    except IntegrityError:
        row.update(**changed | {name: f"{changed[name]} ({row.get().pk})"})


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0013_sort_as_people_look_names_up"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(write_in_one_way, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    fkj_portfolio.fields.IsComposed(models.F("name")),
                    models.Q(
                        (
                            "name__regex",
                            "^ | $|  |[\x01-\x1f\x7f-\xa0\u1680\u2000-\u200c\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffe\uffff]",
                        ),
                        _negated=True,
                    ),
                ),
                name="projects_contact_name_is_written_in_one_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="owner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    fkj_portfolio.fields.IsComposed(models.F("name")),
                    models.Q(
                        (
                            "name__regex",
                            "^ | $|  |[\x01-\x1f\x7f-\xa0\u1680\u2000-\u200c\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffe\uffff]",
                        ),
                        _negated=True,
                    ),
                    fkj_portfolio.fields.IsComposed(models.F("short_name")),
                    models.Q(
                        (
                            "short_name__regex",
                            "^ | $|  |[\x01-\x1f\x7f-\xa0\u1680\u2000-\u200c\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffe\uffff]",
                        ),
                        _negated=True,
                    ),
                ),
                name="projects_owner_names_are_written_in_one_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    fkj_portfolio.fields.IsComposed(models.F("title")),
                    models.Q(
                        (
                            "title__regex",
                            "^ | $|  |[\x01-\x1f\x7f-\xa0\u1680\u2000-\u200c\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffe\uffff]",
                        ),
                        _negated=True,
                    ),
                ),
                name="projects_project_title_is_written_in_one_way",
            ),
        ),
    ]
