"""Writing of what comes in from outside and is kept in more than one table."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User
from exchange.scaffold.checks import check
from exchange.scaffold.deliveries import bring_up_to
from exchange.scaffold.matching import same_text
from exchange.scaffold.old_page import OldPage, OldPageError
from exchange.scaffold.old_page.markdown import escape
from exchange.scaffold.past import first_day_of, moment, past_is_open
from exchange.scaffold.register import find_contact, find_goals, find_owner, find_segment
from fkj_portfolio.forms import is_on_the_web
from fkj_portfolio.history import true_from
from projects.models import Project, RiskLevel, Status, StatusReport, StrategicGoal
from projects.models.fields import norwegian_slug
from projects.register_lock import lock_register

STATUSES = {
    "Under kontroll": Status.ON_TRACK,
    "Noen utfordringer": Status.CHALLENGES,
    "Betydelige utfordringer": Status.MAJOR_CHALLENGES,
}
RISKS = {
    "Lav": RiskLevel.LOW,
    "Middels": RiskLevel.MEDIUM,
    "Høy": RiskLevel.HIGH,
    "Ikke rapportert": RiskLevel.NOT_REPORTED,
}


@dataclass
class ImportOutcome:
    """Outcome of a page: the project, what changed, and what to look at, a sentence each."""

    project: Project
    facts: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@transaction.atomic
def import_page(*, page: OldPage, by: User | None, on: datetime.date) -> ImportOutcome:
    """Make the project of a page that was true on a day, or bring it up to the page.

    It is recorded as true from that day. What people have recorded here since is kept, and so
    is what a page leaves out. Of a page older than what is on record only the report is taken,
    and recorded today, so that every day stays as it was shown.

    Raises OldPageError for a goal that does not exist, for what is too long to keep, and when words
    have been taken away from the project.
    """
    lock_register()
    goals = find_goals(page)
    outcome = ImportOutcome(project=_find_project(page))
    if outcome.project.pk and outcome.project.redactions.exists():
        raise OldPageError(
            gettext(
                "Words have been taken away from this project, and the page may bring them back."
                " It is not read; write what is new on the project's page."
            )
        )
    if outcome.project.pk is None:
        start = first_day_of(outcome.project, on)
        _take_page(page, outcome, goals, by=by, on=on, start=start)
    elif _is_outdated(outcome.project, on):
        _take_report(page, outcome, by=by, on=on)
    else:
        _take_page(page, outcome, goals, by=by, on=on, start=on)
    if not outcome.facts:
        outcome.facts.append(gettext("Nothing has changed."))
    return outcome


def _is_outdated(project: Project, on: datetime.date) -> bool:
    has_newer_report = project.status_reports.filter(reported_on__gt=on).exists()
    return has_newer_report or not past_is_open(project, on)


def _take_page(
    page: OldPage,
    outcome: ImportOutcome,
    goals: list[StrategicGoal],
    *,
    by: User | None,
    on: datetime.date,
    start: datetime.date,
) -> None:
    """Record all that the page of a day says, as true from the start."""
    with true_from(start):
        _update_project(page, outcome, goals, start=start)
        outcome.facts += bring_up_to(page, outcome.project, on=on, warnings=outcome.warnings)
        _report(page, outcome, by=by, on=on)
    if outcome.facts and start < timezone.localdate():
        message = gettext("What is new is recorded as true from %(date)s.")
        outcome.facts.append(message % {"date": date_format(start, "SHORT_DATE_FORMAT")})
    elif start != on:
        outcome.facts.append(
            gettext(
                "Another project, deleted since, had this title then,"
                " so the project stands here from today on."
            )
        )


def _take_report(
    page: OldPage, outcome: ImportOutcome, *, by: User | None, on: datetime.date
) -> None:
    """Record only the report of the page, with its own day but as known from today."""
    outcome.facts.append(
        gettext(
            "The page is older than what is on record here; only its report was looked at."
            " What is new is recorded today, and earlier days look as they did."
            " Read the oldest version of a page first; without --on all that it says"
            " is recorded as true from today."
        )
    )
    _report(page, outcome, by=by, on=on)


def _find_project(page: OldPage) -> Project:
    """The project with the title, or that had it once, or has its address; else a new one."""
    projects = Project.objects.order_by("pk")
    found = (
        projects.filter(title__iexact=page.title).first()
        or projects.filter(events__title__iexact=page.title).first()
        or projects.filter(slug=norwegian_slug(page.title)[:90]).first()
    )
    if found is None:
        return Project(title=page.title, slug=Project.objects.free_slug(page.title[:90]))
    return Project.objects.select_for_update(no_key=True).get(pk=found.pk)


def _update_project(
    page: OldPage, outcome: ImportOutcome, goals: list[StrategicGoal], *, start: datetime.date
) -> None:
    """Save what is different; a project read for the first time is published."""
    project, facts = outcome.project, outcome.facts
    is_new = project.pk is None
    changed = _take_over(page, project, goals, facts)
    if project.published_at is None:
        project.is_published, project.published_at = True, moment(start)
        changed += ["is_published", "published_at"]
    if is_new:
        facts.insert(0, gettext("New project: %(title)s.") % {"title": project.title})
    check(project)
    if is_new:
        project.save()
    elif changed:
        project.save(update_fields=changed)
        facts.append(gettext("Changed: %(fields)s.") % {"fields": _names(changed)})
    if "is_published" in changed:
        message = gettext("The project is published at %(address)s.")
        facts.append(message % {"address": project.get_absolute_url()})
    if goals and set(goals[1:]) != set(project.further_goals.all()):
        project.further_goals.set(goals[1:])
        if not is_new:
            facts.append(gettext("Changed: %(fields)s.") % {"fields": gettext("further goals")})


def _take_over(
    page: OldPage, project: Project, goals: list[StrategicGoal], facts: list[str]
) -> list[str]:
    """Set what the page says on the project, unsaved; return the names of what is different."""
    owner = find_owner(page, project, facts)
    description, link_text, link_url = _description_and_link(page, project)
    said = {
        "ingress": page.ingress,
        "description": description,
        "link_text": link_text,
        "link_url": link_url,
        "main_goal": goals[0] if goals else None,
        "owner": owner,
        "contact": find_contact(page, project, owner, facts),
        "segment": find_segment(page, project, facts),
    }
    changed = [name for name, value in said.items() if _is_news(value, project, name, page)]
    for name in changed:
        setattr(project, name, said[name])
    return changed


def _is_news(value: object, project: Project, name: str, page: OldPage) -> bool:
    """Return whether the page says something, and something else than what is on record."""
    before = getattr(project, name)
    if isinstance(value, str) and isinstance(before, str) and same_text(value, before, page):
        return False
    return bool(value) and value != before


def _description_and_link(page: OldPage, project: Project) -> tuple[str, str, str]:
    """A line that leads to more reading and has lost its address ends the long text."""
    if page.link_text == project.link_text and not page.link_url:
        return page.description, "", ""
    try:
        is_on_the_web(page.link_url)
    except ValidationError:
        texts = [page.description, escape(page.link_text)]
        return "\n\n".join(text for text in texts if text), "", ""
    return page.description, page.link_text, page.link_url


def _report(page: OldPage, outcome: ImportOutcome, *, by: User | None, on: datetime.date) -> None:
    """Publish a status report when the page says something else than the report of its day."""
    if page.status is None:
        outcome.facts += _about_missing_status(page)
        return
    project = outcome.project
    reports = project.status_reports.filter(reported_on__lte=on)
    if not _is_reported(page, reports.newest_first().first()):
        report = StatusReport(
            project=project,
            status=STATUSES[page.status],
            status_text=page.status_text,
            risk_level=RISKS[page.risk or "Ikke rapportert"],
            risk_text=page.risk_text,
            reported_on=on,
            reported_by=by,
            owner_name=page.owner_name or str(project.owner or ""),
            contact_name=page.contact_name or str(project.contact or ""),
        )
        report.save()
        message = gettext("New status report of %(date)s: %(status)s, risk: %(risk)s.")
        outcome.facts.append(
            message
            % {
                "date": date_format(on, "SHORT_DATE_FORMAT"),
                "status": report.get_status_display(),
                "risk": report.get_risk_level_display(),
            }
        )


def _is_reported(page: OldPage, report: StatusReport | None) -> bool:
    if report is None or page.status is None or report.status != STATUSES[page.status]:
        return False
    is_cut_before_risk = page.is_cut and page.risk is None
    has_risk = is_cut_before_risk or report.risk_level == RISKS[page.risk or "Ikke rapportert"]
    has_status_text = same_text(page.status_text, report.status_text, page)
    return has_risk and has_status_text and same_text(page.risk_text, report.risk_text, page)


def _about_missing_status(page: OldPage) -> list[str]:
    facts = [gettext("The page has no status, so it gives no status report.")]
    if page.risk:
        message = gettext("The risk (%(risk)s) was left out, for it belongs to a report.")
        facts.append(message % {"risk": page.risk})
    if page.status_text or page.risk_text:
        facts.append(
            gettext("The texts about status and risk were left out, for they belong to a report.")
        )
    return facts


def _names(fields: list[str]) -> str:
    """The fields as people call them; when something was published goes without saying."""
    names = [
        gettext("publication")
        if name == "is_published"
        else str(Project._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in fields
        if name != "published_at"
    ]
    return ", ".join(names)
