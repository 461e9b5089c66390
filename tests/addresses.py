"""Every address of the site, so that what is to be nowhere is looked for everywhere."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

from projects.models import Project


def addresses_about(project: Project) -> Iterator[str]:
    """Every address of the portfolio's pages; where one names a thing, a thing of this project."""
    milestone, report = project.milestones.first(), project.status_reports.first()
    keys = {
        "milestones": milestone and milestone.pk,
        "status_report_detail": report and report.pk,
        "contact": project.contact_id,
        "owner": project.owner_id,
    }
    for name, parameters in _named(get_resolver().url_patterns):
        room, _colon, page = name.partition(":")
        if room not in ("projects", "milestones", "reporting"):
            continue
        key = keys.get(page) or keys.get(room) or keys.get(page.partition("_")[0]) or 1
        slug = "alle" if page.startswith("saved_view") else project.slug
        values = {"slug": slug, "pk": key}
        yield reverse(name, kwargs={each: values[each] for each in parameters})


def _named(
    patterns: list[Any], parameters: tuple[str, ...] = (), room: str = ""
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        names = (*parameters, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, names, pattern.namespace or room)
        elif pattern.name:
            yield f"{room}:{pattern.name}", names
