"""Who came in, was refused or got other rights is noted, in a table that is only added to.

What is older than a month may be deleted, since it is about persons; nothing may be changed.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

KINDS = {
    "logged_in": "logged in",
    "logged_out": "logged out",
    "login_failed": "wrong password",
    "login_slowed": "too many attempts",
    "link_sent": "was sent a link for a new password",
    "password_changed": "got a new password",
    "sessions_ended": "was logged out elsewhere",
    "refused": "was refused",
    "rights_changed": "got other rights",
}

GUARD = """
    CREATE FUNCTION accounts_security_log_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND OLD.at < now() - interval '30 days' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'security_log_is_only_added_to' USING ERRCODE = 'check_violation';
    END
    $$;
    CREATE TRIGGER row_stands BEFORE UPDATE OR DELETE ON accounts_securityevent
        FOR EACH ROW EXECUTE FUNCTION accounts_security_log_stands();
    CREATE TRIGGER history_stands BEFORE TRUNCATE ON accounts_securityevent
        FOR EACH STATEMENT EXECUTE FUNCTION accounts_security_log_stands();
"""

NO_GUARD = """
    DROP TRIGGER row_stands ON accounts_securityevent;
    DROP TRIGGER history_stands ON accounts_securityevent;
    DROP FUNCTION accounts_security_log_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_keep_whose_a_session_is"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("kind", models.CharField(choices=list(KINDS.items()), max_length=20)),
                ("address", models.GenericIPAddressField(null=True)),
                ("details", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="security_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="security_event_newest"),
                    models.Index(fields=["user", "-at"], name="security_event_of_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", list(KINDS))),
                        name="accounts_securityevent_kind_is_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
