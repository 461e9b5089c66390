"""Setting one field for several projects at once, kept so that it can be undone."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0009_save_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProjectsChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("owner", "owner"),
                            ("contact", "contact"),
                            ("segment", "segment"),
                            ("main_goal", "strategic goal"),
                            ("managers", "project managers"),
                            ("lifecycle", "lifecycle"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.JSONField(null=True)),
                ("token", models.UUIDField(editable=False, unique=True)),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_projects_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChangedProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.JSONField(null=True)),
                ("is_set_back", models.BooleanField(default=False)),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="projects",
                        to="projects.projectschange",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="projectschange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "field__in",
                        ["owner", "contact", "segment", "main_goal", "managers", "lifecycle"],
                    )
                ),
                name="projects_projectschange_field_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectschange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                    _connector="OR",
                ),
                name="projects_projectschange_undone_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectschange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("undone_at__isnull", True),
                    models.Q(
                        ("undone_at__gte", models.F("changed_at")),
                        (
                            "undone_at__lt",
                            django.db.models.expressions.CombinedExpression(
                                models.F("changed_at"),
                                "+",
                                models.Value(datetime.timedelta(seconds=600)),
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="projects_projectschange_undone_within_ten_minutes",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectschange",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_set_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."field" IS DISTINCT FROM (NEW."field") OR OLD."value" IS DISTINCT FROM (NEW."value"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="050cc82a6356772bdd971e72dc6d4af7d42a930b",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_set_stands_1f1e1",
                    table="projects_projectschange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="changedproject",
            constraint=models.UniqueConstraint(
                fields=("change", "project"), name="projects_changedproject_is_in_a_change_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changedproject",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_before_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."before" IS DISTINCT FROM (NEW."before") OR OLD."change_id" IS DISTINCT FROM (NEW."change_id") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="8a3f954ee8efb7de7b1e1b7466a27289220909f1",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_before_stands_8b984",
                    table="projects_changedproject",
                    when="BEFORE",
                ),
            ),
        ),
    ]
