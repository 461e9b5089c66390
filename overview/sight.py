"""What a person sees of the portfolio, and as of which day."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from projects.dimensions import DEFAULT_COLUMNS, DIMENSIONS, FURTHER_COLUMNS
from projects.dimensions.parts import Dimension
from projects.models import Project
from projects.models.project_queryset import ProjectQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class Sight:
    """The projects that staff may read, or else everyone, `today`; `as_of` is that day if it is in the past.

    To be asked within `as_of` when it is about the past.
    """

    is_for_staff: bool
    today: datetime.date
    as_of: datetime.date | None = None

    @classmethod
    def of(
        cls,
        user: "User | AnonymousUser",
        *,
        today: datetime.date,
        as_of: datetime.date | None = None,
    ) -> Self:
        """Return what this person sees."""
        return cls(user.is_authenticated, today, as_of)

    @property
    def key(self) -> tuple[object, ...]:
        """What the counts depend on, besides the database."""
        return self.is_for_staff, self.as_of, self.today

    @property
    def visible(self) -> ProjectQuerySet:
        """What this person may read."""
        return Project.objects.visible(is_for_staff=self.is_for_staff)

    @property
    def everything(self) -> ProjectQuerySet:
        """All that the overview can show."""
        return self.visible.for_overview(today=self.today)

    @cached_property
    def dimensions(self) -> list[Dimension]:
        """The properties of projects that this person sees."""
        return self._seen(DIMENSIONS)

    @cached_property
    def columns(self) -> list[Dimension]:
        """The columns after the title that there are to see."""
        return self._seen((*DEFAULT_COLUMNS, *FURTHER_COLUMNS))

    def _seen(self, dimensions: tuple[Dimension, ...]) -> list[Dimension]:
        return [each for each in dimensions if self.is_for_staff or not each.is_for_staff]
