from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What the pages of several rooms share."""

    name = "pages"
