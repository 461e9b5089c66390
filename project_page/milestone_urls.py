"""The commands on milestones, below the address of their project."""

from django.urls import path

from project_page.views.milestone.baseline import baseline_create
from project_page.views.milestone.dates import milestone_move
from project_page.views.milestone.delivery import milestone_deliver, milestone_reopen
from project_page.views.milestone.editing import milestone_create, milestone_edit
from project_page.views.milestone.withdrawal import milestone_restore, milestone_withdraw

app_name = "milestones"

urlpatterns = [
    path("ny/", milestone_create, name="milestone_create"),
    path("grunnlinje/", baseline_create, name="baseline_create"),
    path("<int:pk>/rediger/", milestone_edit, name="milestone_edit"),
    path("<int:pk>/lever/", milestone_deliver, name="milestone_deliver"),
    path("<int:pk>/gjenapne/", milestone_reopen, name="milestone_reopen"),
    path("<int:pk>/flytt/", milestone_move, name="milestone_move"),
    path("<int:pk>/utga/", milestone_withdraw, name="milestone_withdraw"),
    path("<int:pk>/gjenopprett/", milestone_restore, name="milestone_restore"),
]
