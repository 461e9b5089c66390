"""What is told of the portfolio as a whole."""

from django.urls import path

from reporting import views

app_name = "reporting"

urlpatterns = [path("endringer/", views.changes, name="changes")]
