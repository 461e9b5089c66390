"""What has happened to milestones between two days."""

from typing import NamedTuple

from history.between.states import MilestoneState, Move, ProjectState, Snapshot
from milestones.deeds import Deed, deeds
from milestones.models.anchors import milestone_anchor


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
    changes = (
        MilestoneChange(deed, each, now.projects[each.project], moves_of.get(each.pk, []))
        for each in readable
        for deed in deeds(
            then.milestones.get(each.pk),
            now.milestones.get(each.pk),
            was_moved=each.pk in moves_of,
            within=(then.day, now.day),
        )
    )
    return [change for change in changes if _is_listed(change, then)]


def _is_listed(change: MilestoneChange, then: Snapshot) -> bool:
    """Whether the page has a list for what was done, and something to say of it there."""
    match change.deed:
        case Deed.ADDED:
            # The milestones of a new project came with it.
            return change.project.pk in then.projects
        case Deed.MOVED:
            # A date that everyone had seen; others are changed without a move.
            return bool(change.moves)
        case _:
            return bool(change.deed.label)
