"""The schema `as_of`: a view for each table that people edit, showing it as of a time.

The time is the setting `portfolio.as_of`; `fkj_portfolio.history.as_of` sets it. A change of a
column needs the view made anew in the same migration; a test compares the columns.
"""

from django.db import migrations

#: What counts as existing only from its first event on.
THINGS = {
    "projects_project": "projects_projectevent",
    "projects_project_managers": "projects_projectmanagerevent",
    "projects_project_further_goals": "projects_projectfurthergoalevent",
    "milestones_milestone": "milestones_milestoneevent",
    "milestones_datemove": "milestones_datemoveevent",
    "milestones_baseline": "milestones_baselineevent",
    "milestones_baselinedate": "milestones_baselinedateevent",
    # Before there was a row the defaults were in force.
    "projects_portfoliosettings": "projects_portfoliosettingsevent",
}
#: What never changes once it is there, so that its first event is its only one.
RECORDS = {"projects_statusreport": "projects_statusreportevent"}
#: What things refer to: before its first event it is called as it was called first.
REGISTERS = {
    "projects_strategy": "projects_strategyevent",
    "projects_strategicgoal": "projects_strategicgoalevent",
    "projects_segment": "projects_segmentevent",
    "projects_owner": "projects_ownerevent",
    "projects_contact": "projects_contactevent",
}
COLUMNS = {
    "projects_project": (
        "id, title, slug, ingress, description, link_url, link_text, lifecycle, "
        "report_interval_days, is_published, published_at, is_example, contact_id, "
        "main_goal_id, owner_id, segment_id"
    ),
    "projects_project_managers": "id, project_id, user_id",
    "projects_project_further_goals": "id, project_id, strategicgoal_id",
    "projects_statusreport": (
        "id, status, status_text, risk_level, risk_text, reported_on, recorded_at, "
        "owner_name, contact_name, corrects_id, gap_reason, project_id, reported_by_id"
    ),
    "milestones_milestone": (
        "id, code, title, description, position, original_due_on, new_baseline_on, "
        "due_on, is_delivered, delivered_on, is_obsolete, obsolete_on, obsolete_reason, "
        "delivered_by_id, project_id"
    ),
    "milestones_datemove": (
        "id, from_date, to_date, cause, reason, moved_at, milestone_id, moved_by_id"
    ),
    "milestones_baseline": "id, decision, decided_on, set_at, project_id, set_by_id",
    "milestones_baselinedate": "id, from_date, to_date, baseline_id, milestone_id",
    "projects_strategy": "id, name, starts_on, ends_on",
    "projects_strategicgoal": "id, number, name, strategy_id",
    "projects_segment": "id, name, slug, position, in_use",
    "projects_owner": (
        "id, name, short_name, slug, organisation_number, website, in_use, successor_id"
    ),
    "projects_contact": (
        "id, name, email, email_is_public, phone, phone_is_public, in_use, owner_id"
    ),
    "projects_portfoliosettings": (
        "id, report_interval_days, yellow_after_months, red_after_months, signal_is_public"
    ),
}

SCHEMA = """
    CREATE SCHEMA as_of;
    CREATE FUNCTION as_of.time() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT current_setting('portfolio.as_of')::timestamptz $$;
"""

# The time stands in a subquery of its own, so that it is read once and not for every row.
THING = """
    CREATE INDEX {event}_as_of ON {event} (id, pgh_true_from, pgh_id);
    CREATE VIEW as_of.{table} AS
    SELECT {columns} FROM {event} event
    WHERE pgh_true_from < (SELECT as_of.time()) AND pgh_label <> 'delete' AND NOT EXISTS (
        SELECT FROM {event} later
        WHERE later.id = event.id AND later.pgh_true_from < (SELECT as_of.time())
        AND (later.pgh_true_from, later.pgh_id) > (event.pgh_true_from, event.pgh_id)
    );
"""

RECORD = """
    CREATE INDEX {event}_as_of ON {event} (project_id, reported_on DESC, id DESC);
    CREATE VIEW as_of.{table} AS
    SELECT {columns} FROM {event} event WHERE pgh_true_from < (SELECT as_of.time());
"""

REGISTER = """
    CREATE INDEX {event}_as_of ON {event} (id, pgh_true_from, pgh_id);
    CREATE VIEW as_of.{table} AS
    SELECT {columns} FROM {event} event
    WHERE pgh_label <> 'delete' AND pgh_id = (
        SELECT nearest.pgh_id FROM {event} nearest WHERE nearest.id = event.id
        ORDER BY nearest.pgh_true_from >= as_of.time(),
            CASE WHEN nearest.pgh_true_from < as_of.time() THEN nearest.pgh_true_from END DESC,
            CASE WHEN nearest.pgh_true_from < as_of.time() THEN nearest.pgh_id END DESC,
            nearest.pgh_true_from, nearest.pgh_id
        LIMIT 1
    );
"""


def operations():
    yield migrations.RunSQL(SCHEMA, "DROP SCHEMA as_of CASCADE")
    for tables, view in ((THINGS, THING), (RECORDS, RECORD), (REGISTERS, REGISTER)):
        for table, event in tables.items():
            yield migrations.RunSQL(
                view.format(table=table, event=event, columns=COLUMNS[table]),
                f"DROP VIEW as_of.{table}; DROP INDEX {event}_as_of",
            )


class Migration(migrations.Migration):
    dependencies = [
        ("milestones", "0004_lock_dates_and_set_baselines"),
        ("projects", "0003_set_the_rules_of_the_portfolio"),
    ]

    operations = list(operations())
