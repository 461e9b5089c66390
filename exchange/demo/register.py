"""Make what the projects of the demonstration refer to: users, owners, contacts, vocabularies."""

from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts.models import User
from projects.models import Contact, Owner, Segment, StrategicGoal, Strategy
from projects.models.fields import norwegian_slug

Table = dict[str, Any]


class Register(NamedTuple):
    """What there is, by the names that the files use."""

    users: dict[str, User]
    goals: dict[int, StrategicGoal]
    segments: dict[str, Segment]
    owners: dict[str, Owner]
    contacts: dict[str, Contact]


def make_register(table: Table) -> Register:
    """Make what `register.toml` lists; what an administrator has made already stays as it is."""
    owners = _make_owners(table["owners"])
    return Register(
        users=_make_users(table["users"], password=table["password"]),
        goals=_make_goals(table["strategy"]),
        segments={name: Segment.objects.named(name) for name in table["segments"]["names"]},
        owners=owners,
        contacts=_make_contacts(table["contacts"], owners),
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


def _make_owners(rows: list[Table]) -> dict[str, Owner]:
    """Make the owners; a project names one by its short name when it has one."""
    owners: dict[str, Owner] = {}
    for row in rows:
        key: str = row.get("short_name") or row["name"]
        successor = owners[row["successor"]] if "successor" in row else None
        defaults = row | {"slug": norwegian_slug(key), "successor": successor}
        owners[key], _made = Owner.objects.get_or_create(
            name__iexact=row["name"], defaults=defaults
        )
    return owners


def _make_contacts(rows: list[Table], owners: dict[str, Owner]) -> dict[str, Contact]:
    contacts = {}
    for row in rows:
        owner = owners[row["owner"]]
        contacts[row["name"]], _made = Contact.objects.get_or_create(
            name=row["name"], owner=owner, defaults=row | {"owner": owner}
        )
    return contacts
