"""“Krever oppmerksomhet”: what needs looking at, said in words that lead straight to the place."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from projects.models import PortfolioSettings, Project
from projects.models.anchors import milestone_anchor
from projects.models.attention import Concern, concerns
from projects.models.project_queryset import ProjectQuerySet
from projects.words import concern_in_words

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Matter:
    """One thing to look at: what it is, and where."""

    words: str
    href: str


@dataclass(frozen=True)
class Line:
    """One project and all that is to be looked at, the most serious first."""

    project: Project
    matters: list[Matter]


@dataclass(frozen=True)
class Attention:
    """What is to be looked at: the first lines, and how many there are in all."""

    lines: list[Line]
    total: int


def needing_attention(
    projects: ProjectQuerySet,
    *,
    user: "User",
    rules: PortfolioSettings,
    today: datetime.date,
    limit: int | None = None,
) -> Attention:
    """Find what needs looking at in these projects, the most serious first, in one query."""
    is_office = user.has_perm("projects.change_project")
    found = []
    for project in projects.with_attention(user=user, rules=rules, today=today).in_order():
        sees_signal = rules.show_signal_to(may_edit=is_office or project.is_managed_by_user)
        if why := concerns(project, sees_signal=sees_signal):
            found.append((project, why))
    found.sort(key=lambda each: (each[1][0], -len(each[1])))
    lines = [_line(project, why, is_office=is_office) for project, why in found[:limit]]
    return Attention(lines, len(found))


def _line(project: Project, why: list[Concern], *, is_office: bool) -> Line:
    can_edit = is_office or project.is_managed_by_user
    return Line(
        project,
        [
            Matter(
                concern_in_words(concern, project),
                _place(concern, project, can_edit=can_edit, is_office=is_office),
            )
            for concern in why
        ],
    )


def _place(concern: Concern, project: Project, *, can_edit: bool, is_office: bool) -> str:
    """Return where a concern is seen to: on a form for those who may, else on the project's page."""
    page = project.get_absolute_url()
    match concern:
        case Concern.OVERDUE:
            return f"{page}#{milestone_anchor(project.overdue_pks[0])}"
        case Concern.OFTEN_MOVED:
            return f"{page}#{milestone_anchor(project.often_moved_pks[0])}"
        case Concern.LATE | Concern.GAP if can_edit:
            return reverse("projects:status_report_create", args=[project.slug])
        case Concern.NO_CONTACT if can_edit:
            return reverse("projects:project_edit", args=[project.slug]) + "#id_contact"
        case Concern.NO_OWNER if is_office:
            return reverse("projects:project_edit", args=[project.slug]) + "#id_owner"
        case Concern.NO_MANAGER if is_office:
            return reverse("projects:project_edit", args=[project.slug]) + "#id_managers"
    return page
