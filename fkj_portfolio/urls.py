"""The addresses of the site, Norwegian because people read them."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.defaults import page_not_found
from django.views.i18n import set_language

from fkj_portfolio import health

handler400 = "fkj_portfolio.refusals.bad_request"
handler500 = "fkj_portfolio.outages.error_page"

PROJECTS = [
    path("", include(f"{room}.urls"))
    for room in ("overview", "project_page", "register", "history")
]

urlpatterns = [
    path("helse/lever", health.alive, name="alive"),
    path("helse/klar", health.ready, name="ready"),
    # One name for all that is about projects, whichever room answers.
    path("", include((PROJECTS, "projects"))),
    path("", include("history.between.urls")),
    path("prosjekter/<slug:slug>/leveranser/", include("project_page.milestone_urls")),
    path("konto/", include("accounts.urls")),
    # Whoever makes a reader choose a language gains nothing, and so her pages need no token of her own.
    path("sprak/", csrf_exempt(login_not_required(set_language)), name="set_language"),
    # What is in the admin has no page on the site, and where there is none Django fails.
    re_path("^admin/r/", page_not_found, {"exception": Http404()}),
    path("admin/", admin.site.urls),
]
