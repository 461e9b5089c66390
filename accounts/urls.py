"""Login, logout, passwords and sessions: django-allauth's views at Norwegian addresses, and ours.

Only what we offer: nobody signs up, and administrators keep the e-mail addresses.
"""

from allauth.account import views
from django.urls import path, re_path

from accounts.views import (
    kept_form_discard,
    security_log,
    session_end,
    session_end_others,
    session_list,
)

urlpatterns = [
    path("logg-inn/", views.login, name="account_login"),
    path("logg-ut/", views.logout, name="account_logout"),
    path("skjema/kast/", kept_form_discard, name="kept_form_discard"),
    path("stengt/", views.account_inactive, name="account_inactive"),
    path("innlogginger/", session_list, name="account_sessions"),
    path("innlogginger/avslutt/", session_end_others, name="account_sessions_end"),
    path("innlogginger/<str:handle>/avslutt/", session_end, name="account_session_end"),
    path("sikkerhetslogg/", security_log, name="account_security_log"),
    path("passord/endre/", views.password_change, name="account_change_password"),
    path("passord/velg/", views.password_set, name="account_set_password"),
    path("passord/glemt/", views.password_reset, name="account_reset_password"),
    path("passord/glemt/sendt/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "passord/nytt/ferdig/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^passord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
