"""Page of what a project manager has to do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fkj_portfolio.http import MemberRequest
from projects.models import PortfolioSettings, Project


@require_safe
def my_projects(request: MemberRequest) -> HttpResponse:
    """The projects that she manages, first what needs doing."""
    today = timezone.localdate()
    rules = PortfolioSettings.current()
    projects = Project.objects.managed_by(request.user).for_manager(
        rules=rules.signal_rules, today=today
    )
    context = {
        "projects": projects,
        "sees_gaps": request.user.has_perm("projects.change_project"),
        "today": today,
    }
    return render(request, "project_page/my_projects.html", context)
