"""What has changed between two days."""

from django.urls import path

from history.between.views import changes

app_name = "reporting"

urlpatterns = [path("endringer/", changes, name="changes")]
