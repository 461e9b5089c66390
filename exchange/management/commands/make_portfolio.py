"""Fill an empty database with a synthetic portfolio, to measure with."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.examples.synthetic.portfolio import make_portfolio, models_in_use


class Command(BaseCommand):
    """Makes a portfolio that can't be told from a real one by looking at it, so it is never mixed with one: the
    database must be migrated and hold nothing, no project, register, user or history.
    """

    help = "Fill an empty database with a fixed synthetic portfolio, to measure with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--projects", type=int, required=True, help="how many to make")

    def handle(self, *args: Any, projects: int, **options: Any) -> None:
        if projects < 1:
            raise CommandError(_("There must be one project at least."))
        if found := models_in_use():
            names = ", ".join(str(model._meta.verbose_name_plural) for model in found)
            raise CommandError(
                _(
                    "This database holds something already (%(names)s). Name an empty one by"
                    " DATABASE_URL, and migrate it first."
                )
                % {"names": names}
            )
        began = time.perf_counter()
        with connection.cursor() as cursor:
            # Reports may not be of a day to come by the clock of the database.
            cursor.execute("SELECT (now() AT TIME ZONE 'Europe/Oslo')::date")
            (today,) = cursor.fetchone()
        make_portfolio(projects, today=today)
        seconds = time.perf_counter() - began
        self.stdout.write(
            ngettext(
                "%(count)s project in %(seconds)s s, %(rate)s a second.",
                "%(count)s projects in %(seconds)s s, %(rate)s a second.",
                projects,
            )
            % {
                "count": number_format(projects, force_grouping=True),
                "seconds": number_format(seconds, decimal_pos=1),
                "rate": number_format(projects / seconds, decimal_pos=0, force_grouping=True),
            }
        )
