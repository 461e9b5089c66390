"""History is neither changed nor emptied, whatever the session has asked to be ignored.

As `projects/0005_never_lose_a_report` does for the reports: the guard that pgtrigger makes can be
switched off by a setting of the session, and does not see TRUNCATE.
"""

from django.db import migrations

TABLES = [
    "accounts_userevent",
    "accounts_userroleevent",
    "milestones_baselinedateevent",
    "milestones_baselineevent",
    "milestones_datemoveevent",
    "milestones_milestoneevent",
    "projects_contactevent",
    "projects_ownerevent",
    "projects_portfoliosettingsevent",
    "projects_projectevent",
    "projects_projectfurthergoalevent",
    "projects_projectmanagerevent",
    "projects_segmentevent",
    "projects_strategicgoalevent",
    "projects_strategyevent",
]

FUNCTION = """
    CREATE FUNCTION portfolio_history_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'history_is_never_changed_or_lost' USING ERRCODE = 'check_violation';
    END
    $$;
"""

GUARD = """
    CREATE TRIGGER row_stands BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION portfolio_history_stands();
    CREATE TRIGGER history_stands BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION portfolio_history_stands();
"""

NO_GUARD = """
    DROP TRIGGER row_stands ON {table};
    DROP TRIGGER history_stands ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_record_since_when_it_was_true"),
        ("milestones", "0008_keep_every_move_and_baseline_on_record"),
        ("projects", "0006_leave_nothing_without_a_name"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION portfolio_history_stands()"),
        *(
            migrations.RunSQL(GUARD.format(table=table), NO_GUARD.format(table=table))
            for table in TABLES
        ),
    ]
