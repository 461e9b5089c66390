"""What writes to more than one model."""

import hashlib
from collections.abc import Iterable
from typing import TypeVar

import pghistory
from django.db import transaction

from accounts.models import User
from projects.models import Contact, Owner, Project
from projects.models.project_queryset import ProjectQuerySet
from projects.register_lock import lock_register

Party = TypeVar("Party", Owner, Contact)


class OutdatedError(Exception):
    """What was to be handed over is no longer what the person saw."""


@transaction.atomic
def hand_over_projects(
    *,
    from_owner: Owner,
    to_owner: Owner,
    seen: str,
    by: User,
    with_contacts: bool = False,
    succeed: bool = False,
) -> None:
    """Give all projects of an owner to another; if wanted, its contacts and its place too.

    `seen` is the digest of the projects that the person saw.
    Raises OutdatedError when the owner's projects are no longer those that were
    seen, or when the other owner has been retired meanwhile.
    """
    with pghistory.context(user=by.pk):
        giver, taker = _lock(from_owner, to_owner)
        _hand_over(giver.projects.all(), seen, owner=taker)
        if with_contacts:
            giver.contacts.update(owner=taker)
        if succeed:
            giver.in_use, giver.successor = False, taker
            giver.save(update_fields=["in_use", "successor"])


@transaction.atomic
def hand_over_projects_of_contact(
    *,
    from_contact: Contact,
    to_contact: Contact,
    seen: str,
    by: User,
    retire: bool = False,
) -> None:
    """Give all projects of a contact to another; if wanted, take the first out of use.

    Raises OutdatedError as `hand_over_projects` does.
    """
    with pghistory.context(user=by.pk):
        giver, taker = _lock(from_contact, to_contact)
        _hand_over(giver.projects.all(), seen, contact=taker)
        if retire:
            giver.in_use = False
            giver.save(update_fields=["in_use"])


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


def _hand_over(projects: ProjectQuerySet, seen: str, **changes: Owner | Contact) -> None:
    locked = projects.select_for_update(no_key=True).order_by("pk")
    if digest_of(locked) != seen:
        raise OutdatedError
    # The history tells of them together.
    with pghistory.context(together=len(locked)):
        projects.update(**changes)


def digest_of(projects: Iterable[Project]) -> str:
    """Return a short text that is the same for the same projects, however many they are."""
    keys = sorted(project.pk for project in projects)
    return hashlib.sha256(repr(keys).encode()).hexdigest()
