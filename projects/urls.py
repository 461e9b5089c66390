"""The overview, the projects and the register."""

from django.urls import path

from projects import views

app_name = "projects"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("sok/", views.search, name="search"),
    path("mine/", views.my_projects, name="my_projects"),
    path("nytt-prosjekt/", views.project_create, name="project_create"),
    path("prosjekter/<slug:slug>/", views.project_detail, name="project_detail"),
    path("prosjekter/<slug:slug>/rediger/", views.project_edit, name="project_edit"),
    path(
        "prosjekter/<slug:slug>/publiser/",
        views.project_publish,
        name="project_publish",
    ),
    path(
        "prosjekter/<slug:slug>/avpubliser/",
        views.project_unpublish,
        name="project_unpublish",
    ),
    path(
        "prosjekter/<slug:slug>/fjern-ord/",
        views.redaction_create,
        name="redaction_create",
    ),
    path(
        "prosjekter/<slug:slug>/status/",
        views.status_report_create,
        name="status_report_create",
    ),
    path(
        "prosjekter/<slug:slug>/rapporter/<int:pk>/",
        views.status_report_detail,
        name="status_report_detail",
    ),
    path(
        "prosjekter/<slug:slug>/bekreft/",
        views.status_report_confirm,
        name="status_report_confirm",
    ),
    path("avvik/", views.gap_list, name="gap_list"),
    path(
        "prosjekter/<slug:slug>/historikk/",
        views.project_history,
        name="project_history",
    ),
    path("historikk/", views.history, name="history"),
    path("endre-flere/", views.several_change, name="several_change"),
    path("endre-flere/<int:pk>/", views.several_detail, name="several_detail"),
    path("endre-flere/<int:pk>/angre/", views.several_undo, name="several_undo"),
    path("visninger/", views.saved_view_list, name="saved_view_list"),
    path("visninger/ny/", views.saved_view_create, name="saved_view_create"),
    path("visninger/<slug:slug>/", views.saved_view_detail, name="saved_view_detail"),
    path("visninger/<slug:slug>/rediger/", views.saved_view_edit, name="saved_view_edit"),
    path("visninger/<slug:slug>/lagre/", views.saved_view_save, name="saved_view_save"),
    path("visninger/<slug:slug>/slett/", views.saved_view_delete, name="saved_view_delete"),
    path(
        "visninger/<slug:slug>/start/",
        views.saved_view_set_default,
        name="saved_view_set_default",
    ),
    path(
        "visninger/<slug:slug>/ikke-start/",
        views.saved_view_unset_default,
        name="saved_view_unset_default",
    ),
    path("eiere/", views.owner_list, name="owner_list"),
    path("eiere/ny/", views.owner_create, name="owner_create"),
    path("eiere/<int:pk>/", views.owner_detail, name="owner_detail"),
    path("eiere/<int:pk>/rediger/", views.owner_edit, name="owner_edit"),
    path("eiere/<int:pk>/overfor/", views.owner_hand_over, name="owner_hand_over"),
    path("eiere/<int:pk>/slett/", views.owner_delete, name="owner_delete"),
    path("kontakter/ny/", views.contact_create, name="contact_create"),
    path("kontakter/<int:pk>/", views.contact_detail, name="contact_detail"),
    path("kontakter/<int:pk>/rediger/", views.contact_edit, name="contact_edit"),
    path("kontakter/<int:pk>/overfor/", views.contact_hand_over, name="contact_hand_over"),
    path("kontakter/<int:pk>/slett/", views.contact_delete, name="contact_delete"),
]
