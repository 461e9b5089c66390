import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import fkj_portfolio.fields
import fkj_portfolio.history
import fkj_portfolio.sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("projects", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="projects.project",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="code")),
                ("title", models.CharField(max_length=300, verbose_name="milestone")),
                (
                    "description",
                    models.TextField(blank=True, max_length=5000, verbose_name="description"),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=1, verbose_name="place in the list"),
                ),
                (
                    "original_due_on",
                    models.DateField(blank=True, null=True, verbose_name="original due date"),
                ),
                (
                    "new_baseline_on",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="What slip counts from since a decision; null: from the original due date.",
                        null=True,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due date")),
                (
                    "is_delivered",
                    models.BooleanField(default=False, verbose_name="finished and delivered"),
                ),
                (
                    "delivered_on",
                    models.DateField(blank=True, null=True, verbose_name="delivered on"),
                ),
                (
                    "delivered_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who recorded it; null when it was read from an old page.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivered_milestones",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_obsolete", models.BooleanField(default=False, verbose_name="obsolete")),
                (
                    "obsolete_on",
                    models.DateField(blank=True, null=True, verbose_name="obsolete since"),
                ),
                (
                    "obsolete_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is obsolete"),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_delivered", False), ("is_obsolete", False)),
                        fields=["due_on"],
                        name="milestones_outstanding_due_on",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title__regex", "\\S")),
                        name="milestones_milestone_has_a_title",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on__isnull", True), ("original_due_on__isnull", True)),
                            models.Q(("due_on__isnull", False), ("original_due_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="milestones_milestone_has_both_due_dates_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("new_baseline_on__isnull", True),
                            ("original_due_on__isnull", False),
                            _connector="OR",
                        ),
                        name="milestones_milestone_new_baseline_follows_a_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_delivered", True),
                            models.Q(
                                ("delivered_by__isnull", True), ("delivered_on__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="milestones_milestone_delivered_on_and_by_only_when_delivered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("delivered_by__isnull", True),
                            ("delivered_on__isnull", False),
                            _connector="OR",
                        ),
                        name="milestones_milestone_delivered_by_somebody_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_obsolete", True),
                            models.Q(("obsolete_on__isnull", True), ("obsolete_reason", "")),
                            _connector="OR",
                        ),
                        name="milestones_milestone_obsolete_on_and_why_only_when_obsolete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("obsolete_on__isnull", True),
                            ("obsolete_reason__regex", "\\S"),
                            _connector="OR",
                        ),
                        name="milestones_milestone_withdrawn_on_a_day_for_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("is_obsolete", False), models.Q(("code", ""), _negated=True)
                        ),
                        fields=("project", "code"),
                        name="milestones_milestone_code_is_unique_among_the_standing",
                        violation_error_message="The project has another milestone with this code.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="delivered_on_is_not_in_future",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.delivered_on > (now() AT TIME ZONE 'Europe/Oslo')::date THEN\n                RAISE EXCEPTION 'delivered_on_is_not_in_future' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="141348e484bfb1111c4a52fa70d0776ce728d6aa",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_delivered_on_is_not_in_future_4de8d",
                            table="milestones_milestone",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="obsolete_on_is_not_in_future",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.obsolete_on > (now() AT TIME ZONE 'Europe/Oslo')::date THEN\n                RAISE EXCEPTION 'obsolete_on_is_not_in_future' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="b097534e0b80a42edf71a6eb19f13448c1a6e7b4",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_obsolete_on_is_not_in_future_06a90",
                            table="milestones_milestone",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="original_due_date_is_locked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF OLD.original_due_on IS NOT NULL\n                AND NEW.original_due_on IS DISTINCT FROM OLD.original_due_on\n                AND EXISTS (\n                    SELECT FROM projects_project\n                    WHERE id = NEW.project_id AND published_at IS NOT NULL\n                )\n            THEN\n                RAISE EXCEPTION 'original_due_date_is_locked' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="8919e93b676c6bc37c776e3e9eec1537a95ada1c",
                            operation="UPDATE",
                            pgid="pgtrigger_original_due_date_is_locked_4166f",
                            table="milestones_milestone",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="new_baseline_refers_to_a_decision",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.new_baseline_on IS DISTINCT FROM (\n                SELECT to_date FROM milestones_baselinedate\n                WHERE milestone_id = NEW.id ORDER BY id DESC LIMIT 1\n            ) AND (TG_OP = 'INSERT' OR NEW.new_baseline_on IS DISTINCT FROM OLD.new_baseline_on)\n            THEN\n                RAISE EXCEPTION 'new_baseline_refers_to_a_decision'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="045e73f033d4f7606b704afe278ae93ca7fbde50",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_new_baseline_refers_to_a_decision_da606",
                            table="milestones_milestone",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="moved_due_date_is_on_record",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF OLD.due_on IS NOT NULL AND NEW.due_on IS DISTINCT FROM OLD.due_on\n                AND EXISTS (\n                    SELECT FROM projects_project\n                    WHERE id = NEW.project_id AND published_at IS NOT NULL\n                )\n                AND NOT coalesce((\n                    SELECT from_date = OLD.due_on AND to_date IS NOT DISTINCT FROM NEW.due_on\n                    FROM milestones_datemove\n                    WHERE milestone_id = NEW.id ORDER BY id DESC LIMIT 1\n                ), false)\n            THEN\n                RAISE EXCEPTION 'moved_due_date_is_on_record' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="6b729fcaa05a85fb389427aa970c1970a9e2e716",
                            operation="UPDATE",
                            pgid="pgtrigger_moved_due_date_is_on_record_93813",
                            table="milestones_milestone",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "milestones_milestoneevent" ("code", "delivered_by_id", "delivered_on", "description", "due_on", "id", "is_delivered", "is_obsolete", "new_baseline_on", "obsolete_on", "obsolete_reason", "original_due_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "project_id", "title") VALUES (NEW."code", NEW."delivered_by_id", NEW."delivered_on", NEW."description", NEW."due_on", NEW."id", NEW."is_delivered", NEW."is_obsolete", NEW."new_baseline_on", NEW."obsolete_on", NEW."obsolete_reason", NEW."original_due_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."project_id", NEW."title"); RETURN NULL;',
                            hash="9f60d371b3f2f60cd3b7080022215d051a2f5719",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9bad3",
                            table="milestones_milestone",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "milestones_milestoneevent" ("code", "delivered_by_id", "delivered_on", "description", "due_on", "id", "is_delivered", "is_obsolete", "new_baseline_on", "obsolete_on", "obsolete_reason", "original_due_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "project_id", "title") VALUES (NEW."code", NEW."delivered_by_id", NEW."delivered_on", NEW."description", NEW."due_on", NEW."id", NEW."is_delivered", NEW."is_obsolete", NEW."new_baseline_on", NEW."obsolete_on", NEW."obsolete_reason", NEW."original_due_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."project_id", NEW."title"); RETURN NULL;',
                            hash="b9e3bef0d1324165accb4ff77000d28ce60a4ae0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_62911",
                            table="milestones_milestone",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "milestones_milestoneevent" ("code", "delivered_by_id", "delivered_on", "description", "due_on", "id", "is_delivered", "is_obsolete", "new_baseline_on", "obsolete_on", "obsolete_reason", "original_due_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "project_id", "title") VALUES (OLD."code", OLD."delivered_by_id", OLD."delivered_on", OLD."description", OLD."due_on", OLD."id", OLD."is_delivered", OLD."is_obsolete", OLD."new_baseline_on", OLD."obsolete_on", OLD."obsolete_reason", OLD."original_due_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."project_id", OLD."title"); RETURN NULL;',
                            hash="733c5411f98b8a278e645ce7db30c6befd5bd322",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fe794",
                            table="milestones_milestone",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DateMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="date_moves",
                        to="milestones.milestone",
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("to_date", models.DateField(verbose_name="to")),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("financing", "Financing"),
                            ("internal_resources", "Internal resources"),
                            ("supplier", "Supplier"),
                            ("trial", "Trial"),
                            ("legal", "Legal clarification"),
                            ("dependency", "Dependency"),
                            ("organisation", "Organisation"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="cause",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "moved_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Null when it was seen in an old page, which does not say why.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="date_moves",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("moved_at", models.DateTimeField(verbose_name="moved at")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_date", models.F("to_date")), _negated=True),
                        name="milestones_datemove_goes_to_another_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cause__in",
                                [
                                    "",
                                    "financing",
                                    "internal_resources",
                                    "supplier",
                                    "trial",
                                    "legal",
                                    "dependency",
                                    "organisation",
                                    "other",
                                ],
                            )
                        ),
                        name="milestones_datemove_cause_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("moved_by__isnull", True),
                            models.Q(
                                models.Q(("cause", ""), _negated=True), ("reason__regex", "\\S")
                            ),
                            _connector="OR",
                        ),
                        name="milestones_datemove_by_somebody_has_cause_and_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="move_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="dc78e3cbbe2d0f7b574e9b5aeffccff1403f3f56",
                            operation="UPDATE",
                            pgid="pgtrigger_move_never_changes_e0042",
                            table="milestones_datemove",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stays_with_its_milestone",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n            IF EXISTS (SELECT FROM milestones_milestone WHERE id = OLD.milestone_id) THEN\n                RAISE EXCEPTION 'stays_with_its_milestone' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="d2d70f08f0857717f0d44e99c1b78cca93a2aa34",
                            operation="DELETE",
                            pgid="pgtrigger_stays_with_its_milestone_20033",
                            table="milestones_datemove",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "milestones_datemoveevent" ("cause", "from_date", "id", "milestone_id", "moved_at", "moved_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "to_date") VALUES (NEW."cause", NEW."from_date", NEW."id", NEW."milestone_id", NEW."moved_at", NEW."moved_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."to_date"); RETURN NULL;',
                            hash="2728d250684abab5a5f6613e1bc03fa6ad95072f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_97b15",
                            table="milestones_datemove",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "milestones_datemoveevent" ("cause", "from_date", "id", "milestone_id", "moved_at", "moved_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "to_date") VALUES (NEW."cause", NEW."from_date", NEW."id", NEW."milestone_id", NEW."moved_at", NEW."moved_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."to_date"); RETURN NULL;',
                            hash="0ad51985f38248da786cb3536fd958d843644a78",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_40888",
                            table="milestones_datemove",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "milestones_datemoveevent" ("cause", "from_date", "id", "milestone_id", "moved_at", "moved_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "to_date") VALUES (OLD."cause", OLD."from_date", OLD."id", OLD."milestone_id", OLD."moved_at", OLD."moved_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."to_date"); RETURN NULL;',
                            hash="85f08ff8d9352e03ea87367cc15f0f881ee298b7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3ce3b",
                            table="milestones_datemove",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Baseline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="baselines",
                        to="projects.project",
                    ),
                ),
                ("decision", models.CharField(max_length=300, verbose_name="decision")),
                ("decided_on", models.DateField(verbose_name="decided on")),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="baselines",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("set_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__regex", "\\S")),
                        name="milestones_baseline_refers_to_a_decision",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="baseline_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="3da9ecdbde4106da0e4074a48a9dd51ff882c8ad",
                            operation="UPDATE",
                            pgid="pgtrigger_baseline_never_changes_a27df",
                            table="milestones_baseline",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stays_with_its_project",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n            IF EXISTS (SELECT FROM projects_project WHERE id = OLD.project_id) THEN\n                RAISE EXCEPTION 'stays_with_its_project' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="efb3e02265b114e7aa4ea6d8980c0c55166a6cbc",
                            operation="DELETE",
                            pgid="pgtrigger_stays_with_its_project_56590",
                            table="milestones_baseline",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="decided_on_is_not_in_future",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.decided_on > (now() AT TIME ZONE 'Europe/Oslo')::date THEN\n                RAISE EXCEPTION 'decided_on_is_not_in_future' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="7cbfa794c3e247874283248d709c553fbe87c5be",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_decided_on_is_not_in_future_4af7a",
                            table="milestones_baseline",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "milestones_baselineevent" ("decided_on", "decision", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "set_at", "set_by_id") VALUES (NEW."decided_on", NEW."decision", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."set_at", NEW."set_by_id"); RETURN NULL;',
                            hash="486f155d527b17c9364b50d1f3bf9bb6f939e013",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_727b8",
                            table="milestones_baseline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "milestones_baselineevent" ("decided_on", "decision", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "set_at", "set_by_id") VALUES (NEW."decided_on", NEW."decision", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."set_at", NEW."set_by_id"); RETURN NULL;',
                            hash="95a8f416a6a489d9d01f89b21391ae7a742ffc0a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b6ea2",
                            table="milestones_baseline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "milestones_baselineevent" ("decided_on", "decision", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "set_at", "set_by_id") VALUES (OLD."decided_on", OLD."decision", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."set_at", OLD."set_by_id"); RETURN NULL;',
                            hash="4e16cb3101698f0d7c804381edc911fee8ae292c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e8ef4",
                            table="milestones_baseline",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BaselineDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "baseline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dates",
                        to="milestones.baseline",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="baselines",
                        to="milestones.milestone",
                    ),
                ),
                ("from_date", models.DateField()),
                ("to_date", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("baseline", "milestone"),
                        name="milestones_baselinedate_is_one_for_each_milestone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_date", models.F("to_date")), _negated=True),
                        name="milestones_baselinedate_is_another_day",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="baseline_date_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="27ab4c390a76fbb78f4612ece01da2f19fe43780",
                            operation="UPDATE",
                            pgid="pgtrigger_baseline_date_never_changes_f1228",
                            table="milestones_baselinedate",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stays_with_its_milestone",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n            IF EXISTS (SELECT FROM milestones_milestone WHERE id = OLD.milestone_id) THEN\n                RAISE EXCEPTION 'stays_with_its_milestone' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="1f578b29a2b48f8bd9a234dd315d791ecae6c10f",
                            operation="DELETE",
                            pgid="pgtrigger_stays_with_its_milestone_f35f7",
                            table="milestones_baselinedate",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "milestones_baselinedateevent" ("baseline_id", "from_date", "id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_date") VALUES (NEW."baseline_id", NEW."from_date", NEW."id", NEW."milestone_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."to_date"); RETURN NULL;',
                            hash="953b09760eb13fe678395d5d80e2dd6114be39da",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_59869",
                            table="milestones_baselinedate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "milestones_baselinedateevent" ("baseline_id", "from_date", "id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_date") VALUES (NEW."baseline_id", NEW."from_date", NEW."id", NEW."milestone_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."to_date"); RETURN NULL;',
                            hash="afe3ce6289eb8c074cbfa35fe2db49701af8332f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7e719",
                            table="milestones_baselinedate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "milestones_baselinedateevent" ("baseline_id", "from_date", "id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_date") VALUES (OLD."baseline_id", OLD."from_date", OLD."id", OLD."milestone_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."to_date"); RETURN NULL;',
                            hash="56cbb0abfe47bc9fc37dd1f428c486f79eda4061",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_95395",
                            table="milestones_baselinedate",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DateMoveEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_true_from",
                    models.DateTimeField(db_default=fkj_portfolio.history.TrueFrom()),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="milestones.datemove",
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
                ("id", models.BigIntegerField()),
                (
                    "milestone",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="milestones.milestone",
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("to_date", models.DateField(verbose_name="to")),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("financing", "Financing"),
                            ("internal_resources", "Internal resources"),
                            ("supplier", "Supplier"),
                            ("trial", "Trial"),
                            ("legal", "Legal clarification"),
                            ("dependency", "Dependency"),
                            ("organisation", "Organisation"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="cause",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "moved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Null when it was seen in an old page, which does not say why.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("moved_at", models.DateTimeField(verbose_name="moved at")),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5e0f2177603d276e08922a9e5a16ae32c79d5426",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bf98f",
                            table="milestones_datemoveevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MilestoneEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_true_from",
                    models.DateTimeField(db_default=fkj_portfolio.history.TrueFrom()),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="milestones.milestone",
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
                ("id", models.BigIntegerField()),
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
                ("code", models.CharField(blank=True, max_length=20, verbose_name="code")),
                ("title", models.CharField(max_length=300, verbose_name="milestone")),
                (
                    "description",
                    models.TextField(blank=True, max_length=5000, verbose_name="description"),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=1, verbose_name="place in the list"),
                ),
                (
                    "original_due_on",
                    models.DateField(blank=True, null=True, verbose_name="original due date"),
                ),
                (
                    "new_baseline_on",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="What slip counts from since a decision; null: from the original due date.",
                        null=True,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due date")),
                (
                    "is_delivered",
                    models.BooleanField(default=False, verbose_name="finished and delivered"),
                ),
                (
                    "delivered_on",
                    models.DateField(blank=True, null=True, verbose_name="delivered on"),
                ),
                (
                    "delivered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who recorded it; null when it was read from an old page.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_obsolete", models.BooleanField(default=False, verbose_name="obsolete")),
                (
                    "obsolete_on",
                    models.DateField(blank=True, null=True, verbose_name="obsolete since"),
                ),
                (
                    "obsolete_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is obsolete"),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42c9a73735015e37fdea8a4e55ad6f84b2d31eaf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e8c7b",
                            table="milestones_milestoneevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BaselineEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_true_from",
                    models.DateTimeField(db_default=fkj_portfolio.history.TrueFrom()),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="milestones.baseline",
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
                ("id", models.BigIntegerField()),
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
                ("decision", models.CharField(max_length=300, verbose_name="decision")),
                ("decided_on", models.DateField(verbose_name="decided on")),
                (
                    "set_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("set_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="da5026fa753999c42bf59077b7b669e38820959f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c2b01",
                            table="milestones_baselineevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BaselineDateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_true_from",
                    models.DateTimeField(db_default=fkj_portfolio.history.TrueFrom()),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="milestones.baselinedate",
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
                ("id", models.BigIntegerField()),
                (
                    "baseline",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="milestones.baseline",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="milestones.milestone",
                    ),
                ),
                ("from_date", models.DateField()),
                ("to_date", models.DateField()),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="63caa0595fd4c4f9cc3fcb147dcbcb1cfb30fa24",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_222ed",
                            table="milestones_baselinedateevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        fkj_portfolio.sql.AsOf(
            model="BaselineDate",
            events="BaselineDateEvent",
            kind="thing",
        ),
        fkj_portfolio.sql.AsOf(
            model="Baseline",
            events="BaselineEvent",
            kind="thing",
        ),
        fkj_portfolio.sql.AsOf(
            model="DateMove",
            events="DateMoveEvent",
            kind="thing",
        ),
        fkj_portfolio.sql.AsOf(
            model="Milestone",
            events="MilestoneEvent",
            kind="thing",
        ),
        fkj_portfolio.sql.InstallSql(
            file="projects/sql/past.sql",
            digest="4fe4774d1f805654",
        ),
        fkj_portfolio.sql.InstallSql(
            file="projects/sql/redaction.sql",
            digest="da2f511c471e8edd",
        ),
        fkj_portfolio.sql.InstallSql(
            file="projects/sql/figures.sql",
            digest="39c3aebc2b09b425",
        ),
        fkj_portfolio.sql.InstallSql(
            file="projects/sql/words.sql",
            digest="334ebe891c08cc2c",
        ),
    ]
