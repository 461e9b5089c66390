"""What has changed between two days: of projects, of their status, of their milestones."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.translation import pgettext_lazy

from history.between.milestone_changes import MilestoneChange, milestone_changes
from history.between.snapshots import Reading
from history.between.states import COUNTED, REPORTED, ProjectState, StatusPlace
from projects.models import Lifecycle


class Happening(models.TextChoices):
    """What can happen to a project as a whole."""

    NEW = "new", pgettext_lazy("projects", "New")
    STARTED = "started", pgettext_lazy("projects", "Started")
    RESUMED = "resumed", pgettext_lazy("projects", "Resumed")
    PUBLISHED = "published", pgettext_lazy("projects", "Published")
    PAUSED = "paused", pgettext_lazy("projects", "Paused")
    CLOSED = "closed", pgettext_lazy("projects", "Closed")
    PLANNED = "planned", pgettext_lazy("projects", "Planned again")
    UNPUBLISHED = "unpublished", pgettext_lazy("projects", "No longer published")
    DELETED = "deleted", pgettext_lazy("projects", "Deleted")


@dataclass(frozen=True)
class ProjectChange:
    """A project on both days; None where it could not be read, or was not there."""

    before: ProjectState | None
    after: ProjectState | None
    happenings: tuple[Happening, ...] = ()

    @property
    def project(self) -> ProjectState:
        """As it is called last."""
        state = self.after or self.before
        assert state
        return state

    @property
    def then(self) -> StatusPlace:
        return self.before.place if self.before else StatusPlace.NOT_COUNTED

    @property
    def now(self) -> StatusPlace:
        return self.after.place if self.after else StatusPlace.NOT_COUNTED

    @property
    def url(self) -> str:
        """Where it can be read; empty when it has been deleted."""
        return "" if Happening.DELETED in self.happenings else self.project.url


@dataclass(frozen=True)
class Changes:
    """Everything that has changed between the ends of two days."""

    start: datetime.date
    end: datetime.date
    projects: list[ProjectChange]
    milestones: list[MilestoneChange]

    @cached_property
    def cells(self) -> dict[tuple[StatusPlace, StatusPlace], list[ProjectChange]]:
        """The projects by where they were counted then and where they are now."""
        cells: dict[tuple[StatusPlace, StatusPlace], list[ProjectChange]] = {}
        for project in self.projects:
            cells.setdefault((project.then, project.now), []).append(project)
        return cells

    def count(self, then: list[StatusPlace], now: list[StatusPlace]) -> int:
        """Count the projects that were in one of some places, and are in one of others."""
        return sum(len(self.cells.get((each, other), [])) for each in then for other in now)

    @property
    def counted_then(self) -> int:
        return self.count(COUNTED, list(StatusPlace))

    @property
    def counted_now(self) -> int:
        return self.count(list(StatusPlace), COUNTED)

    @property
    def totals_now(self) -> list[int]:
        """How many are now in each place, in the order of places."""
        everywhere = list(StatusPlace)
        went_out = self.count(COUNTED, [StatusPlace.NOT_COUNTED])
        return [*(self.count(everywhere, [place]) for place in COUNTED), went_out]

    @property
    def worse(self) -> int:
        """How many have a worse status than they had."""
        return sum(self.count([place], REPORTED[n + 1 :]) for n, place in enumerate(REPORTED))

    @property
    def better(self) -> int:
        return sum(self.count([place], REPORTED[:n]) for n, place in enumerate(REPORTED))

    @property
    def joined(self) -> list[tuple[Happening, int]]:
        """Why projects that were not counted are counted now."""
        return self._why(StatusPlace.NOT_COUNTED, None)

    @property
    def left(self) -> list[tuple[Happening, int]]:
        """Why projects that were counted are not counted now."""
        return self._why(None, StatusPlace.NOT_COUNTED)

    @property
    def is_empty(self) -> bool:
        """Whether everything is as it was."""
        moved = any(project.then != project.now or project.happenings for project in self.projects)
        return not moved and not self.milestones

    def _why(
        self, then: StatusPlace | None, now: StatusPlace | None
    ) -> list[tuple[Happening, int]]:
        reasons = Counter(
            project.happenings[0]
            for project in self.projects
            if project.then != project.now and (project.then == then or project.now == now)
        )
        return [(each, reasons[each]) for each in Happening if each in reasons]


def compare(reading: Reading) -> Changes:
    """Compare what was read of two days."""
    then, now = reading.then, reading.now
    return Changes(
        start=then.day,
        end=now.day,
        projects=list(_compare_projects(reading)),
        milestones=milestone_changes(then, now, reading.moves),
    )


def _compare_projects(reading: Reading) -> Iterator[ProjectChange]:
    then, now = reading.then.projects, reading.now.projects
    for pk, after in now.items():
        before = then.get(pk)
        happenings = _between(before, after) if before else (Happening.NEW,)
        yield ProjectChange(before, after, happenings)
    for pk, before in then.items():
        if pk not in now:
            why = Happening.UNPUBLISHED if pk in reading.there else Happening.DELETED
            yield ProjectChange(before, None, (why,))


def _between(before: ProjectState, after: ProjectState) -> tuple[Happening, ...]:
    """Say what happened to a project that could be read on both days; its life comes first."""
    happenings = []
    if before.lifecycle != after.lifecycle:
        happenings.append(_new_life(before.lifecycle, after.lifecycle))
    if before.is_published != after.is_published:
        published = Happening.PUBLISHED if after.is_published else Happening.UNPUBLISHED
        happenings.append(published)
    return tuple(happenings)


def _new_life(before: str, after: str) -> Happening:
    if after == Lifecycle.ACTIVE:
        return Happening.STARTED if before == Lifecycle.PLANNED else Happening.RESUMED
    return Happening(after)
