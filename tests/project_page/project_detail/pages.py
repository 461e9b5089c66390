"""The page of a project."""

from django.urls import reverse

from projects.models import Project


def page_of(project: Project) -> str:
    return reverse("projects:project_detail", args=[project.slug])
