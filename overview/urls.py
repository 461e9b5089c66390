"""The overview, its search, its saved views, and changing several projects at once."""

from django.urls import path

from overview.bulk.views import several_change, several_detail, several_undo
from overview.saved import views as saved
from overview.search.views import search
from overview.views import overview

urlpatterns = [
    path("", overview, name="overview"),
    path("sok/", search, name="search"),
    path("endre-flere/", several_change, name="several_change"),
    path("endre-flere/<int:pk>/", several_detail, name="several_detail"),
    path("endre-flere/<int:pk>/angre/", several_undo, name="several_undo"),
    path("visninger/", saved.saved_view_list, name="saved_view_list"),
    path("visninger/ny/", saved.saved_view_create, name="saved_view_create"),
    path("visninger/<slug:slug>/", saved.saved_view_detail, name="saved_view_detail"),
    path("visninger/<slug:slug>/rediger/", saved.saved_view_edit, name="saved_view_edit"),
    path("visninger/<slug:slug>/lagre/", saved.saved_view_save, name="saved_view_save"),
    path("visninger/<slug:slug>/slett/", saved.saved_view_delete, name="saved_view_delete"),
    path(
        "visninger/<slug:slug>/start/",
        saved.saved_view_set_default,
        name="saved_view_set_default",
    ),
    path(
        "visninger/<slug:slug>/ikke-start/",
        saved.saved_view_unset_default,
        name="saved_view_unset_default",
    ),
]
