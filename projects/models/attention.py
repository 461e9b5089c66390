"""What of a project somebody has to look at."""

import datetime
from collections.abc import Iterator
from enum import IntEnum, auto
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef

from projects.models.lifecycle import Lifecycle
from projects.models.status_report import Change, Status

if TYPE_CHECKING:
    from accounts.models import User
    from projects.models.project import Project

#: From how many moves on a milestone is looked at.
OFTEN = 2


class Concern(IntEnum):
    """Why somebody has to look at a project, the most serious first."""

    TURNED_RED = auto()
    BECAME_WORSE = auto()
    OVERDUE = auto()
    GAP = auto()
    LATE = auto()
    OFTEN_MOVED = auto()
    NO_OWNER = auto()
    NO_CONTACT = auto()
    NO_MANAGER = auto()


def attention_annotations(milestones: Any, *, user: "User", today: datetime.date) -> dict[str, Any]:
    """Annotations for projects: the milestones and the people that may be a concern.

    `milestones` are all of them; only outstanding ones are looked at.
    """
    mine = milestones.filter(project=OuterRef("pk"))
    often_moved = mine.outstanding().annotate(moves=Count("date_moves")).filter(moves__gte=OFTEN)
    managers = get_user_model().objects.filter(managed_projects=OuterRef("pk"))
    return {
        "overdue_pks": ArraySubquery(
            mine.overdue(today=today).order_by("due_on", "position", "pk").values("pk")
        ),
        "often_moved_pks": ArraySubquery(often_moved.in_order().values("pk")),
        "has_manager": Exists(managers),
        "is_managed_by_user": Exists(managers.filter(pk=user.pk)),
    }


def concerns(project: "Project", *, sees_signal: bool) -> list[Concern]:
    """Return why somebody has to look at a project, which comes `with_attention`."""
    found = [*_of_people(project)]
    if project.lifecycle == Lifecycle.ACTIVE:
        found += [*_of_progress(project, sees_signal=sees_signal)]
    return sorted(found)


def _of_progress(project: "Project", *, sees_signal: bool) -> Iterator[Concern]:
    if project.status_change == Change.WORSE:
        turned_red = project.status == Status.MAJOR_CHALLENGES
        yield Concern.TURNED_RED if turned_red else Concern.BECAME_WORSE
    if project.overdue_pks:
        yield Concern.OVERDUE
    if sees_signal and project.has_gap:
        yield Concern.GAP
    if project.is_report_late:
        yield Concern.LATE
    if project.often_moved_pks:
        yield Concern.OFTEN_MOVED


def _of_people(project: "Project") -> Iterator[Concern]:
    if project.owner_id is None:
        yield Concern.NO_OWNER
    if project.contact_id is None:
        yield Concern.NO_CONTACT
    if not project.has_manager:
        yield Concern.NO_MANAGER
