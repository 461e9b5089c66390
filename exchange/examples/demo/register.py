"""Make what the projects of the demonstration refer to: users, owners, contacts, vocabularies."""

import datetime
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts.models import User
from exchange.examples.demo.earlier import Table, as_it_was, days_of_change
from fkj_portfolio.history import true_from
from projects.models import Contact, Owner, Segment, StrategicGoal, Strategy
from projects.models.fields import norwegian_slug


class Register(NamedTuple):
    """Owners, contacts, goals and users of the demonstration, by the names that the files use."""

    users: dict[str, User]
    goals: dict[int, StrategicGoal]
    segments: dict[str, Segment]
    owners: dict[str, Owner]
    contacts: dict[str, Contact]
    office: User


def make_register(table: Table) -> Register:
    """Make what `register.toml` lists; what an administrator has made already stays as it is."""
    users = _make_users(table["users"], password=table["password"])
    owners = _make_owners(table["owners"], since=table["since"])
    return Register(
        users=users,
        goals=_make_goals(table["strategy"]),
        segments={name: Segment.objects.named(name) for name in table["segments"]["names"]},
        owners=owners,
        contacts=_make_contacts(table["contacts"], owners, since=table["since"]),
        office=users[table["office"]],
    )


def _make_users(rows: list[Table], *, password: str) -> dict[str, User]:
    # Hashed once for all: hashing is slow on purpose, and the password is public anyway.
    hashed = make_password(password)
    users = {}
    for row in rows:
        user, is_new = User.objects.get_or_create(
            email=row["email"], defaults={"name": row["name"], "password": hashed}
        )
        if is_new and "group" in row:
            user.groups.add(Group.objects.get(name=row["group"]))
        users[user.email] = user
    return users


def _make_goals(table: Table) -> dict[int, StrategicGoal]:
    strategy, _made = Strategy.objects.get_or_create(
        name=table["name"],
        defaults={key: table[key] for key in ("starts_on", "ends_on")},
    )
    goals = {}
    for number, name in enumerate(table["goals"], start=1):
        goals[number], _made = StrategicGoal.objects.get_or_create(
            strategy=strategy, number=number, defaults={"name": name}
        )
    return goals


def _make_owners(rows: list[Table], *, since: datetime.date) -> dict[str, Owner]:
    """Make the owners; a project names one by its short name when it has one."""
    owners: dict[str, Owner] = {}
    for row in rows:
        earlier = row.pop("earlier", [])
        key: str = row.get("short_name") or row["name"]
        if successor := row.get("successor"):
            row["successor"] = owners[successor]
        owner = Owner.objects.filter(name__iexact=row["name"]).first()
        owner = owner or Owner(slug=norwegian_slug(key))
        owners[key] = owner
        _record(owner, row, earlier, since=since)
    return owners


def _make_contacts(
    rows: list[Table], owners: dict[str, Owner], *, since: datetime.date
) -> dict[str, Contact]:
    contacts = {}
    for row in rows:
        earlier = row.pop("earlier", [])
        row["owner"] = owners[row["owner"]]
        contact = Contact.objects.filter(name=row["name"], owner=row["owner"]).first()
        contacts[row["name"]] = contact or Contact()
        _record(contacts[row["name"]], row, earlier, since=since)
    return contacts


def _record(
    thing: Owner | Contact, row: Table, earlier: list[Table], *, since: datetime.date
) -> None:
    """Save what is new as it was on the first day, and on each day when it became otherwise."""
    if thing.pk:
        return
    for day in [since, *days_of_change(earlier)]:
        for name, value in as_it_was(row, earlier, day).items():
            # TOML has no word for nothing: who had no successor yet has an empty one.
            setattr(thing, name, None if (name, value) == ("successor", "") else value)
        with true_from(day):
            thing.save()
