"""Django's command, which also sees files of SQL and the views of any day."""

from django.core.management.commands import migrate

from fkj_portfolio.migrating import Autodetector


class Command(migrate.Command):
    autodetector = Autodetector
