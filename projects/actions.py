"""Actions that write to more than one model."""

import hashlib
from collections.abc import Iterable
from typing import TypeVar

import pghistory
from django.db import transaction

from accounts.models import User
from projects.models import Contact, Owner, Project
from projects.register_lock import lock_register

Party = TypeVar("Party", Owner, Contact)


class OutdatedError(Exception):
    """Refusal to hand over what is no longer what the person saw."""


@transaction.atomic
def hand_over_projects(
    *,
    giver: Party,
    taker: Party,
    seen: str,
    by: User,
    with_contacts: bool = False,
    succeed: bool = False,
    retire: bool = False,
) -> None:
    """Give all projects of an owner, or of a contact, to another.

    If wanted, an owner's contacts and its place go too, or the giver is taken out of use.
    `seen` is the digest of the projects that the person saw.
    Raises OutdatedError when the projects are no longer those that were seen, or
    when the taker has been retired meanwhile.
    """
    with pghistory.context(user=by.pk):
        giver, taker = _lock(giver, taker)
        locked = giver.projects.select_for_update(no_key=True).order_by("pk")
        if digest_of(locked) != seen:
            raise OutdatedError
        # The history tells of them together.
        with pghistory.context(together=len(locked)):
            field = "owner" if isinstance(giver, Owner) else "contact"
            giver.projects.update(**{field: taker})
        if isinstance(giver, Owner) and with_contacts:
            giver.contacts.update(owner=taker)
        if isinstance(giver, Owner) and succeed:
            giver.successor = taker
        if succeed or retire:
            giver.in_use = False
            giver.save()


def _lock(giver: Party, taker: Party) -> tuple[Party, Party]:
    """Read both anew and keep others from changing them, or from giving them projects.

    In the order of their keys, so that two who hand over to one another do not block.
    """
    lock_register()
    parties = type(giver)._default_manager.filter(pk__in=[giver.pk, taker.pk])
    locked = {party.pk: party for party in parties.select_for_update(no_key=True).order_by("pk")}
    if giver.pk not in locked or taker.pk not in locked or not locked[taker.pk].in_use:
        raise OutdatedError
    return locked[giver.pk], locked[taker.pk]


def digest_of(projects: Iterable[Project]) -> str:
    """Return a short text that is the same for the same projects, however many they are."""
    keys = sorted(project.pk for project in projects)
    return hashlib.sha256(repr(keys).encode()).hexdigest()
