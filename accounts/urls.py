"""Login and logout, by django-allauth."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.account.urls"))]
