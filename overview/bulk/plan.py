"""What setting a field of several projects does, seen before it is done."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from overview.bulk.fields import Value, Words, keys_in, values_of
from projects.models import Lifecycle, Project, ProjectFurtherGoal, SharedField


class PlanOutcome(StrEnum):
    """What happens to a project."""

    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Effect:
    """What happens to one project: from what, to what, and what follows."""

    project: Project
    before: Value
    words: str
    outcome: PlanOutcome
    note: str = ""

    @property
    def seen(self) -> list[Any]:
        """What of it must still stand when it is done."""
        return [self.before, self.outcome.value]


@dataclass(frozen=True)
class Plan:
    """One field, the value that it shall have, and the effect on each project."""

    field: SharedField
    value: Value
    words: Words
    effects: list[Effect]

    @property
    def to(self) -> str:
        """The value in words."""
        return self.words.of(self.value)

    @property
    def heading(self) -> str:
        """The field and the value in words."""
        return f"{capfirst(self.field.label)}: {self.to}"

    @property
    def changed(self) -> list[Effect]:
        return self._that_are(PlanOutcome.CHANGED)

    @property
    def same(self) -> list[Effect]:
        return self._that_are(PlanOutcome.SAME)

    @property
    def refused(self) -> list[Effect]:
        return self._that_are(PlanOutcome.REFUSED)

    @property
    def seen(self) -> str:
        """What the person sees, to be compared when she says yes."""
        return json.dumps({effect.project.pk: effect.seen for effect in self.effects})

    @property
    def consequences(self) -> list[str]:
        """What else follows for the projects together."""
        return list(_consequences(self))

    def _that_are(self, outcome: PlanOutcome) -> list[Effect]:
        return [effect for effect in self.effects if effect.outcome == outcome]


def foresee(shared: SharedField, value: Value, projects: Collection[Project]) -> Plan:
    """Find out what happens to each of these projects, in four queries at most."""
    values = values_of(shared, projects)
    words = Words.find(shared, [value, *values.values()])
    further = _further(value, projects) if shared == SharedField.MAIN_GOAL else set()
    plan = Plan(shared, value, words, [])
    for project in projects:
        before, note, outcome = values[project.pk], "", PlanOutcome.CHANGED
        if before == value:
            outcome = PlanOutcome.SAME
        elif project.pk in further:
            outcome = PlanOutcome.REFUSED
            note = _("This is a further goal of the project. Remove it there first.")
        elif shared in (SharedField.OWNER, SharedField.CONTACT):
            note = _strange_contact(shared, value, project)
        plan.effects.append(Effect(project, before, words.of(before), outcome, note))
    return plan


def _further(goal: Value, projects: Collection[Project]) -> set[int]:
    """The projects that have this goal as a further one, so that it can't be the main one too."""
    pks = [project.pk for project in projects]
    rows = ProjectFurtherGoal.objects.filter(strategicgoal__in=keys_in(goal), project__in=pks)
    return set(rows.values_list("project_id", flat=True))


def _strange_contact(shared: SharedField, value: Value, project: Project) -> str:
    """Say that the project then has an owner, and a contact of another."""
    if shared == SharedField.OWNER and project.contact and project.contact.owner_id != value:
        text = _("The contact %(contact)s stays, and belongs to %(owner)s.")
        return text % {"contact": project.contact, "owner": project.contact.owner}
    return ""


def _consequences(plan: Plan) -> Iterator[str]:
    if plan.field == SharedField.LIFECYCLE:
        yield from _for_figures(plan)
    if plan.field == SharedField.MANAGERS and plan.changed:
        yield _("Those who no longer manage a project can no longer report for it.")
    if strange := sum(1 for effect in plan.changed if effect.note):
        text = ngettext(
            "%(count)s project keeps a contact who belongs to another owner.",
            "%(count)s projects keep a contact who belongs to another owner.",
            strange,
        )
        yield text % {"count": strange}


def _for_figures(plan: Plan) -> Iterator[str]:
    leaving = sum(1 for effect in plan.changed if effect.before == Lifecycle.ACTIVE)
    if leaving:
        text = ngettext(
            "%(count)s project is no longer counted in the figures for status.",
            "%(count)s projects are no longer counted in the figures for status.",
            leaving,
        )
        yield text % {"count": leaving}
    elif plan.value == Lifecycle.ACTIVE and plan.changed:
        count = len(plan.changed)
        text = ngettext(
            "%(count)s project is counted in the figures for status from now on.",
            "%(count)s projects are counted in the figures for status from now on.",
            count,
        )
        yield text % {"count": count}
