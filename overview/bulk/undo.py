"""What undoing a change of several projects does, and what it can't."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from overview.bulk.fields import Value, Words, values_of
from projects.history.things import Thing, find_things
from projects.models import (
    ChangedProject,
    Project,
    ProjectFurtherGoal,
    ProjectsChange,
    SharedField,
)
from projects.models.fields import norwegian_key
from projects.models.project_queryset import ProjectQuerySet


@dataclass(frozen=True)
class UndoStep:
    """One project of a change: what it had before, and why that can't be set back, if so."""

    row: ChangedProject
    thing: Thing | None
    before: str
    obstacle: str


@dataclass(frozen=True)
class Undoing:
    """A change and its projects, as they are now."""

    change: ProjectsChange
    to: str
    steps: list[UndoStep]

    @property
    def heading(self) -> str:
        """The field and the value in words."""
        return f"{capfirst(SharedField(self.change.field).label)}: {self.to}"

    @property
    def free(self) -> list[UndoStep]:
        """Those that still have what they were given."""
        return [step for step in self.steps if not step.obstacle]

    @property
    def obstructed(self) -> list[UndoStep]:
        return [step for step in self.steps if step.obstacle]

    @property
    def set_back(self) -> list[UndoStep]:
        """Those that have what they had before, once it has been undone."""
        return [step for step in self.steps if step.row.is_set_back]

    @property
    def kept(self) -> list[UndoStep]:
        """Those that undoing left as they were."""
        return [step for step in self.steps if not step.row.is_set_back]


def foresee_undoing(change: ProjectsChange, projects: ProjectQuerySet) -> Undoing:
    """Find out what undoing does to the projects of a change, which are among these, in five queries."""
    field = SharedField(change.field)
    rows = list(change.projects.all())
    now = values_of(field, projects)
    words = Words.find(field, [change.value, *now.values(), *(row.before for row in rows)])
    things = find_things((Project, row.project_id) for row in rows)
    further = _further(change) if field == SharedField.MAIN_GOAL else set()
    steps = [
        UndoStep(
            row,
            things.get((Project, row.project_id)),
            words.of(row.before),
            _obstacle(row, change.value, now, words)
            or (_("this is now a further goal of the project") if row.pk in further else ""),
        )
        for row in rows
    ]
    steps.sort(key=lambda step: norwegian_key(str(step.thing or "")))
    return Undoing(change, words.of(change.value), steps)


def _obstacle(row: ChangedProject, value: Value, now: dict[int, Value], words: Words) -> str:
    """Say why a project can't be given back what it had; empty when it can."""
    if row.project_id not in now:
        return _("is deleted")
    if now[row.project_id] != value:
        return _("has been changed since, and is now: %(now)s") % {
            "now": words.of(now[row.project_id])
        }
    if not words.has(row.before):
        return _("what it had before is deleted")
    return ""


def _further(change: ProjectsChange) -> set[int]:
    """The rows whose main goal before has become a further goal of the project."""
    pairs = {(row.project_id, row.before): row.pk for row in change.projects.all()}
    further = ProjectFurtherGoal.objects.filter(project__in=change.projects.values("project"))
    found = further.values_list("project_id", "strategicgoal_id")
    return {pairs[pair] for pair in found if pair in pairs}
