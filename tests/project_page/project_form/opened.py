"""The form of a project, opened and sent."""

from django.forms import ModelMultipleChoiceField as MultipleChoiceField
from django.test import Client
from django.urls import reverse

from projects.models import Project


def edit_url(project: Project) -> str:
    return reverse("projects:project_edit", args=[project.slug])


def opened(client: Client, url: str, **changes: object) -> dict[str, object]:
    """Return all that the form is opened with, hidden fields too, and what is typed over it."""
    form = client.get(url).context["form"]
    data: dict[str, object] = {}
    for bound in form:
        empty = [] if isinstance(bound.field, MultipleChoiceField) else ""
        value = bound.field.prepare_value(bound.initial)
        data[bound.html_name] = data[bound.html_initial_name] = value or empty
    return data | changes
