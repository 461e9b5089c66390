"""Make an example project from its file, day by day, as if it had been recorded then.

`since` is the day on which the project was made here; `earlier` says what was otherwise until a
day. A milestone is there from the beginning when it has no `added_on`.
"""

import datetime
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pghistory
from django.utils import timezone

from accounts.models import User
from exchange.examples.demo.earlier import Table, as_it_was, days_of_change
from exchange.examples.demo.register import Register
from fkj_portfolio.history import true_from
from milestones.actions import move_milestone, set_baseline
from milestones.models import Milestone
from projects.models import Project, StatusReport

# The files give days; what happened on them is put at this time of the day.
MORNING = datetime.time(9)


class DemoStep(NamedTuple):
    """Something that somebody did on a day."""

    day: datetime.date
    by: User
    do: Callable[[], object]


def make_example(path: Path, register: Register) -> Project:
    """Make the example that a file describes; the name of the file is its name in addresses."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    example = _Example(table, slug=path.stem, register=register)
    # On one day they come in the order in which they are told.
    steps = sorted(example.steps(), key=lambda step: step.day)
    for (day, by), same_day in groupby(steps, key=lambda step: (step.day, step.by)):
        with pghistory.context(user=by.pk), true_from(day):
            for step in same_day:
                step.do()
    return example.project


class _Example:
    """The file of one project, and what has been made of it so far."""

    def __init__(self, table: Table, *, slug: str, register: Register) -> None:
        self.register = register
        self.since: datetime.date = table.pop("since")
        self.published_on: datetime.date | None = table.pop("published_on", None)
        self.earlier: list[Table] = table.pop("earlier", [])
        self.reports: list[Table] = table.pop("reports", [])
        self.rows: list[Table] = table.pop("milestones", [])
        self.baselines: list[Table] = table.pop("baselines", [])
        self.managers = [register.users[email] for email in table.pop("managers")]
        self.further_goals = [register.goals[each] for each in table.pop("further_goals", [])]
        self.table = table
        self.project = Project(slug=slug, is_example=True, **self._state(self.since))
        self.milestones = [_milestone(row, self.project) for row in self.rows]
        for position, milestone in enumerate(self.milestones, start=1):
            milestone.position = position

    def steps(self) -> Iterator[DemoStep]:
        """All that happened to the project, each kind of it in order."""
        office = self.register.office
        yield DemoStep(self.since, office, self._make)
        for day in days_of_change(self.earlier):
            yield DemoStep(day, office, partial(self._change, day))
        for row, milestone in zip(self.rows, self.milestones, strict=True):
            yield from self._steps_of_milestone(row, milestone)
        if self.published_on:
            yield DemoStep(self.published_on, office, partial(self._publish, self.published_on))
        for row in self.baselines:
            by = self.register.users[row["set_by"]]
            yield DemoStep(row["decided_on"], by, partial(self._set_baseline, row, by))
        for row in self.reports:
            by = self.register.users[row["reported_by"]]
            yield DemoStep(row["reported_on"], by, partial(self._report, row, by))

    def _steps_of_milestone(self, row: Table, milestone: Milestone) -> Iterator[DemoStep]:
        """Yield the steps of a milestone: what a project was given with, it had before it came here."""
        by = self.managers[0] if self.managers else self.register.office
        yield DemoStep(row.get("added_on", self.since), by, milestone.save)
        for move in row.get("moves", []):
            mover = self.register.users[move["moved_by"]]
            yield DemoStep(move["moved_on"], mover, partial(_move, milestone, move, mover))
        if day := row.get("delivered_on"):
            deliver = partial(milestone.deliver, on=day, by=by)
            yield DemoStep(max(day, self.since), by, deliver)
        if day := row.get("obsolete_on"):
            withdraw = partial(milestone.withdraw, on=day, reason=row["obsolete_reason"])
            yield DemoStep(max(day, self.since), by, withdraw)

    def _state(self, day: datetime.date) -> Table:
        """The fields of the project as they were on a day."""
        register = self.register
        state = as_it_was(self.table, self.earlier, day)
        return state | {
            "description": state.get("description", "").strip(),
            "main_goal": register.goals[state["main_goal"]],
            "owner": register.owners[state["owner"]],
            "contact": register.contacts[state["contact"]] if state.get("contact") else None,
            "segment": register.segments[state["segment"]] if "segment" in state else None,
        }

    def _make(self) -> None:
        self.project.save()
        self.project.further_goals.set(self.further_goals)
        self.project.managers.set(self.managers)

    def _change(self, day: datetime.date) -> None:
        state = self._state(day)
        for name, value in state.items():
            setattr(self.project, name, value)
        self.project.save(update_fields=list(state))

    def _publish(self, day: datetime.date) -> None:
        self.project.is_published, self.project.published_at = True, _morning_of(day)
        self.project.save(update_fields=["is_published", "published_at"])

    def _set_baseline(self, row: Table, by: User) -> None:
        set_baseline(
            project=self.project,
            milestones=[each for each in self.milestones if each.code in row["milestones"]],
            decision=row["decision"],
            decided_on=row["decided_on"],
            by=by,
        )

    def _report(self, row: Table, by: User) -> None:
        StatusReport.objects.create(
            **row | {"reported_by": by},
            project=self.project,
            owner_name=str(self.project.owner or ""),
            contact_name=str(self.project.contact or ""),
        )


def _milestone(row: Table, project: Project) -> Milestone:
    """The milestone as it was when it was added."""
    return Milestone(
        project=project,
        code=row.get("code", ""),
        title=row["title"],
        description=row.get("description", ""),
        original_due_on=row.get("original_due_on"),
        due_on=row.get("original_due_on"),
        is_delivered=row.get("is_delivered", False),
    )


def _move(milestone: Milestone, row: Table, by: User) -> None:
    move_milestone(
        milestone=milestone,
        to=row["to_date"],
        by=by,
        cause=row["cause"],
        reason=row["reason"],
        at=_morning_of(row["moved_on"]),
    )


def _morning_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, MORNING))
