"""A project full of the words, on a fixed day."""

import datetime

import pghistory
import pytest

from milestones.actions import move_milestone, set_baseline
from projects.models import Project
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    ProjectFactory,
    StatusReportFactory,
)
from tests.past import at, day
from tests.projects.redaction.words import NAME


@pytest.fixture(autouse=True)
def _today(time_machine):
    """The clock of the application; the database has its own."""
    time_machine.move_to(datetime.datetime(2026, 9, 3, 9, tzinfo=datetime.UTC))


@pytest.fixture
def named(manager, office):
    """A project with the name in every text that it has ever had, also in those that are gone."""
    with at("2026-03-02"), pghistory.context(user=manager.pk, file="ola-nordmann.txt"):
        project = ProjectFactory(
            title=f"Journal for {NAME}",
            slug="journal-for-ola-nordmann",
            ingress=f"{NAME} prøver ut.",
            description=f"Kontakt {NAME}s lege.",
            link_url="https://www.ks.no/nordmann",
            link_text=f"Om {NAME}",
            contact=ContactFactory(name="Kari Berg"),
            managers=[manager],
        )
        milestone = MilestoneFactory(
            project=project,
            code="MP1",
            title=f"Avtale med {NAME}",
            description="OLA\nNORDMANN signerer.",
            due_on=day("2026-06-30"),
        )
        gone = MilestoneFactory(project=project, code="Nordmann", title=f"Møte med {NAME}")
    with at("2026-04-02"), pghistory.context(user=manager.pk):
        StatusReportFactory(
            project=project,
            reported_by=manager,
            reported_on=day("2026-04-02"),
            status_text=f"{NAME} er syk.",
            risk_text=f"Uten {NAME} stopper det.",
            gap_reason=f"{NAME} kommer tilbake.",
            owner_name=f"{NAME} AS",
            contact_name=NAME,
        )
        move_milestone(
            milestone=milestone,
            to=day("2026-11-30"),
            by=manager,
            cause="other",
            reason=f"{NAME} er syk.",
        )
        gone.delete()
    with at("2026-05-04"), pghistory.context(user=office.pk):
        set_baseline(
            project=project,
            milestones=[milestone],
            decision=f"Etter møte med {NAME}",
            decided_on=day("2026-05-04"),
            by=office,
        )
        milestone.refresh_from_db()
        milestone.withdraw(on=day("2026-05-04"), reason=f"{NAME} sa nei.")
    with at("2026-06-01"), pghistory.context(user=manager.pk):
        Project.objects.filter(pk=project.pk).update(title=f"Ny journal for {NAME}")
        StatusReportFactory(
            project=project, reported_on=day("2026-06-01"), status_text="Alt er bra."
        )
    return project
