"""A goal has a name in addresses of its own, which stays whatever becomes of the number and the strategy.

Until now the number alone meant the goal of the strategy of today, so that addresses changed their
meaning when a strategy did. Every goal keeps the name that it has in addresses on the day of this
migration; where two shared one, the goal of the older strategy is what it led to, and keeps it.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.utils import timezone

#: The views of the past show it too; what is on record of a goal gets the name that it has for good.
AS_OF = """
    CREATE OR REPLACE VIEW as_of.projects_strategicgoal AS
    SELECT id, number, name, strategy_id{slug} FROM projects_strategicgoalevent event
    WHERE pgh_label <> 'delete' AND pgh_id = (
        SELECT nearest.pgh_id FROM projects_strategicgoalevent nearest
        WHERE nearest.id = event.id
        ORDER BY nearest.pgh_true_from >= as_of.time(),
            CASE WHEN nearest.pgh_true_from < as_of.time() THEN nearest.pgh_true_from END DESC,
            CASE WHEN nearest.pgh_true_from < as_of.time() THEN nearest.pgh_id END DESC,
            nearest.pgh_true_from, nearest.pgh_id
        LIMIT 1
    );
"""
#: Of goals that are gone too. Nothing that was recorded is changed, so the guards may look away.
GOALS = """
    SELECT DISTINCT ON (goal.id) goal.id, number, starts_on, ends_on
    FROM projects_strategicgoalevent goal JOIN projects_strategyevent strategy
    ON strategy.id = goal.strategy_id
    ORDER BY goal.id, goal.pgh_id DESC, strategy.pgh_id DESC
"""
FILL = "UPDATE {table} SET slug = %s WHERE id = %s"
KEEP = "INSERT INTO projects_addressname (kind, slug) VALUES ('projects_strategicgoal', %s)"


def name_goals(apps, schema_editor):
    today, names = timezone.localdate(), {}
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM projects_strategicgoal")
        standing = {pk for (pk,) in cursor.fetchall()}
        cursor.execute(GOALS)
        goals = sorted(cursor.fetchall(), key=lambda row: (row[0] not in standing, row[2], row[0]))
        for pk, number, starts_on, ends_on in goals:
            applies = starts_on <= today <= ends_on
            longer = f"{starts_on.year}-{number}"
            name, place = str(number) if applies else longer, 2
            while name in names:
                name = longer if name == str(number) else f"{longer}-{place}"
                place += name != longer
            names[name] = pk
        cursor.execute("ALTER TABLE projects_strategicgoalevent DISABLE TRIGGER USER")
        for name, pk in names.items():
            for table in ("projects_strategicgoal", "projects_strategicgoalevent"):
                cursor.execute(FILL.format(table=table), [name, pk])
            cursor.execute(KEEP, [name])
        cursor.execute("ALTER TABLE projects_strategicgoalevent ENABLE TRIGGER USER")


def forget_names(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM projects_addressname WHERE kind = 'projects_strategicgoal'")


class Migration(migrations.Migration):
    dependencies = [("projects", "0017_keep_every_name_in_addresses")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="strategicgoal",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="strategicgoal",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="strategicgoal",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="strategicgoal",
            name="slug",
            field=models.SlugField(
                db_default="", editable=False, db_index=False, verbose_name="name in addresses"
            ),
        ),
        migrations.AddField(
            model_name="strategicgoalevent",
            name="slug",
            field=models.SlugField(
                db_default="", db_index=False, editable=False, verbose_name="name in addresses"
            ),
        ),
        migrations.RunPython(name_goals, forget_names),
        migrations.AlterField(
            model_name="strategicgoal",
            name="slug",
            field=models.SlugField(
                db_default="", editable=False, unique=True, verbose_name="name in addresses"
            ),
        ),
        migrations.AddConstraint(
            model_name="strategicgoal",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__in", ["", "ingen"]), _negated=True),
                name="projects_strategicgoal_has_a_slug",
            ),
        ),
        migrations.RunSQL(
            AS_OF.format(slug=", slug"),
            "DROP VIEW as_of.projects_strategicgoal;" + AS_OF.format(slug=""),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategicgoal",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategicgoal",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategicgoal",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategicgoal",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategicgoal",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategicgoal",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
    ]
