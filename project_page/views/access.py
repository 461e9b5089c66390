"""Access to projects: who may change one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from fkj_portfolio.http import MemberRequest
from projects.models import Project


def get_editable_project(request: MemberRequest, slug: str) -> Project:
    """Return a project that the user may change; within a transaction, locked when posted to.

    Everything done to a project and its milestones takes its turn here, so that what a
    form was checked against still stands when it is saved. Raises Http404 when there is
    none, PermissionDenied when she may only read it.
    """
    projects = Project.objects.all()
    if request.method == "POST":
        projects = projects.select_for_update(no_key=True)
    project = get_object_or_404(projects, slug=slug)
    if not project.is_editable_by(request.user):
        raise PermissionDenied
    return project
