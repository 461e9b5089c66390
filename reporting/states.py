"""A project and a milestone as they stood on a day: what is compared, and nothing more."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models import Lifecycle


class Place(models.TextChoices):
    """Where a project is counted: by its status, by having none, or not at all."""

    ON_TRACK = "on_track", _("On track")
    CHALLENGES = "challenges", _("Some challenges")
    MAJOR_CHALLENGES = "major_challenges", _("Major challenges")
    NOT_REPORTED = "not_reported", _("Not reported")
    NOT_COUNTED = "not_counted", _("Not counted")


#: Those that a status gives, from the best to the worst.
REPORTED = [Place.ON_TRACK, Place.CHALLENGES, Place.MAJOR_CHALLENGES]
#: Those of an active project.
COUNTED = [*REPORTED, Place.NOT_REPORTED]


@dataclass(frozen=True)
class ProjectState:
    """A project on a day, the number of its report, and the address of its page on that day."""

    pk: int
    title: str
    slug: str
    lifecycle: str
    is_published: bool
    is_example: bool
    status: str | None
    report: int | None
    url: str

    @property
    def place(self) -> Place:
        if self.lifecycle != Lifecycle.ACTIVE:
            return Place.NOT_COUNTED
        return Place(self.status) if self.status else Place.NOT_REPORTED

    @property
    def counted_as(self) -> str:
        """Its status in words, or its lifecycle when that keeps it from being counted."""
        place = self.place
        return str(Lifecycle(self.lifecycle).label if place == Place.NOT_COUNTED else place.label)


@dataclass(frozen=True)
class MilestoneState:
    """A milestone on a day."""

    pk: int
    project: int
    code: str
    title: str
    position: int
    baseline_on: datetime.date | None
    due_on: datetime.date | None
    is_delivered: bool
    delivered_on: datetime.date | None
    is_obsolete: bool
    obsolete_on: datetime.date | None
    obsolete_reason: str

    def __str__(self) -> str:
        return f"{self.code} - {self.title}" if self.code else self.title


@dataclass(frozen=True)
class Move:
    """One move of a due date, with its cause in words."""

    milestone: int
    from_date: datetime.date
    to_date: datetime.date
    cause: str
    reason: str
    moved_at: datetime.datetime

    @property
    def days(self) -> int:
        """How many days later the new date is; negative when it is earlier."""
        return (self.to_date - self.from_date).days


@dataclass(frozen=True)
class Snapshot:
    """What a person may read of the portfolio on a day.

    `milestones` are those that were touched in the period that is looked at;
    `projects` come by title in the Norwegian alphabet.
    """

    day: datetime.date
    projects: dict[int, ProjectState]
    milestones: dict[int, MilestoneState]
