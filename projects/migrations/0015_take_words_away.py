"""Words that are taken away from the texts of a project: who did it, when and why, but never which."""

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import fkj_portfolio.history


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("projects", "0014_write_names_in_one_way"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("personal", "personal information"),
                            ("confidential", "confidential information"),
                            ("security", "information that weakens security"),
                            ("mistake", "published by mistake"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        help_text="What stands in place of the words.", max_length=100
                    ),
                ),
                (
                    "texts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        help_text="The columns that had the words, each as “table.column”.",
                        size=None,
                    ),
                ),
                (
                    "redacted_at",
                    models.DateTimeField(
                        db_default=django.contrib.postgres.functions.TransactionNow()
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redactions",
                        to="projects.project",
                    ),
                ),
                (
                    "redacted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RedactionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_true_from",
                    models.DateTimeField(db_default=fkj_portfolio.history.TrueFrom()),
                ),
                ("id", models.BigIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("personal", "personal information"),
                            ("confidential", "confidential information"),
                            ("security", "information that weakens security"),
                            ("mistake", "published by mistake"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        help_text="What stands in place of the words.", max_length=100
                    ),
                ),
                (
                    "texts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        help_text="The columns that had the words, each as “table.column”.",
                        size=None,
                    ),
                ),
                (
                    "redacted_at",
                    models.DateTimeField(
                        db_default=django.contrib.postgres.functions.TransactionNow()
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="projects.redaction",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.project",
                    ),
                ),
                (
                    "redacted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__in", ["personal", "confidential", "security", "mistake"])
                ),
                name="projects_redaction_reason_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("mark__regex", "^\\[fjernet [^]%_\\\\[]+\\]$")),
                name="projects_redaction_mark_says_when_and_why",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="redaction",
            trigger=pgtrigger.compiler.Trigger(
                name="redaction_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d2c99ab5b663538046c2d27042f302a18aea62ef",
                    operation="UPDATE",
                    pgid="pgtrigger_redaction_never_changes_ba762",
                    table="projects_redaction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="redaction",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_with_its_project",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF EXISTS (SELECT FROM projects_project WHERE id = OLD.project_id) THEN\n                RAISE EXCEPTION 'stays_with_its_project' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="351d71512ea418ccf9f3ccd1bdc1e3a68640c50a",
                    operation="DELETE",
                    pgid="pgtrigger_stays_with_its_project_3faf1",
                    table="projects_redaction",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="redaction",
            trigger=pgtrigger.compiler.Trigger(
                name="redacted_at_is_now",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.redacted_at <> now() THEN\n                RAISE EXCEPTION 'redacted_at_is_now' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="9f240d49211f9fa8730721c1a35ea29c80f6e73b",
                    operation="INSERT",
                    pgid="pgtrigger_redacted_at_is_now_be989",
                    table="projects_redaction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="redaction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "projects_redactionevent" ("id", "mark", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reason", "redacted_at", "redacted_by_id", "texts") VALUES (NEW."id", NEW."mark", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."reason", NEW."redacted_at", NEW."redacted_by_id", NEW."texts"); RETURN NULL;',
                    hash="211ec010a0ff4a346948bc74c0eeed32333d82c8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_78367",
                    table="projects_redaction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="redaction",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "projects_redactionevent" ("id", "mark", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reason", "redacted_at", "redacted_by_id", "texts") VALUES (NEW."id", NEW."mark", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."reason", NEW."redacted_at", NEW."redacted_by_id", NEW."texts"); RETURN NULL;',
                    hash="7bc91a67150e089c8e5fe3e8e746303ec658babe",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0fd3e",
                    table="projects_redaction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="redaction",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "projects_redactionevent" ("id", "mark", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "reason", "redacted_at", "redacted_by_id", "texts") VALUES (OLD."id", OLD."mark", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."reason", OLD."redacted_at", OLD."redacted_by_id", OLD."texts"); RETURN NULL;',
                    hash="1955eb55b62f9bf02490c3ed49123e724bdf759d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_70fd2",
                    table="projects_redaction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="redactionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ebecb17e212d6647ef86d2708557ef9196963fe9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_53109",
                    table="projects_redactionevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
