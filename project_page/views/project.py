"""A project's page, and what is done to a project as a whole."""

import datetime
from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fkj_portfolio.compiled import Given, Statement, built_once
from fkj_portfolio.http import MemberRequest, SiteRequest, posted, require_form_methods
from fkj_portfolio.page_cache import remembered_for_readers
from milestones.models import Milestone
from pages.any_day import as_of_any_day, was_not_there
from project_page.forms.project import ProjectCreateForm, ProjectForm, ProjectOfficeForm
from project_page.readiness import missing_in
from project_page.views.access import get_editable_project
from projects.addresses import overview_address
from projects.as_of import seen_from_today
from projects.dimensions import PLAIN_FIELDS
from projects.models import PortfolioSettings, Project, StatusReport, StrategicGoal
from projects.models.portfolio_settings import SignalRules
from projects.register_lock import lock_register
from projects.words import trend_in_words


@login_not_required
@require_safe
@remembered_for_readers
@as_of_any_day
def project_detail(request: SiteRequest, slug: str, *, as_of: datetime.date | None) -> HttpResponse:
    """One project: how it goes, what it has promised, and what was reported before."""
    today = as_of or timezone.localdate()
    rules = PortfolioSettings.current()
    is_for_staff = request.user.is_authenticated
    project = _project(is_for_staff, rules.signal_rules, today).first(slug=slug)
    if project is None:
        return was_not_there(request, slug, as_of=as_of)

    seen = seen_from_today(project, request.user, as_of=as_of)
    can_edit = as_of is None and project.is_editable_by(request.user)
    reports = _reports().rows(project=project.pk)
    return render(
        request,
        "project_page/project_detail.html",
        {
            "project": project,
            "report": reports[0] if reports else None,
            "reports": reports,
            "trend": trend_in_words(reports),
            "milestones": _milestones_of(project),
            "main_goals": _with_addresses([project.main_goal] if project.main_goal else []),
            "further_goals": _with_addresses(_further_goals().rows(project=project.pk)),
            "owners_address": overview_address(owner=project.owner.slug) if project.owner else "",
            "facts": _facts_of(project),
            "contact_email": seen.email,
            "contact_phone": seen.phone,
            "is_internal": is_for_staff,
            "can_edit": can_edit,
            "shows_signal": rules.show_signal_to(may_edit=can_edit),
            "can_publish": as_of is None and request.user.has_perm("projects.change_project"),
            "can_set_baseline": as_of is None and request.user.has_perm("projects.change_project"),
            "today": today,
            "as_of": as_of,
            "recorded_on": seen.recorded_on,
            "is_there_today": seen.is_there,
        },
    )


@require_form_methods
@permission_required("projects.add_project", raise_exception=True)
@transaction.atomic
def project_create(request: MemberRequest) -> HttpResponse:
    """Make a project, which only staff see until it is published."""
    form = ProjectCreateForm(posted(request), today=timezone.localdate())
    if request.method == "POST":
        # A second click waits here, and then finds the title taken.
        lock_register()
        if form.is_valid():
            project = form.save()
            text = _("%(project)s is made. Publish it when everyone may see it.")
            messages.success(request, text % {"project": project})
            return redirect(project)

    return render(request, "project_page/project_form.html", {"project": None, "form": form})


@require_form_methods
@transaction.atomic
def project_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Change what a project is; the office may change more than its managers."""
    if request.method == "POST":
        # Nobody retires the owner or the contact that is chosen until it is saved.
        lock_register()
    project = get_editable_project(request, slug)
    is_office = request.user.has_perm("projects.change_project")
    form_class = ProjectOfficeForm if is_office else ProjectForm
    form = form_class(posted(request), instance=project, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes are saved."))
        return redirect(project)

    saved = Project.objects.get(pk=project.pk)
    return render(request, "project_page/project_form.html", {"project": saved, "form": form})


@require_form_methods
@permission_required("projects.change_project", raise_exception=True)
def project_publish(request: MemberRequest, slug: str) -> HttpResponse:
    """Say what the page lacks, and show a project to everyone."""
    project = get_object_or_404(Project, slug=slug)
    if request.method != "POST":
        context = {"project": project, "missing": missing_in(project)}
        return render(request, "project_page/project_publish.html", context)
    project.publish()
    text = _("%(project)s is published. Everyone can read it now.")
    messages.success(request, text % {"project": project})
    return redirect(project)


@require_form_methods
@permission_required("projects.change_project", raise_exception=True)
def project_unpublish(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask, and show a project to staff only."""
    project = get_object_or_404(Project, slug=slug)
    if request.method != "POST":
        return render(request, "project_page/project_unpublish.html", {"project": project})
    project.unpublish()
    text = _("%(project)s is no longer published. Only staff can read it now.")
    messages.success(request, text % {"project": project})
    return redirect(project)


@built_once
def _project(is_for_staff: bool, rules: SignalRules, today: datetime.date) -> Statement[Project]:
    visible = Project.objects.visible(is_for_staff=is_for_staff)
    return Statement(visible.for_page(rules=rules, today=today).filter(slug=Given("slug")))


@built_once
def _reports() -> Statement[StatusReport]:
    return Statement(StatusReport.objects.filter(project=Given("project")).for_timeline())


def _milestones_of(project: Project) -> list[Milestone]:
    milestones = _milestones().rows(project=project.pk)
    for milestone in milestones:
        milestone.project = project
    return milestones


@built_once
def _milestones() -> Statement[Milestone]:
    return Statement(Milestone.objects.filter(project=Given("project")).for_project_page())


@built_once
def _further_goals() -> Statement[StrategicGoal]:
    return Statement(StrategicGoal.objects.filter(further_projects=Given("project")).in_order())


def _facts_of(project: Project) -> list[tuple[str, str]]:
    """Say what is kept of it in plain fields, each with its label."""
    said = [(str(each.label), each.text_of(project)) for each in PLAIN_FIELDS]
    return [(label, words) for label, words in said if words]


def _with_addresses(goals: Iterable[StrategicGoal]) -> list[tuple[StrategicGoal, str]]:
    """Give each goal the address of the projects that serve it."""
    return [(goal, overview_address(goal=goal.slug)) for goal in goals]
