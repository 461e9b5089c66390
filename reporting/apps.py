"""What is told of the portfolio as a whole."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
