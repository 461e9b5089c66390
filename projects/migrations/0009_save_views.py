"""Views of the overview that people save, share and begin with."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_record_since_when_it_was_true"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("projects", "0008_gather_the_words_of_each_project"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    "owner",
                    models.ForeignKey(
                        help_text="Whose it is; of the standard, who made it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
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
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "\\S")), name="projects_savedview_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__in", ["alle", "ny"]), _negated=True),
                name="projects_savedview_leaves_the_reserved_addresses",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("query__regex", "(^|&)(visning|side|per)="), _negated=True),
                name="projects_savedview_is_of_any_day_and_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                models.F("owner"),
                django.db.models.functions.text.Lower("name"),
                name="projects_savedview_name_is_unique_to_its_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_standard", True)),
                fields=("is_standard",),
                name="projects_savedview_there_is_one_standard",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_standard", False), ("group", None), _connector="OR"),
                name="projects_savedview_standard_is_for_everyone",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_standard", False),
                    models.Q(("query__regex", "(^|&)leder="), _negated=True),
                    _connector="OR",
                ),
                name="projects_savedview_standard_names_no_manager",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedview",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedview",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
    ]
