"""What the database keeps of each project, so that no list has to count."""

import datetime

from django.db import models
from django.db.models import Q

from projects.models.status_report import RiskLevel, Status, StatusReport


def is_overdue(*, today: datetime.date) -> Q:
    """Select the projects with an outstanding milestone whose due date has passed."""
    return Q(figures__next_due_on__lt=today)


class ProjectFigures(models.Model):
    """What a project's milestones and reports come to; one row for each project.

    Kept by the database alone (projects/sql/figures.sql): whoever changes a milestone, a move or a
    report changes the figures with it. As of a day in the past the same are computed from the history.
    """

    project = models.OneToOneField(
        "projects.Project",
        # The foreign key is made there: the row goes when the project goes.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="figures",
    )
    milestone_count = models.PositiveIntegerField(
        default=0, help_text="The one counting rule: without what was withdrawn undelivered."
    )
    delivered_count = models.PositiveIntegerField(default=0)
    obsolete_count = models.PositiveIntegerField(default=0)
    often_moved_count = models.PositiveIntegerField(
        default=0, help_text="Outstanding milestones that were moved twice or more."
    )
    next_due_on = models.DateField(null=True, help_text="The earliest among the outstanding.")
    furthest_behind_since = models.DateField(
        null=True, help_text="The earliest date that the slip of an outstanding one counts from."
    )
    report = models.ForeignKey(
        StatusReport,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        help_text="The newest.",
    )
    # Null, not empty: nothing was reported.
    status = models.CharField(max_length=20, choices=Status, null=True)  # noqa: DJ001
    previous_status = models.CharField(max_length=20, choices=Status, null=True)  # noqa: DJ001
    risk_level = models.CharField(max_length=20, choices=RiskLevel, null=True)  # noqa: DJ001
    reported_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "figures of projects"

    def __str__(self) -> str:
        return f"{self.project_id}: {self.delivered_count}/{self.milestone_count}"
