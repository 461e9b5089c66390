"""The page of a project, its reports, and the commands on its deliveries."""

from django.apps import AppConfig


class ProjectPageConfig(AppConfig):
    name = "project_page"
