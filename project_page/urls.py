"""A project's page with its reports, and one's own projects."""

from django.urls import path

from project_page.views import project, status_report
from project_page.views.my_projects import my_projects
from project_page.views.redaction import redaction_create
from project_page.views.status_report_detail import status_report_detail

urlpatterns = [
    path("mine/", my_projects, name="my_projects"),
    path("nytt-prosjekt/", project.project_create, name="project_create"),
    path("prosjekter/<slug:slug>/", project.project_detail, name="project_detail"),
    path("prosjekter/<slug:slug>/rediger/", project.project_edit, name="project_edit"),
    path("prosjekter/<slug:slug>/publiser/", project.project_publish, name="project_publish"),
    path("prosjekter/<slug:slug>/avpubliser/", project.project_unpublish, name="project_unpublish"),
    path("prosjekter/<slug:slug>/fjern-ord/", redaction_create, name="redaction_create"),
    path(
        "prosjekter/<slug:slug>/status/",
        status_report.status_report_create,
        name="status_report_create",
    ),
    path(
        "prosjekter/<slug:slug>/rapporter/<int:pk>/",
        status_report_detail,
        name="status_report_detail",
    ),
    path(
        "prosjekter/<slug:slug>/bekreft/",
        status_report.status_report_confirm,
        name="status_report_confirm",
    ),
    path("avvik/", status_report.gap_list, name="gap_list"),
]
