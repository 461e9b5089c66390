"""Who may change the milestones of a project, and one at a time."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from fkj_portfolio.http import MemberRequest
from milestones.models import Milestone
from projects.models import Project


def get_editable_project(request: MemberRequest, slug: str) -> Project:
    """Return the project, held until the transaction ends when something is posted.

    Everything done to the milestones of a project takes its turn here, so that
    what a form was checked against still stands when it is saved.
    """
    projects = Project.objects.visible_to(request.user)
    if request.method == "POST":
        projects = projects.select_for_update(no_key=True)
    project: Project = get_object_or_404(projects, slug=slug)
    if not project.is_editable_by(request.user):
        raise PermissionDenied
    return project


def get_editable_milestone(request: MemberRequest, slug: str, pk: int) -> Milestone:
    """Return a milestone of the project with this name in addresses, and of no other."""
    project = get_editable_project(request, slug)
    milestones = project.milestones.all()
    if request.method == "POST":
        milestones = milestones.select_for_update(no_key=True)
    return get_object_or_404(milestones, pk=pk)
