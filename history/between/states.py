"""A project and a milestone as they stood on a day: what is compared, and nothing more.

Named tuples, because they are made by the thousand.
"""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.addresses import page_address
from milestones.models import Cause
from projects.as_of import address_on
from projects.models import Lifecycle


class StatusPlace(models.TextChoices):
    """Where a project is counted: by its status, by having none, or not at all."""

    ON_TRACK = "on_track", _("On track")
    CHALLENGES = "challenges", _("Some challenges")
    MAJOR_CHALLENGES = "major_challenges", _("Major challenges")
    NOT_REPORTED = "not_reported", _("Not reported")
    NOT_COUNTED = "not_counted", _("Not counted")


#: Those that a status gives, from the best to the worst.
REPORTED = [StatusPlace.ON_TRACK, StatusPlace.CHALLENGES, StatusPlace.MAJOR_CHALLENGES]
#: Those of an active project.
COUNTED = [*REPORTED, StatusPlace.NOT_REPORTED]


class ProjectState(NamedTuple):
    """A project on a day, and the number of its newest report; `as_of` is None for today."""

    pk: int
    title: str
    slug: str
    lifecycle: str
    is_published: bool
    is_example: bool
    place: StatusPlace
    report: int | None
    as_of: datetime.date | None

    @property
    def counted_as(self) -> str:
        """Its status in words, or its lifecycle when that keeps it from being counted."""
        if self.place == StatusPlace.NOT_COUNTED:
            return str(Lifecycle(self.lifecycle).label)
        return str(self.place.label)

    @property
    def url(self) -> str:
        """Its page on that day."""
        return address_on(page_address("projects:project_detail", self.slug), self.as_of)


class MilestoneState(NamedTuple):
    """A milestone on a day."""

    pk: int
    project: int
    code: str
    title: str
    position: int
    original_due_on: datetime.date | None
    new_baseline_on: datetime.date | None
    due_on: datetime.date | None
    is_delivered: bool
    delivered_on: datetime.date | None
    is_obsolete: bool
    obsolete_on: datetime.date | None
    obsolete_reason: str
    #: When a delivery was recorded in the period that is looked at, if it was made before that.
    recorded_at: datetime.datetime | None

    @property
    def name(self) -> str:
        return f"{self.code} - {self.title}" if self.code else self.title


class Move(NamedTuple):
    """One move of a due date."""

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

    @property
    def cause_label(self) -> str:
        """The cause in words; empty when none was given."""
        return str(Cause(self.cause).label) if self.cause else ""


@dataclass(frozen=True)
class Snapshot:
    """What a person may read of the portfolio on a day.

    `milestones` are those that were touched in the period that is looked at;
    `projects` come by title in the Norwegian alphabet.
    """

    day: datetime.date
    projects: dict[int, ProjectState]
    milestones: dict[int, MilestoneState]
