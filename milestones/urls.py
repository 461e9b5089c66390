"""The commands on milestones, below the address of their project."""

from django.urls import path

from milestones import views

app_name = "milestones"

urlpatterns = [
    path("ny/", views.milestone_create, name="milestone_create"),
    path("grunnlinje/", views.baseline_create, name="baseline_create"),
    path("<int:pk>/rediger/", views.milestone_edit, name="milestone_edit"),
    path("<int:pk>/lever/", views.milestone_deliver, name="milestone_deliver"),
    path("<int:pk>/gjenapne/", views.milestone_reopen, name="milestone_reopen"),
    path("<int:pk>/flytt/", views.milestone_move, name="milestone_move"),
    path("<int:pk>/utga/", views.milestone_withdraw, name="milestone_withdraw"),
    path("<int:pk>/gjenopprett/", views.milestone_restore, name="milestone_restore"),
]
