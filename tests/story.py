"""The fixed story of the real project, as if everything had been recorded on its day.

Imported as of 15.02.2023, MP5 and MP6 moved in March, reports in April and May, MP7 withdrawn in
June. All of it was recorded now, so every day of the story shows what was true on it.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pghistory
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from accounts.models import PORTFOLIO_OFFICE, User
from exchange.scaffold.actions import import_page
from exchange.scaffold.old_page import read_old_page
from fkj_portfolio.history import true_from
from milestones.actions import move_milestone
from milestones.models import Cause, Milestone
from projects.models import Project, RiskLevel, Status

SEED = Path(__file__).parents[1] / "exchange/examples/demo/felles-kommunal-journal.txt"
MANAGER_EMAIL = "kari.nordmann@example.no"
OFFICE_EMAIL = "per.nordmann@example.no"

IMPORTED_ON = datetime.date(2023, 2, 15)
MP5_MOVED_ON = datetime.date(2023, 3, 10)
MP6_MOVED_ON = datetime.date(2023, 3, 20)
FIRST_REPORTED_ON = datetime.date(2023, 4, 12)
THEN_REPORTED_ON = datetime.date(2023, 5, 15)
MP7_WITHDRAWN_ON = datetime.date(2023, 6, 15)


def tell_story() -> Project:
    """Record the story, in the order in which it was true; return the project as it ends."""
    call_command("make_groups")
    call_command("make_vocabularies")
    kari = _user(MANAGER_EMAIL, "Kari Nordmann")
    _user(OFFICE_EMAIL, "Per Nordmann").groups.add(Group.objects.get(name=PORTFOLIO_OFFICE))
    project = _import(manager=kari)
    _move_in_march(project, by=kari)
    _report_in_april_and_may(project, by=kari)
    with _on(MP7_WITHDRAWN_ON, by=kari):
        _milestone(project, "MP7").withdraw(
            on=MP7_WITHDRAWN_ON, reason="Forankringen går videre i KS sine egne organer."
        )
    return Project.objects.get(pk=project.pk)


def _import(*, manager: User) -> Project:
    with pghistory.context(command="import_page", file=SEED.name):
        page = read_old_page(SEED.read_bytes())
        project = import_page(page=page, by=None, on=IMPORTED_ON).project
    with true_from(IMPORTED_ON):
        project.managers.add(manager)
    return project


def _move_in_march(project: Project, *, by: User) -> None:
    with _on(MP5_MOVED_ON, by=by):
        move_milestone(
            milestone=_milestone(project, "MP5"),
            to=datetime.date(2023, 6, 1),
            by=by,
            cause=Cause.SUPPLIER,
            reason="Ekstern kvalitetssikrer trenger mer tid.",
            at=_noon(MP5_MOVED_ON),
        )
    with _on(MP6_MOVED_ON, by=by):
        move_milestone(
            milestone=_milestone(project, "MP6"),
            to=datetime.date(2023, 6, 15),
            by=by,
            cause=Cause.DEPENDENCY,
            reason="Styret behandler saken når kvalitetssikringen er ferdig.",
            at=_noon(MP6_MOVED_ON),
        )


def _report_in_april_and_may(project: Project, *, by: User) -> None:
    with _on(FIRST_REPORTED_ON, by=by):
        project.report(
            status=Status.CHALLENGES,
            status_text="Kvalitetssikringen tar lengre tid enn planlagt.",
            risk_level=RiskLevel.MEDIUM,
            risk_text="Finansieringen etter 30.06.2023 er ikke avklart.",
            on=FIRST_REPORTED_ON,
            by=by,
        )
    with _on(THEN_REPORTED_ON, by=by):
        project.report(
            status=Status.MAJOR_CHALLENGES,
            status_text="Beslutningsunderlaget er ikke klart til styremøtet.",
            risk_level=RiskLevel.HIGH,
            risk_text="Uten finansiering stopper prosjektet.",
            on=THEN_REPORTED_ON,
            by=by,
        )


@contextmanager
def _on(day: datetime.date, *, by: User) -> Iterator[None]:
    """Record as true from a day, and who did it, as a page of the application does."""
    with pghistory.context(user=by.pk), true_from(day):
        yield


def _user(email: str, name: str) -> User:
    user, _made = User.objects.get_or_create(email=email, defaults={"name": name})
    return user


def _milestone(project: Project, code: str) -> Milestone:
    return project.milestones.get(code=code)


def _noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
