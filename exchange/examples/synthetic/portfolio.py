"""Make the synthetic portfolio: the registers here, the projects on the server by `portfolio.sql`.

A hundred thousand projects have five million rows with their history. Row by row the triggers
would take many minutes over it, so within this one transaction they are switched off, and the
statements write the history as the triggers would; a test lets the triggers do it, and compares.
"""

import datetime
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from accounts.models import User
from fkj_portfolio.history import true_from
from projects.management.commands import make_vocabularies
from projects.models import Contact, Owner, Segment, StrategicGoal
from projects.models.fields import norwegian_slug

FILES = Path(__file__).parent
CONTACTS_OF_EACH = 3
MANAGERS = 40
#: The registers are older than the oldest project.
DAYS = 800
#: From how many projects on it is quicker to make keys and indexes anew than to keep them up.
MANY = 5_000
#: The tables that the statements fill, and those that the database keeps itself.
TABLES = [
    "projects_project",
    "projects_projectevent",
    "projects_project_managers",
    "projects_projectmanagerevent",
    "projects_project_further_goals",
    "projects_projectfurthergoalevent",
    "projects_statusreport",
    "projects_statusreportevent",
    "milestones_milestone",
    "milestones_milestoneevent",
    "milestones_datemove",
    "milestones_datemoveevent",
    "projects_projectfigures",
    "projects_projectwords",
]


def models_in_use() -> list[type[Model]]:
    """The models of this site that hold anything, history included; empty for an empty database."""
    return [model for model in _models() if model._default_manager.exists()]


@transaction.atomic
def make_portfolio(count: int, *, today: datetime.date) -> None:
    """Fill an empty database with so many projects, the same each time apart from the days.

    All days are counted from today: two years back, and two years ahead.
    """
    _number_from_the_first()
    words = tomllib.loads((FILES / "words.toml").read_text(encoding="utf-8"))
    parameters = words | {
        f"milestones_{place}": titles for place, titles in enumerate(words["milestones"], start=1)
    }
    with true_from(today - datetime.timedelta(days=DAYS)):
        parameters |= _make_registers(words)
    parameters |= {
        "count": count,
        "today": today,
        "titles": prod(len(words[name]) for name in ("things", "fields", "places")),
    }
    with _unguarded(count), connection.cursor() as cursor:
        cursor.execute((FILES / "portfolio.sql").read_text(encoding="utf-8"), parameters)
    _number_from_the_first()
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(TABLES)}")


def _make_registers(words: dict[str, Any]) -> dict[str, Any]:
    """Make what projects refer to; return the keys of each kind, in order."""
    make_vocabularies.Command().handle()
    owners = Owner.objects.bulk_create(
        Owner(name=name, short_name=short_name, slug=norwegian_slug(short_name or name))
        for name, short_name in words["owners"]
    )
    contacts = Contact.objects.bulk_create(
        Contact(name=_name(words, number), owner=owner, email=f"kontakt{number}@example.no",
                email_is_public=number % 2 == 0)
        for number, owner in enumerate(
            (owner for owner in owners for _each in range(CONTACTS_OF_EACH)), start=1
        )
    )  # fmt: skip
    managers = User.objects.bulk_create(
        # Nobody knows a password that is written so.
        User(name=_name(words, 1000 + number), email=f"leder{number}@example.no", password="!")
        for number in range(1, MANAGERS + 1)
    )
    return {
        "owner_ids": _keys(owners),
        "owners": len(owners),
        "contact_ids": _keys(contacts),
        "contacts_of_each": CONTACTS_OF_EACH,
        "manager_ids": _keys(managers),
        "managers": len(managers),
        "segment_ids": _keys(Segment.objects.in_order()),
        "goal_ids": _keys(StrategicGoal.objects.in_order()),
    }


def _keys(things: Any) -> list[int]:
    return [thing.pk for thing in things]


def _name(words: dict[str, Any], number: int) -> str:
    first, last = words["first_names"], words["last_names"]
    return f"{first[number % len(first)]} {last[number * 7 // len(first) % len(last)]}"


@contextmanager
def _unguarded(count: int) -> Iterator[None]:
    """Switch off what PostgreSQL would do for each row; keys and indexes are made again at the end.

    What it does once for all rows of the projects goes on: they are inserted after all else.
    """
    # No table can be altered as long as keys of it are to be checked.
    check_now = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(check_now)
        undo = [statement for sql in _guards(count) for statement in _take_off(cursor, sql)]
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        yield
        cursor.execute(check_now)
        for statement in reversed(undo):
            cursor.execute(statement)


def _guards(count: int) -> Iterator[str]:
    """Questions for what is taken off: each answers a statement, and the one that undoes it."""
    yield """
        SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname),
            format('ALTER TABLE %s ENABLE TRIGGER %I', tgrelid::regclass, tgname)
        FROM pg_trigger WHERE tgrelid = ANY (%(tables)s::regclass[])
            AND NOT tgisinternal AND tgenabled = 'O'
            AND NOT (tgrelid = 'projects_project'::regclass AND tgtype & 1 = 0)
    """.replace("%s", "%%s").replace("%I", "%%I")
    if count < MANY:
        return
    yield """
        SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
        FROM pg_index WHERE indrelid = ANY (%(tables)s::regclass[])
            -- By the other indexes milestones and reports are found when words are gathered.
            AND indrelid::regclass::text ~ '(event|words)$'
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    """
    yield """
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
            format('ALTER TABLE %s ADD CONSTRAINT %I %s',
                conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY (%(tables)s::regclass[])
    """.replace("%s", "%%s").replace("%I", "%%I")


def _take_off(cursor: Any, question: str) -> list[str]:
    """Execute what a question answers; return what undoes it."""
    cursor.execute(question, {"tables": TABLES})
    answers = cursor.fetchall()
    for statement, _undo in answers:
        cursor.execute(statement)
    return [undo for _statement, undo in answers]


def _number_from_the_first() -> None:
    """Let every table count on after its last row; an empty one begins with 1."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _models() -> list[type[Model]]:
    """All models of the apps in this repository that have a table of their own."""
    names = ("accounts", "projects", "milestones")
    every = (
        model
        for name in names
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
    )
    return [model for model in every if model._meta.managed and not model._meta.proxy]
