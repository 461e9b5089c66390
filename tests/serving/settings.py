"""The settings of the site, with addresses beside its own that behave as a server has to bear."""

from fkj_portfolio.settings import *  # noqa: F403

ROOT_URLCONF = "tests.serving.urls"
# Files are served under their own names; those with checksums are for a real start.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Nothing is collected for the tests.
WHITENOISE_USE_FINDERS = True
