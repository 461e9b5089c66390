"""The log of all that happens, and what has changed between two days."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "history"
