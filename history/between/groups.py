"""The lists of the page, each with its anchor; a long one is cut until somebody asks for all of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models

from history.between.changes import Changes, Happening, ProjectChange
from history.between.milestone_changes import MilestoneChange
from history.between.states import COUNTED, REPORTED, StatusPlace
from milestones.deeds import Deed
from projects.models import StatusReport

T = TypeVar("T")

#: How much of a list is shown at first: of what has words, and of names alone.
WITH_WORDS, NAMES = 20, 50


@dataclass(frozen=True)
class ChangeGroup(Generic[T]):
    """Changes of one kind; the anchor is the id of the list, and asks for all of it."""

    kind: models.TextChoices
    anchor: str
    items: list[T]
    shown: list[T]

    @property
    def is_cut(self) -> bool:
        return len(self.shown) < len(self.items)


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix, and the names behind it."""

    then: StatusPlace
    now: StatusPlace
    names: ChangeGroup[ProjectChange]

    @property
    def count(self) -> int:
        return len(self.names.items)

    @property
    def is_unchanged(self) -> bool:
        return self.then == self.now


@dataclass(frozen=True)
class MatrixRow:
    """One row of the matrix: where the projects of one status are now."""

    then: StatusPlace
    cells: list[Cell]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True)
class StatusStory:
    """A project whose status has changed, with its reports."""

    change: ProjectChange
    before: StatusReport | None
    after: StatusReport | None


@dataclass(frozen=True)
class Colour:
    """The active projects that came to a status from another, and those that left it."""

    place: StatusPlace
    came: ChangeGroup[ProjectChange]
    left: ChangeGroup[ProjectChange]
    told: list[StatusStory]


@dataclass(frozen=True)
class Groups:
    """Makes the lists; `whole` is the anchor of the one that is wanted uncut."""

    changes: Changes
    whole: str = ""

    def rows(self) -> list[MatrixRow]:
        """The matrix. What was counted on neither day is not in it."""
        cells = self.changes.cells
        return [
            MatrixRow(
                then, [self._cell(then, now, cells.get((then, now), [])) for now in StatusPlace]
            )
            for then in StatusPlace
        ]

    def colours(self) -> list[Colour]:
        """Who came to and left each status, the worst first; in one query for their reports."""
        pairs = [(place, *self._came_and_left(place)) for place in reversed(REPORTED)]
        shown = [change for _place, came, _left in pairs for change in came.shown]
        states = [state for change in shown for state in (change.before, change.after) if state]
        reports = StatusReport.objects.in_bulk(
            [state.report for state in states if state.report], field_name="pk"
        )

        def tell(change: ProjectChange) -> StatusStory:
            before, after = change.before, change.after
            return StatusStory(
                change,
                reports.get(before.report) if before and before.report else None,
                reports.get(after.report) if after and after.report else None,
            )

        return [
            Colour(place, came, left, [tell(change) for change in came.shown])
            for place, came, left in pairs
            if came.items or left.items
        ]

    def happenings(self) -> list[ChangeGroup[ProjectChange]]:
        """What has happened to projects as a whole, one list for each thing that can happen."""
        return self._by_kind(
            Happening,
            ((each, project) for project in self.changes.projects for each in project.happenings),
        )

    def deeds(self) -> list[ChangeGroup[MilestoneChange]]:
        """What has been done to milestones, one list for each thing that can be done."""
        return self._by_kind(Deed, ((each.deed, each) for each in self.changes.milestones))

    def _came_and_left(
        self, place: StatusPlace
    ) -> tuple[ChangeGroup[ProjectChange], ChangeGroup[ProjectChange]]:
        others = [each for each in COUNTED if each != place]
        cells = self.changes.cells
        came = [change for other in others for change in cells.get((other, place), [])]
        left = [change for other in others for change in cells.get((place, other), [])]
        return (
            self._group(place, f"came-{place}", came),
            self._group(place, f"left-{place}", left, limit=NAMES),
        )

    def _cell(self, then: StatusPlace, now: StatusPlace, projects: list[ProjectChange]) -> Cell:
        if then == now == StatusPlace.NOT_COUNTED:
            projects = []
        return Cell(then, now, self._group(now, f"{then}-{now}", projects, limit=NAMES))

    def _by_kind(
        self, kinds: type[models.TextChoices], pairs: Iterable[tuple[models.TextChoices, T]]
    ) -> list[ChangeGroup[T]]:
        found: dict[models.TextChoices, list[T]] = {kind: [] for kind in kinds}
        for kind, item in pairs:
            found[kind].append(item)
        return [self._group(kind, str(kind.value), items) for kind, items in found.items() if items]

    def _group(
        self, kind: models.TextChoices, anchor: str, items: list[T], *, limit: int = WITH_WORDS
    ) -> ChangeGroup[T]:
        anchor = anchor.replace("_", "-")
        return ChangeGroup(kind, anchor, items, items if anchor == self.whole else items[:limit])
