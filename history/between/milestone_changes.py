"""What has happened to milestones between two days."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.utils.translation import pgettext_lazy

from history.between.states import MilestoneState, Move, ProjectState, Snapshot
from milestones.models.anchors import milestone_anchor


class Deed(models.TextChoices):
    """What can be done to a milestone."""

    DELIVERED = "delivered", pgettext_lazy("milestones", "Delivered")
    MOVED = "moved", pgettext_lazy("milestones", "Moved")
    WITHDRAWN = "withdrawn", pgettext_lazy("milestones", "Withdrawn")
    ADDED = "added", pgettext_lazy("milestones", "Added")
    REOPENED = "reopened", pgettext_lazy("milestones", "Not delivered after all")
    RESTORED = "restored", pgettext_lazy("milestones", "Stands after all")
    DELETED = "deleted", pgettext_lazy("milestones", "Deleted")


class MilestoneChange(NamedTuple):
    """One thing that was done to a milestone; `moves` are its moves in the period."""

    deed: Deed
    milestone: MilestoneState
    project: ProjectState
    moves: list[Move]

    @property
    def url(self) -> str:
        """Where it stands on the page of its project; the project when it has been deleted."""
        if self.deed == Deed.DELETED:
            return self.project.url
        return f"{self.project.url}#{milestone_anchor(self.milestone.pk)}"

    @property
    def days(self) -> int:
        """How many days later it is due than before its moves; negative when it is earlier."""
        return (self.moves[-1].to_date - self.moves[0].from_date).days


def milestone_changes(then: Snapshot, now: Snapshot, moves: list[Move]) -> list[MilestoneChange]:
    """Compare the milestones of what can be read last, project by project, in their order."""
    moves_of: dict[int, list[Move]] = {}
    for move in moves:
        moves_of.setdefault(move.milestone, []).append(move)
    touched = then.milestones | now.milestones
    places = {pk: place for place, pk in enumerate(now.projects)}
    readable = [each for each in touched.values() if each.project in places]
    readable.sort(key=lambda each: (places[each.project], each.position, each.pk))
    return [
        MilestoneChange(deed, each, now.projects[each.project], moves_of.get(each.pk, []))
        for each in readable
        for deed in _deeds(each, then, now, is_moved=each.pk in moves_of)
    ]


def _deeds(
    milestone: MilestoneState, then: Snapshot, now: Snapshot, *, is_moved: bool
) -> Iterator[Deed]:
    before, after = then.milestones.get(milestone.pk), now.milestones.get(milestone.pk)
    if after is None:
        yield Deed.DELETED
        return
    if is_moved:
        yield Deed.MOVED
    if before is not None:
        yield from _between(before, after)
        return
    # The milestones of a new project came with it, with what had been done to them earlier.
    if milestone.project in then.projects:
        yield Deed.ADDED
    if after.is_delivered and _is_within(after.delivered_on, then, now):
        yield Deed.DELIVERED
    if after.is_obsolete and _is_within(after.obsolete_on, then, now):
        yield Deed.WITHDRAWN


def _between(before: MilestoneState, after: MilestoneState) -> Iterator[Deed]:
    """Say what was done to a milestone that stood there on both days."""
    if before.is_delivered != after.is_delivered:
        yield Deed.DELIVERED if after.is_delivered else Deed.REOPENED
    if before.is_obsolete != after.is_obsolete:
        yield Deed.WITHDRAWN if after.is_obsolete else Deed.RESTORED


def _is_within(day: datetime.date | None, then: Snapshot, now: Snapshot) -> bool:
    return day is not None and then.day < day <= now.day
