"""Django's command, which also sees files of SQL and the views of any day."""

from django.core.management.commands import makemigrations

from fkj_portfolio.migrating import Autodetector


class Command(makemigrations.Command):
    autodetector = Autodetector
