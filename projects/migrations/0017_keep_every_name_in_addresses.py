"""A name in addresses is given once and stays, also when what had it is gone.

Bookmarks and saved views keep such names; a name that is given anew would make them mean something else.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

#: What has such names, and where those that are gone stand.
NAMED = {
    "projects_owner": "projects_ownerevent",
    "projects_project": "projects_projectevent",
    "projects_segment": "projects_segmentevent",
    "projects_savedview": "",
}

#: The word for none had been allowed to a segment, which no filter could find by it.
FREE_THE_WORD = "UPDATE projects_segment SET slug = 'ingen-' || id WHERE slug = 'ingen'"

KEEP = "INSERT INTO projects_addressname (kind, slug) SELECT '{table}', slug FROM ({rows}) AS named"


def keep_names():
    for table, event in NAMED.items():
        rows = f"SELECT slug FROM {table}"
        if event:
            rows += f" UNION SELECT slug FROM {event}"
        yield migrations.RunSQL(KEEP.format(table=table, rows=rows), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("milestones", "0014_let_words_be_taken_away"),
        ("projects", "0015_take_words_away"),
    ]

    operations = [
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
        ),
        migrations.AddConstraint(
            model_name="addressname",
            constraint=models.UniqueConstraint(
                fields=("kind", "slug"), name="projects_addressname_is_given_once"
            ),
        ),
        migrations.RunSQL(FREE_THE_WORD, migrations.RunSQL.noop),
        *keep_names(),
        migrations.AddConstraint(
            model_name="owner",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", "ingen"), _negated=True),
                name="projects_owner_leaves_the_word_for_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="segment",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", "ingen"), _negated=True),
                name="projects_segment_leaves_the_word_for_none",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="owner",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="owner",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedview",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedview",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="segment",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="segment",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
    ]
