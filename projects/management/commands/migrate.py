"""Django's command, which touches no database that another version has made."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from fkj_portfolio.migrating import Autodetector
from fkj_portfolio.upgrades import refuse_other_history


class Command(migrate.Command):
    autodetector = Autodetector

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_other_history(connections[options["database"]])
        super().handle(*args, **options)
