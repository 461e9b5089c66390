"""Make an example project from its file: the project, its reports and its milestones."""

import datetime
import tomllib
from pathlib import Path

from django.utils import timezone

from accounts.models import User
from exchange.demo.register import Register, Table
from milestones.models import DateMove, Milestone
from projects.models import Project, StatusReport

# The files give days; what happened on them is put at this time of the day.
MORNING = datetime.time(9)


def make_example(path: Path, register: Register) -> Project:
    """Make the example that a file describes; the name of the file is its name in addresses."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    reports, milestones = table.pop("reports", []), table.pop("milestones", [])
    managers = [register.users[email] for email in table.pop("managers", [])]
    project = _make_project(table, slug=path.stem, managers=managers, register=register)
    StatusReport.objects.bulk_create(_report(row, project, register) for row in reports)
    _make_milestones(milestones, project=project, managers=managers, register=register)
    return project


def _make_project(table: Table, *, slug: str, managers: list[User], register: Register) -> Project:
    further_goals = [register.goals[number] for number in table.pop("further_goals", [])]
    published_on = table.pop("published_on", None)
    project = Project.objects.create(
        **table
        | {
            "slug": slug,
            "description": table.get("description", "").strip(),
            "main_goal": register.goals[table["main_goal"]],
            "owner": register.owners[table["owner"]],
            "contact": register.contacts[table["contact"]] if "contact" in table else None,
            "segment": register.segments[table["segment"]] if "segment" in table else None,
            "is_published": published_on is not None,
            "published_at": _morning_of(published_on) if published_on else None,
            "is_example": True,
        }
    )
    project.further_goals.set(further_goals)
    project.managers.set(managers)
    return project


def _report(row: Table, project: Project, register: Register) -> StatusReport:
    """A report names the contact of that time when it was another than today's."""
    contact_name = row.pop("contact", None) or str(project.contact or "")
    return StatusReport(
        **row | {"reported_by": register.users[row["reported_by"]]},
        project=project,
        owner_name=str(project.owner or ""),
        contact_name=contact_name,
    )


def _make_milestones(
    rows: list[Table], *, project: Project, managers: list[User], register: Register
) -> None:
    moves_of_each = [row.pop("moves", []) for row in rows]
    milestones = Milestone.objects.bulk_create(
        _milestone(
            row | {"position": position},
            project=project,
            moves=moves,
            by=managers[0] if managers else None,
        )
        for position, (row, moves) in enumerate(zip(rows, moves_of_each, strict=True), start=1)
    )
    DateMove.objects.bulk_create(
        move
        for milestone, moves in zip(milestones, moves_of_each, strict=True)
        for move in _date_moves(moves, milestone, register)
    )


def _milestone(row: Table, *, project: Project, moves: list[Table], by: User | None) -> Milestone:
    """The due date is where the last move left it; the first manager recorded the delivery."""
    due_on = moves[-1]["to_date"] if moves else row.get("original_due_on")
    return Milestone(
        **{"is_delivered": "delivered_on" in row} | row,
        project=project,
        due_on=due_on,
        delivered_by=by if "delivered_on" in row else None,
        is_obsolete="obsolete_on" in row,
    )


def _date_moves(rows: list[Table], milestone: Milestone, register: Register) -> list[DateMove]:
    """Each move starts where the one before it ended."""
    from_dates = [milestone.original_due_on, *(row["to_date"] for row in rows)]
    return [
        DateMove(
            milestone=milestone,
            from_date=from_date,
            to_date=row["to_date"],
            cause=row["cause"],
            reason=row["reason"],
            moved_by=register.users[row["moved_by"]],
            moved_at=_morning_of(row["moved_on"]),
        )
        for from_date, row in zip(from_dates, rows, strict=False)
    ]


def _morning_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, MORNING))
