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
#: Tables that the statements fill, and their guards and history with them.
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
    with _without_triggers(), connection.cursor() as cursor:
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
def _without_triggers() -> Iterator[None]:
    """Switch off what PostgreSQL would do for each row; constraints and keys are still checked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger"
            " WHERE tgrelid = ANY (%s::regclass[]) AND NOT tgisinternal"
            # That it is for each row; and that it is on.
            " AND tgtype & 1 = 1 AND tgenabled = 'O'",
            [TABLES],
        )
        triggers = cursor.fetchall()
        for table, trigger in triggers:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        yield
        # What keys refer to is checked now: no table can be altered before.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for table, trigger in triggers:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def _number_from_the_first() -> None:
    """Let every table count on after its last row; an empty one begins with 1."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _models() -> list[type[Model]]:
    """All models of the apps in this repository that have a table of their own."""
    names = ("accounts", "projects", "milestones", "reporting")
    every = (
        model
        for name in names
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
    )
    return [model for model in every if model._meta.managed and not model._meta.proxy]
