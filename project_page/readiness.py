"""Gaps on a project's page, in words, for those who are to read it."""

from django.utils.translation import gettext as _

from projects.models import Project


def missing_in(project: Project) -> list[str]:
    """Name what has not been given, in the order that people fill it in; it may be meant so."""
    given = {
        _("Ingress"): project.ingress,
        _("Strategic goal"): project.main_goal_id,
        _("Owner"): project.owner_id,
        _("Contact"): project.contact_id,
        _("Project manager"): project.managers.exists(),
        _("Deliveries"): project.milestones.exists(),
        _("Status report"): project.status_reports.exists(),
    }
    return [name for name, value in given.items() if not value]
