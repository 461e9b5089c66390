"""Setting a field of several projects at once, and undoing it: each wholly or not at all."""

import json
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction

from accounts.models import User
from overview.bulk.fields import Value, locked, set_back, set_value
from overview.bulk.plan import Plan, foresee
from overview.bulk.undo import Undoing, foresee_undoing
from projects.actions import OutdatedError
from projects.history.things import find_things
from projects.models import ChangedProject, Project, ProjectsChange, SharedField
from projects.register_lock import lock_register


class SeenOtherwiseError(OutdatedError):
    """Some projects are no longer what the person saw; names those that are deleted, and the others."""

    def __init__(self, deleted: Sequence[str] = (), changed: Sequence[Project] = ()) -> None:
        super().__init__()
        self.deleted, self.changed = deleted, changed


class NotUndoableError(Exception):
    """A change that somebody has undone, that is too old, or that others have built upon."""

    def __init__(self, undoing: Undoing) -> None:
        super().__init__()
        self.undoing = undoing


@transaction.atomic
def change_projects(
    *, field: SharedField, value: Value, seen: str, token: UUID, by: User
) -> ProjectsChange:
    """Give every project that was seen this value; the same token does it only once.

    `seen` is what the plan said that was shown. Raises SeenOtherwiseError when a
    project has been deleted since, or has another value.
    """
    lock_register()
    if done := ProjectsChange.objects.filter(token=token).first():
        return done
    before = _read(seen)
    plan = foresee(field, value, locked(before))
    _compare(before, plan)
    change = ProjectsChange.objects.create(field=field, value=value, token=token, changed_by=by)
    pks = [effect.project.pk for effect in plan.changed]
    ChangedProject.objects.bulk_create(
        ChangedProject(change=change, project=effect.project, before=effect.before)
        for effect in plan.changed
    )
    with pghistory.context(user=by.pk, together=len(pks), change=change.pk):
        set_value(field, pks, value)
    return change


@transaction.atomic
def undo_change(*, change: ProjectsChange, left_out: Collection[int] = (), by: User) -> None:
    """Set back every project of a change, but those that the person has agreed to leave out.

    Raises NotUndoableError when it has been undone, when its time is over, when another
    project has been changed since, or when none is left.
    """
    lock_register()
    change = ProjectsChange.objects.with_clock().select_for_update().get(pk=change.pk)
    undoing = foresee_undoing(change, locked(change.projects.values("project")))
    obstructed = {step.row.project_id for step in undoing.obstructed}
    if not change.is_undoable or not undoing.free or not obstructed <= set(left_out):
        raise NotUndoableError(undoing)
    pks = [step.row.project_id for step in undoing.free]
    with pghistory.context(user=by.pk, together=len(pks), change=change.pk, undoes=True):
        set_back(change, pks)
    change.undone_at, change.undone_by = change.now, by
    change.save(update_fields=["undone_at", "undone_by"])


def _read(seen: str) -> dict[int, list[Any]]:
    """Read what the person saw; whatever no page of ours has sent, nobody has seen."""
    try:
        return {int(pk): effect for pk, effect in json.loads(seen).items()}
    except (AttributeError, TypeError, ValueError, RecursionError):
        return {}


def _compare(seen: dict[int, list[Any]], plan: Plan) -> None:
    """Raise SeenOtherwiseError unless all projects still are what was seen, and some change."""
    there = {effect.project.pk for effect in plan.effects}
    gone = find_things((Project, pk) for pk in seen if pk not in there)
    changed = [each.project for each in plan.effects if each.seen != seen[each.project.pk]]
    if there != seen.keys() or changed or not plan.changed:
        raise SeenOtherwiseError([str(thing) for thing in gone.values()], changed)
