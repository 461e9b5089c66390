"""The log of a project, and of the whole portfolio."""

from django.urls import path

from history.views import history, project_history

urlpatterns = [
    path("prosjekter/<slug:slug>/historikk/", project_history, name="project_history"),
    path("historikk/", history, name="history"),
]
