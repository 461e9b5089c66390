"""Access to milestones: those may change one who may change its project."""

from django.shortcuts import get_object_or_404

from fkj_portfolio.http import MemberRequest
from milestones.models import Milestone
from project_page.views.access import get_editable_project


def get_editable_milestone(request: MemberRequest, slug: str, pk: int) -> Milestone:
    """Return a milestone of the project with this name in addresses, and of no other.

    The lock on the project holds for its milestones too.
    """
    return get_object_or_404(get_editable_project(request, slug).milestones.all(), pk=pk)
