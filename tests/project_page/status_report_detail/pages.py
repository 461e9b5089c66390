"""The page of a report."""

import datetime

from django.urls import reverse

from projects.models import StatusReport


def page_of(report: StatusReport) -> str:
    return reverse("projects:status_report_detail", args=[report.project.slug, report.pk])


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
