"""The addresses of the site, Norwegian because people read them."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("projects.urls")),
    path("", include("reporting.urls")),
    path("prosjekter/<slug:slug>/leveranser/", include("milestones.urls")),
    path("konto/", include("accounts.urls")),
    path("sprak/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
]
