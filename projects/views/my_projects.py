"""What a project manager has to do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fkj_portfolio.http import MemberRequest
from projects.models import Project


@require_safe
def my_projects(request: MemberRequest) -> HttpResponse:
    """The projects that she manages, first what needs doing."""
    today = timezone.localdate()
    projects = Project.objects.managed_by(request.user).for_manager(today=today)
    return render(request, "projects/my_projects.html", {"projects": projects, "today": today})
