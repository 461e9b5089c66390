"""The overview of the portfolio, and what one asks of it."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "overview"
