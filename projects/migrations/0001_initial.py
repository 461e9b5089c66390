import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.math
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import fkj_portfolio.fields
import fkj_portfolio.history
import fkj_portfolio.sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        fkj_portfolio.sql.InstallSql(
            file="projects/sql/any_day.sql",
            digest="b3655c54c6adb5db",
            is_needed=True,
        ),
        fkj_portfolio.sql.InstallSql(
            file="projects/sql/text.sql",
            digest="00be43319fd8a8b2",
            is_needed=True,
        ),
        migrations.CreateModel(
            name="AddressName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(help_text="The table.", max_length=50)),
                ("slug", models.CharField(max_length=255)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "slug"), name="projects_addressname_is_given_once"
                    )
                ],
            },
        ),
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
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "field__in",
                                [
                                    "owner",
                                    "contact",
                                    "segment",
                                    "main_goal",
                                    "managers",
                                    "lifecycle",
                                ],
                            )
                        ),
                        name="projects_projectschange_field_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="projects_projectschange_undone_at_and_by_together",
                    ),
                    models.CheckConstraint(
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
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Owner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "short_name",
                    models.CharField(blank=True, max_length=50, verbose_name="short name"),
                ),
                (
                    "slug",
                    models.SlugField(
                        editable=False,
                        max_length=220,
                        unique=True,
                        verbose_name="name in addresses",
                    ),
                ),
                (
                    "organisation_number",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9]{9}$", "Write nine digits."
                            )
                        ],
                        verbose_name="organisation number",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="website")),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="projects.owner",
                        verbose_name="succeeded by",
                    ),
                ),
                ("in_use", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "owner",
                "verbose_name_plural": "owners",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", "\\S")), name="projects_owner_has_a_name"
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("slug", "ingen"), _negated=True),
                        name="projects_owner_leaves_the_word_for_none",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="projects_owner_name_is_unique",
                        violation_error_message="There is an owner with this name already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation_number", ""), _negated=True),
                        fields=("organisation_number",),
                        name="projects_owner_organisation_number_is_unique",
                        violation_error_message="There is an owner with this organisation number already.",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Case(
                                models.When(organisation_number="", then=models.Value(0)),
                                models.When(
                                    models.Q(("organisation_number__regex", "^[0-9]{9}$")),
                                    then=django.db.models.functions.math.Mod(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.expressions.CombinedExpression(
                                                            django.db.models.expressions.CombinedExpression(
                                                                django.db.models.expressions.CombinedExpression(
                                                                    django.db.models.expressions.CombinedExpression(
                                                                        django.db.models.expressions.CombinedExpression(
                                                                            models.Value(0),
                                                                            "+",
                                                                            django.db.models.expressions.CombinedExpression(
                                                                                django.db.models.functions.comparison.Cast(
                                                                                    django.db.models.functions.text.Substr(
                                                                                        "organisation_number",
                                                                                        1,
                                                                                        1,
                                                                                    ),
                                                                                    models.IntegerField(),
                                                                                ),
                                                                                "*",
                                                                                models.Value(3),
                                                                            ),
                                                                        ),
                                                                        "+",
                                                                        django.db.models.expressions.CombinedExpression(
                                                                            django.db.models.functions.comparison.Cast(
                                                                                django.db.models.functions.text.Substr(
                                                                                    "organisation_number",
                                                                                    2,
                                                                                    1,
                                                                                ),
                                                                                models.IntegerField(),
                                                                            ),
                                                                            "*",
                                                                            models.Value(2),
                                                                        ),
                                                                    ),
                                                                    "+",
                                                                    django.db.models.expressions.CombinedExpression(
                                                                        django.db.models.functions.comparison.Cast(
                                                                            django.db.models.functions.text.Substr(
                                                                                "organisation_number",
                                                                                3,
                                                                                1,
                                                                            ),
                                                                            models.IntegerField(),
                                                                        ),
                                                                        "*",
                                                                        models.Value(7),
                                                                    ),
                                                                ),
                                                                "+",
                                                                django.db.models.expressions.CombinedExpression(
                                                                    django.db.models.functions.comparison.Cast(
                                                                        django.db.models.functions.text.Substr(
                                                                            "organisation_number",
                                                                            4,
                                                                            1,
                                                                        ),
                                                                        models.IntegerField(),
                                                                    ),
                                                                    "*",
                                                                    models.Value(6),
                                                                ),
                                                            ),
                                                            "+",
                                                            django.db.models.expressions.CombinedExpression(
                                                                django.db.models.functions.comparison.Cast(
                                                                    django.db.models.functions.text.Substr(
                                                                        "organisation_number", 5, 1
                                                                    ),
                                                                    models.IntegerField(),
                                                                ),
                                                                "*",
                                                                models.Value(5),
                                                            ),
                                                        ),
                                                        "+",
                                                        django.db.models.expressions.CombinedExpression(
                                                            django.db.models.functions.comparison.Cast(
                                                                django.db.models.functions.text.Substr(
                                                                    "organisation_number", 6, 1
                                                                ),
                                                                models.IntegerField(),
                                                            ),
                                                            "*",
                                                            models.Value(4),
                                                        ),
                                                    ),
                                                    "+",
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.functions.comparison.Cast(
                                                            django.db.models.functions.text.Substr(
                                                                "organisation_number", 7, 1
                                                            ),
                                                            models.IntegerField(),
                                                        ),
                                                        "*",
                                                        models.Value(3),
                                                    ),
                                                ),
                                                "+",
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.functions.comparison.Cast(
                                                        django.db.models.functions.text.Substr(
                                                            "organisation_number", 8, 1
                                                        ),
                                                        models.IntegerField(),
                                                    ),
                                                    "*",
                                                    models.Value(2),
                                                ),
                                            ),
                                            "+",
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.functions.comparison.Cast(
                                                    django.db.models.functions.text.Substr(
                                                        "organisation_number", 9, 1
                                                    ),
                                                    models.IntegerField(),
                                                ),
                                                "*",
                                                models.Value(1),
                                            ),
                                        ),
                                        models.Value(11),
                                        output_field=models.IntegerField(),
                                    ),
                                ),
                                default=models.Value(-1),
                                output_field=models.IntegerField(),
                            ),
                            models.Value(0),
                        ),
                        name="projects_owner_organisation_number_is_valid",
                        violation_error_message="This is no organisation number: check the digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor__isnull", True),
                            models.Q(("successor", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="projects_owner_does_not_succeed_itself",
                        violation_error_message="An owner cannot succeed itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor__isnull", True), ("in_use", False), _connector="OR"
                        ),
                        name="projects_owner_with_a_successor_is_not_in_use",
                        violation_error_message="An owner that another has succeeded is no longer in use.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="name_is_given_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO projects_addressname (kind, slug) SELECT TG_TABLE_NAME, slug FROM made;\n            RETURN NULL;\n        ",
                            hash="20cb70f0ef1533c5f2e0d280e5db8415f186c155",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_name_is_given_once_0bd66",
                            referencing="REFERENCING NEW TABLE AS made ",
                            table="projects_owner",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="name_in_addresses_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                            func="\n            RAISE EXCEPTION 'name_in_addresses_stays' USING ERRCODE = 'check_violation';\n        ",
                            hash="55e7724807eaa76c9c92c396c8a624d245882ec2",
                            operation="UPDATE",
                            pgid="pgtrigger_name_in_addresses_stays_c870d",
                            table="projects_owner",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_ownerevent" ("id", "in_use", "name", "organisation_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "slug", "successor_id", "website") VALUES (NEW."id", NEW."in_use", NEW."name", NEW."organisation_number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."short_name", NEW."slug", NEW."successor_id", NEW."website"); RETURN NULL;',
                            hash="f42fa899ec6fcbd0850a667bf745d16d8c2f3f32",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2b551",
                            table="projects_owner",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_ownerevent" ("id", "in_use", "name", "organisation_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "slug", "successor_id", "website") VALUES (NEW."id", NEW."in_use", NEW."name", NEW."organisation_number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."short_name", NEW."slug", NEW."successor_id", NEW."website"); RETURN NULL;',
                            hash="dfee76e607ac2ecaccc20f4baf1f533dd72040e8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_28f2c",
                            table="projects_owner",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_ownerevent" ("id", "in_use", "name", "organisation_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "slug", "successor_id", "website") VALUES (OLD."id", OLD."in_use", OLD."name", OLD."organisation_number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."short_name", OLD."slug", OLD."successor_id", OLD."website"); RETURN NULL;',
                            hash="f3b9894655625d21272993cb0a8abd54ad0846fb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a521c",
                            table="projects_owner",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "email_is_public",
                    models.BooleanField(default=False, verbose_name="show the e-mail to everyone"),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                (
                    "phone_is_public",
                    models.BooleanField(
                        default=False, verbose_name="show the phone number to everyone"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="projects.owner",
                        verbose_name="owner",
                    ),
                ),
                ("in_use", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", "\\S")),
                        name="projects_contact_has_a_name",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), ("email_is_public", True), _negated=True),
                        name="projects_contact_shows_an_email_that_it_has",
                        violation_error_message="There is no e-mail to show.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phone", ""), ("phone_is_public", True), _negated=True),
                        name="projects_contact_shows_a_phone_number_that_it_has",
                        violation_error_message="There is no phone number to show.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_contactevent" ("email", "email_is_public", "id", "in_use", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_is_public") VALUES (NEW."email", NEW."email_is_public", NEW."id", NEW."in_use", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."phone_is_public"); RETURN NULL;',
                            hash="b23738867862b8f8adf00d49ccbe0e1202d1e1ff",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a2455",
                            table="projects_contact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_contactevent" ("email", "email_is_public", "id", "in_use", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_is_public") VALUES (NEW."email", NEW."email_is_public", NEW."id", NEW."in_use", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."phone_is_public"); RETURN NULL;',
                            hash="4790457138dada780c51747ff0403137aa4d7205",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6511e",
                            table="projects_contact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_contactevent" ("email", "email_is_public", "id", "in_use", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_is_public") VALUES (OLD."email", OLD."email_is_public", OLD."id", OLD."in_use", OLD."name", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."phone_is_public"); RETURN NULL;',
                            hash="928edc02b9fcfbfa3c1cf4ea0437f99ffc720db7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_eed2a",
                            table="projects_contact",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PortfolioSettings",
            fields=[
                (
                    "id",
                    models.SmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "report_interval_days",
                    models.PositiveSmallIntegerField(
                        default=120,
                        help_text="A project can have its own number.",
                        validators=[
                            django.core.validators.MinValueValidator(7),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="days between reports",
                    ),
                ),
                (
                    "yellow_after_months",
                    models.PositiveSmallIntegerField(
                        default=1,
                        verbose_name="the signal turns yellow, months after the original due date",
                    ),
                ),
                (
                    "red_after_months",
                    models.PositiveSmallIntegerField(
                        default=3,
                        verbose_name="the signal turns red, months after the original due date",
                    ),
                ),
                (
                    "signal_is_public",
                    models.BooleanField(default=False, verbose_name="show the signal to everyone"),
                ),
            ],
            options={
                "verbose_name": "settings of the portfolio",
                "verbose_name_plural": "settings of the portfolio",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="projects_portfoliosettings_there_is_one_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report_interval_days__gte", 7)),
                        name="projects_portfoliosettings_reports_are_due_weekly_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("red_after_months__gt", models.F("yellow_after_months"))
                        ),
                        name="projects_portfoliosettings_red_comes_after_yellow",
                        violation_error_message="Red must come after yellow.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_portfoliosettingsevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "red_after_months", "report_interval_days", "signal_is_public", "yellow_after_months") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."red_after_months", NEW."report_interval_days", NEW."signal_is_public", NEW."yellow_after_months"); RETURN NULL;',
                            hash="3cce35ce42c4d242782904a849300efb2f090caa",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1aed2",
                            table="projects_portfoliosettings",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_portfoliosettingsevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "red_after_months", "report_interval_days", "signal_is_public", "yellow_after_months") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."red_after_months", NEW."report_interval_days", NEW."signal_is_public", NEW."yellow_after_months"); RETURN NULL;',
                            hash="a9887dd0ade3a37d2ba74b81176d8caee98cc8ab",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a9fc3",
                            table="projects_portfoliosettings",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_portfoliosettingsevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "red_after_months", "report_interval_days", "signal_is_public", "yellow_after_months") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."red_after_months", OLD."report_interval_days", OLD."signal_is_public", OLD."yellow_after_months"); RETURN NULL;',
                            hash="69c229c7805287907b888cf27bf0aeb668ee841f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5f4a2",
                            table="projects_portfoliosettings",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TitleWord",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        models.Func(
                            models.F("word"),
                            function="projects_trigrams",
                            output_field=django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        name="projects_titleword_trigrams",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Strategy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="applies from")),
                ("ends_on", models.DateField(verbose_name="applies to")),
            ],
            options={
                "verbose_name": "strategy",
                "verbose_name_plural": "strategies",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="projects_strategy_ends_after_it_starts",
                        violation_error_message="The strategy must end after it starts.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_strategyevent" ("ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="1d77115b7f4b92a3ea7e919920075c897fcb9a2d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9bbf0",
                            table="projects_strategy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_strategyevent" ("ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="22b1207ef31fefa2fff06c2c40d13e0571395e89",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6ac32",
                            table="projects_strategy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_strategyevent" ("ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."ends_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on"); RETURN NULL;',
                            hash="3bda901f771ae3fec63268c3c702c88c7a5696ba",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3ae55",
                            table="projects_strategy",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategicGoal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="projects.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        db_default="", editable=False, unique=True, verbose_name="name in addresses"
                    ),
                ),
            ],
            options={
                "verbose_name": "strategic goal",
                "verbose_name_plural": "strategic goals",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("strategy", "number"),
                        name="projects_strategicgoal_number_is_unique_in_its_strategy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="projects_strategicgoal_number_is_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__in", ["", "ingen"]), _negated=True),
                        name="projects_strategicgoal_has_a_slug",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="goal_gets_its_name",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE longer text; place integer := 1;",
                            func="\n            IF NEW.slug <> '' THEN\n                RETURN NEW;\n            END IF;\n            SELECT extract(year FROM starts_on) || '-' || NEW.number INTO longer\n            FROM projects_strategy WHERE id = NEW.strategy_id;\n            NEW.slug = NEW.number;\n            WHILE EXISTS (SELECT FROM projects_strategicgoal WHERE slug = NEW.slug) OR EXISTS (\n                SELECT FROM projects_addressname WHERE kind = TG_TABLE_NAME AND slug = NEW.slug\n            ) LOOP\n                NEW.slug = longer || CASE WHEN place > 1 THEN '-' || place ELSE '' END;\n                place = place + 1;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="14a1e27c3abd76c773e69bb3e8623117217d42a4",
                            operation="INSERT",
                            pgid="pgtrigger_goal_gets_its_name_e3e84",
                            table="projects_strategicgoal",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="name_is_given_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO projects_addressname (kind, slug) SELECT TG_TABLE_NAME, slug FROM made;\n            RETURN NULL;\n        ",
                            hash="31998ef0b60d1780db525a1a808e97a54606ff6c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_name_is_given_once_95112",
                            referencing="REFERENCING NEW TABLE AS made ",
                            table="projects_strategicgoal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="name_in_addresses_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                            func="\n            RAISE EXCEPTION 'name_in_addresses_stays' USING ERRCODE = 'check_violation';\n        ",
                            hash="fb64c45e04d0c8f544d0ceda2bf155d1f2240443",
                            operation="UPDATE",
                            pgid="pgtrigger_name_in_addresses_stays_f105d",
                            table="projects_strategicgoal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_strategicgoalevent" ("id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "strategy_id") VALUES (NEW."id", NEW."name", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."strategy_id"); RETURN NULL;',
                            hash="a5213eca56842fd0475804810b7bbfac8db97b70",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_92f8d",
                            table="projects_strategicgoal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_strategicgoalevent" ("id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "strategy_id") VALUES (NEW."id", NEW."name", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."strategy_id"); RETURN NULL;',
                            hash="61e150cb75e8a23ce92d4bef5e46bb497d4961b3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8aebb",
                            table="projects_strategicgoal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_strategicgoalevent" ("id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "strategy_id") VALUES (OLD."id", OLD."name", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."strategy_id"); RETURN NULL;',
                            hash="e3fb94e5234ac19264d32c2f26882e4983fd5421",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a7501",
                            table="projects_strategicgoal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(max_length=100, unique=True, verbose_name="name in addresses"),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=1, verbose_name="place in the list"),
                ),
                ("in_use", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "segment",
                "verbose_name_plural": "segments",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug", "ingen"), _negated=True),
                        name="projects_segment_leaves_the_word_for_none",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="name_is_given_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO projects_addressname (kind, slug) SELECT TG_TABLE_NAME, slug FROM made;\n            RETURN NULL;\n        ",
                            hash="0d15a74ea67b0cdeda28666ca2a7861c0d2df256",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_name_is_given_once_b0a73",
                            referencing="REFERENCING NEW TABLE AS made ",
                            table="projects_segment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="name_in_addresses_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                            func="\n            RAISE EXCEPTION 'name_in_addresses_stays' USING ERRCODE = 'check_violation';\n        ",
                            hash="81f58921f57601272f6e41188ec5629c0d13db79",
                            operation="UPDATE",
                            pgid="pgtrigger_name_in_addresses_stays_ae07c",
                            table="projects_segment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_segmentevent" ("id", "in_use", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "slug") VALUES (NEW."id", NEW."in_use", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."slug"); RETURN NULL;',
                            hash="6b6599cd4af0f6588cbc42cdbcb90341266e9b80",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c67d7",
                            table="projects_segment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_segmentevent" ("id", "in_use", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "slug") VALUES (NEW."id", NEW."in_use", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."slug"); RETURN NULL;',
                            hash="449fce89813e262e7d7f34858400abda1c75d575",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a1733",
                            table="projects_segment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_segmentevent" ("id", "in_use", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "slug") VALUES (OLD."id", OLD."in_use", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."slug"); RETURN NULL;',
                            hash="83adbff52e58017b8413099c06fd596050277a13",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2e572",
                            table="projects_segment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                (
                    "slug",
                    models.SlugField(
                        editable=False,
                        max_length=100,
                        unique=True,
                        verbose_name="name in addresses",
                    ),
                ),
                (
                    "ingress",
                    models.TextField(blank=True, max_length=1000, verbose_name="introduction"),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, max_length=20000, verbose_name="about the project"
                    ),
                ),
                (
                    "link_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="address of a page with more"
                    ),
                ),
                (
                    "link_text",
                    models.CharField(blank=True, max_length=250, verbose_name="text of the link"),
                ),
                (
                    "lifecycle",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("closed", "Closed"),
                        ],
                        default="active",
                        max_length=20,
                        verbose_name="lifecycle",
                    ),
                ),
                (
                    "main_goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="projects.strategicgoal",
                        verbose_name="strategic goal",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="projects.owner",
                        verbose_name="owner",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="projects.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="projects.segment",
                        verbose_name="segment",
                    ),
                ),
                (
                    "report_interval_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: as the portfolio.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(7),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="days between reports",
                    ),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="When it was first published.",
                        null=True,
                    ),
                ),
                (
                    "is_example",
                    models.BooleanField(default=False, editable=False, verbose_name="example"),
                ),
                (
                    "further_goals",
                    models.ManyToManyField(
                        blank=True,
                        related_name="further_projects",
                        to="projects.strategicgoal",
                        verbose_name="further strategic goals",
                    ),
                ),
                (
                    "managers",
                    models.ManyToManyField(
                        blank=True,
                        related_name="managed_projects",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="project managers",
                    ),
                ),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "indexes": [
                    models.Index(
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
                                            django.db.models.functions.text.Lower(
                                                models.F("title")
                                            ),
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
                                    models.Value(
                                        "æäøöåáàâéèêëęíìîïóòôúùûüýçčćđðñńŋłœšśŧþžż«»“”„‘’\"'"
                                    ),
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
                    models.Index(
                        fields=["is_published", "lifecycle"],
                        include=(
                            "id",
                            "owner",
                            "segment",
                            "main_goal",
                            "published_at",
                            "report_interval_days",
                        ),
                        name="projects_project_counted",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title__regex", "\\S")),
                        name="projects_project_has_a_title",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifecycle__in", ["planned", "active", "paused", "closed"])
                        ),
                        name="projects_project_lifecycle_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="projects_project_published_since_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("report_interval_days__isnull", True),
                            ("report_interval_days__gte", 7),
                            _connector="OR",
                        ),
                        name="projects_project_reports_are_due_weekly_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("link_text", ""),
                            models.Q(("link_url", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="projects_project_link_text_has_a_link",
                        violation_error_message="Write the address that the link leads to.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="name_is_given_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO projects_addressname (kind, slug) SELECT TG_TABLE_NAME, slug FROM made;\n            RETURN NULL;\n        ",
                            hash="5fdd3ac892917631a23d54b94e87954fde1a458b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_name_is_given_once_a0c8e",
                            referencing="REFERENCING NEW TABLE AS made ",
                            table="projects_project",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="name_in_addresses_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                            func="\n            RAISE EXCEPTION 'name_in_addresses_stays' USING ERRCODE = 'check_violation';\n        ",
                            hash="688af52136d635432f3c019202c4f83cbef2cd6d",
                            operation="UPDATE",
                            pgid="pgtrigger_name_in_addresses_stays_02f85",
                            table="projects_project",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_projectevent" ("contact_id", "description", "id", "ingress", "is_example", "is_published", "lifecycle", "link_text", "link_url", "main_goal_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "report_interval_days", "segment_id", "slug", "title") VALUES (NEW."contact_id", NEW."description", NEW."id", NEW."ingress", NEW."is_example", NEW."is_published", NEW."lifecycle", NEW."link_text", NEW."link_url", NEW."main_goal_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."report_interval_days", NEW."segment_id", NEW."slug", NEW."title"); RETURN NULL;',
                            hash="87ef5fff896253abdcf2e99a8b2e3e8643a6894b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2e147",
                            table="projects_project",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "projects_projectevent" ("contact_id", "description", "id", "ingress", "is_example", "is_published", "lifecycle", "link_text", "link_url", "main_goal_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "report_interval_days", "segment_id", "slug", "title") VALUES (NEW."contact_id", NEW."description", NEW."id", NEW."ingress", NEW."is_example", NEW."is_published", NEW."lifecycle", NEW."link_text", NEW."link_url", NEW."main_goal_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."report_interval_days", NEW."segment_id", NEW."slug", NEW."title"); RETURN NULL;',
                            hash="3558a2703cc1555dcadba8f1568ad27ce93a296d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_804c3",
                            table="projects_project",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_projectevent" ("contact_id", "description", "id", "ingress", "is_example", "is_published", "lifecycle", "link_text", "link_url", "main_goal_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "report_interval_days", "segment_id", "slug", "title") VALUES (OLD."contact_id", OLD."description", OLD."id", OLD."ingress", OLD."is_example", OLD."is_published", OLD."lifecycle", OLD."link_text", OLD."link_url", OLD."main_goal_id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."report_interval_days", OLD."segment_id", OLD."slug", OLD."title"); RETURN NULL;',
                            hash="0be46bd950cd9657a5e1801dcdf77b9109946fcf",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2192f",
                            table="projects_project",
                            when="AFTER",
                        ),
                    ),
                ],
            },
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
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="projects",
                        to="projects.projectschange",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
                ("before", models.JSONField(null=True)),
                ("is_set_back", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("change", "project"),
                        name="projects_changedproject_is_in_a_change_once",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusReport",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_reports",
                        to="projects.project",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("on_track", "On track"),
                            ("challenges", "Some challenges"),
                            ("major_challenges", "Major challenges"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_text",
                    models.TextField(blank=True, max_length=5000, verbose_name="about the status"),
                ),
                (
                    "risk_level",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("not_reported", "Not reported"),
                        ],
                        max_length=20,
                        verbose_name="risk",
                    ),
                ),
                (
                    "risk_text",
                    models.TextField(blank=True, max_length=5000, verbose_name="about the risk"),
                ),
                ("reported_on", models.DateField(verbose_name="reported on")),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Null when the report was read from an old page.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner_name",
                    models.CharField(blank=True, help_text="As it was then.", max_length=200),
                ),
                (
                    "contact_name",
                    models.CharField(blank=True, help_text="As it was then.", max_length=200),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        help_text="The report that this one corrects.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="projects.statusreport",
                    ),
                ),
                (
                    "gap_reason",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="why the status is better than the signal",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["project", "-reported_on", "-id"],
                        name="projects_report_newest_first",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["on_track", "challenges", "major_challenges"])
                        ),
                        name="projects_statusreport_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("risk_level__in", ["low", "medium", "high", "not_reported"])
                        ),
                        name="projects_statusreport_risk_level_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            ("corrects__lt", models.F("id")),
                            _connector="OR",
                        ),
                        name="projects_statusreport_corrects_an_earlier_one",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="report_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d8b39f75d72d2b8146f254fe18cf8a2644f7200a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_report_never_changes_bc721",
                            table="projects_statusreport",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="report_corrects_one_of_its_project",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (\n                SELECT FROM projects_statusreport\n                WHERE id = NEW.corrects_id AND project_id = NEW.project_id\n            ) THEN\n                RAISE EXCEPTION 'report_corrects_one_of_its_project'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="3bc16d9a3853261fabd1ab2f0e8e2126a315b507",
                            operation="INSERT",
                            pgid="pgtrigger_report_corrects_one_of_its_project_543a8",
                            table="projects_statusreport",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="reported_on_is_not_in_future",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.reported_on > (now() AT TIME ZONE 'Europe/Oslo')::date THEN\n                RAISE EXCEPTION 'reported_on_is_not_in_future' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="76a6e06aa4074d2426569315f0d6c94238f60068",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_reported_on_is_not_in_future_2d432",
                            table="projects_statusreport",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "projects_statusreportevent" ("contact_name", "corrects_id", "gap_reason", "id", "owner_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "recorded_at", "reported_by_id", "reported_on", "risk_level", "risk_text", "status", "status_text") VALUES (NEW."contact_name", NEW."corrects_id", NEW."gap_reason", NEW."id", NEW."owner_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."recorded_at", NEW."reported_by_id", NEW."reported_on", NEW."risk_level", NEW."risk_text", NEW."status", NEW."status_text"); RETURN NULL;',
                            hash="c8b86a97a892656faceb5032f92b72c98eaedc59",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fa5c0",
                            table="projects_statusreport",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectFigures",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="figures",
                        serialize=False,
                        to="projects.project",
                    ),
                ),
                (
                    "milestone_count",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="The one counting rule: without what was withdrawn undelivered.",
                    ),
                ),
                ("delivered_count", models.PositiveIntegerField(default=0)),
                ("obsolete_count", models.PositiveIntegerField(default=0)),
                (
                    "often_moved_count",
                    models.PositiveIntegerField(
                        default=0, help_text="Outstanding milestones that were moved twice or more."
                    ),
                ),
                (
                    "next_due_on",
                    models.DateField(help_text="The earliest among the outstanding.", null=True),
                ),
                (
                    "furthest_behind_since",
                    models.DateField(
                        help_text="The earliest date that the slip of an outstanding one counts from.",
                        null=True,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        help_text="The newest.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.statusreport",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("on_track", "On track"),
                            ("challenges", "Some challenges"),
                            ("major_challenges", "Major challenges"),
                        ],
                        max_length=20,
                        null=True,
                    ),
                ),
                (
                    "previous_status",
                    models.CharField(
                        choices=[
                            ("on_track", "On track"),
                            ("challenges", "Some challenges"),
                            ("major_challenges", "Major challenges"),
                        ],
                        max_length=20,
                        null=True,
                    ),
                ),
                (
                    "risk_level",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("not_reported", "Not reported"),
                        ],
                        max_length=20,
                        null=True,
                    ),
                ),
                ("reported_on", models.DateField(null=True)),
            ],
            options={
                "verbose_name_plural": "figures of projects",
            },
        ),
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
                        fastupdate=False, fields=["everywhere"], name="projects_words_everywhere"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="projects_words_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectManager",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("projects.project_managers",),
        ),
        migrations.CreateModel(
            name="ProjectFurtherGoal",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("projects.project_further_goals",),
        ),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redactions",
                        to="projects.project",
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
                    "redacted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "redacted_at",
                    models.DateTimeField(
                        db_default=django.contrib.postgres.functions.TransactionNow()
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["personal", "confidential", "security", "mistake"])
                        ),
                        name="projects_redaction_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mark__regex", "^\\[fjernet [^]%_\\\\[]+\\]$")),
                        name="projects_redaction_mark_says_when_and_why",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        editable=False,
                        max_length=120,
                        unique=True,
                        verbose_name="name in addresses",
                    ),
                ),
                (
                    "query",
                    models.CharField(
                        blank=True,
                        help_text="The state, as it stands in the address.",
                        max_length=2000,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        help_text="Whose it is; of the standard, who made it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="saved_views",
                        to="auth.group",
                    ),
                ),
                (
                    "is_standard",
                    models.BooleanField(default=False, help_text="The portfolio's, for everyone."),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", "\\S")),
                        name="projects_savedview_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__in", ["alle", "ny"]), _negated=True),
                        name="projects_savedview_leaves_the_reserved_addresses",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("query__regex", "(^|&)(visning|side|per)="), _negated=True
                        ),
                        name="projects_savedview_is_of_any_day_and_page",
                    ),
                    models.UniqueConstraint(
                        models.F("owner"),
                        django.db.models.functions.text.Lower("name"),
                        name="projects_savedview_name_is_unique_to_its_owner",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_standard", True)),
                        fields=("is_standard",),
                        name="projects_savedview_there_is_one_standard",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_standard", False), ("group", None), _connector="OR"
                        ),
                        name="projects_savedview_standard_is_for_everyone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_standard", False),
                            models.Q(("query__regex", "(^|&)leder="), _negated=True),
                            _connector="OR",
                        ),
                        name="projects_savedview_standard_names_no_manager",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="name_is_given_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO projects_addressname (kind, slug) SELECT TG_TABLE_NAME, slug FROM made;\n            RETURN NULL;\n        ",
                            hash="782199b344dd75860e214c4e4e4cd799590d84a1",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_name_is_given_once_c0331",
                            referencing="REFERENCING NEW TABLE AS made ",
                            table="projects_savedview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="name_in_addresses_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                            func="\n            RAISE EXCEPTION 'name_in_addresses_stays' USING ERRCODE = 'check_violation';\n        ",
                            hash="2bb3f7ffbb1d9b47b21fbde6a277b3395ee44e30",
                            operation="UPDATE",
                            pgid="pgtrigger_name_in_addresses_stays_0b02c",
                            table="projects_savedview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="standard_view_is_set_by_the_office",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.is_standard AND NOT \n    EXISTS (\n        SELECT FROM accounts_user AS person\n        WHERE person.id = NEW.changed_by_id AND person.is_active AND (\n            person.is_superuser OR EXISTS (\n                SELECT FROM auth_permission AS permission\n                JOIN django_content_type AS content ON content.id = permission.content_type_id\n                WHERE content.app_label = 'projects' AND permission.codename = 'change_project'\n                AND (\n                    EXISTS (\n                        SELECT FROM accounts_user_user_permissions AS own\n                        WHERE own.user_id = person.id AND own.permission_id = permission.id\n                    ) OR EXISTS (\n                        SELECT FROM accounts_user_groups AS member\n                        JOIN auth_group_permissions AS role ON role.group_id = member.group_id\n                        WHERE member.user_id = person.id AND role.permission_id = permission.id\n                    )\n                )\n            )\n        )\n    )\n THEN\n                RAISE EXCEPTION 'standard_view_is_set_by_the_office' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="c7c7db696eb1735e3869dc931f8791612b5243f2",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_standard_view_is_set_by_the_office_ab365",
                            table="projects_savedview",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="view_is_shared_with_a_group_of_ones_own",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.group_id IS NULL THEN\n                RETURN NEW;\n            END IF;\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.group_id IS NOT DISTINCT FROM OLD.group_id THEN\n                    RETURN NEW;\n                END IF;\n            END IF;\n            IF NOT EXISTS (\n                SELECT FROM accounts_user_groups\n                WHERE user_id = NEW.changed_by_id AND group_id = NEW.group_id\n            ) AND NOT \n    EXISTS (\n        SELECT FROM accounts_user AS person\n        WHERE person.id = NEW.changed_by_id AND person.is_active AND (\n            person.is_superuser OR EXISTS (\n                SELECT FROM auth_permission AS permission\n                JOIN django_content_type AS content ON content.id = permission.content_type_id\n                WHERE content.app_label = 'projects' AND permission.codename = 'change_project'\n                AND (\n                    EXISTS (\n                        SELECT FROM accounts_user_user_permissions AS own\n                        WHERE own.user_id = person.id AND own.permission_id = permission.id\n                    ) OR EXISTS (\n                        SELECT FROM accounts_user_groups AS member\n                        JOIN auth_group_permissions AS role ON role.group_id = member.group_id\n                        WHERE member.user_id = person.id AND role.permission_id = permission.id\n                    )\n                )\n            )\n        )\n    )\n THEN\n                RAISE EXCEPTION 'view_is_shared_with_a_group_of_ones_own' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="bcf6e331122a632a3e910fafe9caf1311ab7b0a3",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_view_is_shared_with_a_group_of_ones_own_d3bbf",
                            table="projects_savedview",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DefaultView",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="default_view",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "view",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="defaults",
                        to="projects.savedview",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OwnerEvent",
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
                        to="projects.owner",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "short_name",
                    models.CharField(blank=True, max_length=50, verbose_name="short name"),
                ),
                (
                    "slug",
                    models.SlugField(
                        db_index=False,
                        editable=False,
                        max_length=220,
                        verbose_name="name in addresses",
                    ),
                ),
                (
                    "organisation_number",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9]{9}$", "Write nine digits."
                            )
                        ],
                        verbose_name="organisation number",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="website")),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.owner",
                        verbose_name="succeeded by",
                    ),
                ),
                ("in_use", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2e938750b47be09eb55d055919a3eff821995c29",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_37a12",
                            table="projects_ownerevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactEvent",
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
                        to="projects.contact",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "email_is_public",
                    models.BooleanField(default=False, verbose_name="show the e-mail to everyone"),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                (
                    "phone_is_public",
                    models.BooleanField(
                        default=False, verbose_name="show the phone number to everyone"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.owner",
                        verbose_name="owner",
                    ),
                ),
                ("in_use", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e6ebd0878fc0d16283fc1a1d9d37640ab6b1a119",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2cf32",
                            table="projects_contactevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusReportEvent",
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
                        to="projects.statusreport",
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("on_track", "On track"),
                            ("challenges", "Some challenges"),
                            ("major_challenges", "Major challenges"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_text",
                    models.TextField(blank=True, max_length=5000, verbose_name="about the status"),
                ),
                (
                    "risk_level",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("not_reported", "Not reported"),
                        ],
                        max_length=20,
                        verbose_name="risk",
                    ),
                ),
                (
                    "risk_text",
                    models.TextField(blank=True, max_length=5000, verbose_name="about the risk"),
                ),
                ("reported_on", models.DateField(verbose_name="reported on")),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Null when the report was read from an old page.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner_name",
                    models.CharField(blank=True, help_text="As it was then.", max_length=200),
                ),
                (
                    "contact_name",
                    models.CharField(blank=True, help_text="As it was then.", max_length=200),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The report that this one corrects.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.statusreport",
                    ),
                ),
                (
                    "gap_reason",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="why the status is better than the signal",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("project"),
                        models.OrderBy(models.F("reported_on"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="projects_statusreport_as_of",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="15156a84bc5e632efca64fd6d0a0acdad4003d1e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_93daf",
                            table="projects_statusreportevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PortfolioSettingsEvent",
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
                        to="projects.portfoliosettings",
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
                ("id", models.SmallIntegerField(default=1, editable=False, serialize=False)),
                (
                    "report_interval_days",
                    models.PositiveSmallIntegerField(
                        default=120,
                        help_text="A project can have its own number.",
                        validators=[
                            django.core.validators.MinValueValidator(7),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="days between reports",
                    ),
                ),
                (
                    "yellow_after_months",
                    models.PositiveSmallIntegerField(
                        default=1,
                        verbose_name="the signal turns yellow, months after the original due date",
                    ),
                ),
                (
                    "red_after_months",
                    models.PositiveSmallIntegerField(
                        default=3,
                        verbose_name="the signal turns red, months after the original due date",
                    ),
                ),
                (
                    "signal_is_public",
                    models.BooleanField(default=False, verbose_name="show the signal to everyone"),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="88e406b46aac59e8d11d1173b1fd48a0af85833b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_60173",
                            table="projects_portfoliosettingsevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategyEvent",
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
                        to="projects.strategy",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="applies from")),
                ("ends_on", models.DateField(verbose_name="applies to")),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c96a7b228ad12e055f878ad97b3361e4beebc26d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3f120",
                            table="projects_strategyevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategicGoalEvent",
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
                        to="projects.strategicgoal",
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
                    "strategy",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        db_default="",
                        db_index=False,
                        editable=False,
                        verbose_name="name in addresses",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e75fdc0a34f62456b4a17a7e6132623e4e7eb386",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_fe1bd",
                            table="projects_strategicgoalevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SegmentEvent",
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
                        to="projects.segment",
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
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        db_index=False, max_length=100, verbose_name="name in addresses"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=1, verbose_name="place in the list"),
                ),
                ("in_use", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9a03f88d0965309c52223e4e7774ae91e3324742",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7e468",
                            table="projects_segmentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectEvent",
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
                        to="projects.project",
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
                ("title", models.CharField(max_length=250, verbose_name="title")),
                (
                    "slug",
                    models.SlugField(
                        db_index=False,
                        editable=False,
                        max_length=100,
                        verbose_name="name in addresses",
                    ),
                ),
                (
                    "ingress",
                    models.TextField(blank=True, max_length=1000, verbose_name="introduction"),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, max_length=20000, verbose_name="about the project"
                    ),
                ),
                (
                    "link_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="address of a page with more"
                    ),
                ),
                (
                    "link_text",
                    models.CharField(blank=True, max_length=250, verbose_name="text of the link"),
                ),
                (
                    "lifecycle",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("closed", "Closed"),
                        ],
                        default="active",
                        max_length=20,
                        verbose_name="lifecycle",
                    ),
                ),
                (
                    "main_goal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.strategicgoal",
                        verbose_name="strategic goal",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.owner",
                        verbose_name="owner",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.segment",
                        verbose_name="segment",
                    ),
                ),
                (
                    "report_interval_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: as the portfolio.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(7),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="days between reports",
                    ),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="When it was first published.",
                        null=True,
                    ),
                ),
                (
                    "is_example",
                    models.BooleanField(default=False, editable=False, verbose_name="example"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("pgh_label", "delete")),
                        fields=["id"],
                        name="projects_projectevent_deleted",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1e539f9fdce38ce92bafc8b1e4a452e7eeeec59d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bce67",
                            table="projects_projectevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectManagerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_true_from",
                    models.DateTimeField(db_default=fkj_portfolio.history.TrueFrom()),
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
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="123e21d836188defe69603ff51edcb1de2836704",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bbe2c",
                            table="projects_projectmanagerevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectFurtherGoalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_true_from",
                    models.DateTimeField(db_default=fkj_portfolio.history.TrueFrom()),
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
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.project",
                    ),
                ),
                (
                    "strategicgoal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="projects.strategicgoal",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="548d3a63b2c4cf80cdd128003aa1b7d441218dc4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a75c0",
                            table="projects_projectfurthergoalevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
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
                    "redacted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "redacted_at",
                    models.DateTimeField(
                        db_default=django.contrib.postgres.functions.TransactionNow()
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ebecb17e212d6647ef86d2708557ef9196963fe9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_53109",
                            table="projects_redactionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectmanager",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "projects_projectmanagerevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "project_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."project_id", NEW."user_id"); RETURN NULL;',
                    hash="6982a9b0e6bcf07cce8ac95da71874664e2801b1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_35d34",
                    table="projects_project_managers",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectmanager",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "projects_projectmanagerevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "project_id", "user_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."project_id", OLD."user_id"); RETURN NULL;',
                    hash="37ce2d336590597a32c01e1b211d2b60a1d92177",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9c745",
                    table="projects_project_managers",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectfurthergoal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "projects_projectfurthergoalevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "project_id", "strategicgoal_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."project_id", NEW."strategicgoal_id"); RETURN NULL;',
                    hash="7cc5b60518b66f8650057599bd0d82e0e2f01d9a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2f345",
                    table="projects_project_further_goals",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectfurthergoal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "projects_projectfurthergoalevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "project_id", "strategicgoal_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."project_id", OLD."strategicgoal_id"); RETURN NULL;',
                    hash="daf65de2961bdb866ecfc2f4a623c2a7d5a9100c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_314be",
                    table="projects_project_further_goals",
                    when="AFTER",
                ),
            ),
        ),
        fkj_portfolio.sql.AsOf(
            model="Contact",
            events="ContactEvent",
            kind="register",
        ),
        fkj_portfolio.sql.AsOf(
            model="Owner",
            events="OwnerEvent",
            kind="register",
        ),
        fkj_portfolio.sql.AsOf(
            model="PortfolioSettings",
            events="PortfolioSettingsEvent",
            kind="thing",
        ),
        fkj_portfolio.sql.AsOf(
            model="Project",
            events="ProjectEvent",
            kind="thing",
        ),
        fkj_portfolio.sql.AsOf(
            model="ProjectFurtherGoal",
            events="ProjectFurtherGoalEvent",
            kind="thing",
        ),
        fkj_portfolio.sql.AsOf(
            model="ProjectManager",
            events="ProjectManagerEvent",
            kind="thing",
        ),
        fkj_portfolio.sql.AsOf(
            model="Redaction",
            events="RedactionEvent",
            kind="thing",
        ),
        fkj_portfolio.sql.AsOf(
            model="Segment",
            events="SegmentEvent",
            kind="register",
        ),
        fkj_portfolio.sql.AsOf(
            model="StatusReport",
            events="StatusReportEvent",
            kind="record",
        ),
        fkj_portfolio.sql.AsOf(
            model="StrategicGoal",
            events="StrategicGoalEvent",
            kind="register",
        ),
        fkj_portfolio.sql.AsOf(
            model="Strategy",
            events="StrategyEvent",
            kind="register",
        ),
    ]
