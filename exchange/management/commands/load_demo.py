"""Load the demonstration portfolio into an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from exchange.examples.demo.load import load_demo, read_register
from projects.models import Project


class Command(BaseCommand):
    """The users that it makes share a password that everyone can read, so it is never loaded by
    accident: not into a database with projects, and not where HTTPS is on, as it is in production,
    unless `--force` asks for it.
    """

    help = "Load the demonstration portfolio, with users that anyone can log in as."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing, and do not complain, where it would refuse",
        )
        parser.add_argument("--force", action="store_true", help="load also where HTTPS is on")

    def handle(self, *args: Any, if_empty: bool, force: bool, **options: Any) -> None:
        refusal = self._refusal(force=force)
        if not refusal:
            load_demo()
            count = Project.objects.count()
            loaded = ngettext(
                "The demonstration is loaded: %(count)d project.",
                "The demonstration is loaded: %(count)d projects.",
                count,
            )
            self.stdout.write(loaded % {"count": count})
        elif not if_empty:
            raise CommandError(refusal)
        self._tell_logins()

    def _refusal(self, *, force: bool) -> str:
        if Project.objects.exists():
            return _("There are projects here already, so the demonstration was not loaded.")
        if settings.HTTPS and not force:
            return _(
                "HTTPS is on, as it is in production, and the demonstration makes users with a "
                "known password; --force loads it nevertheless."
            )
        return ""

    def _tell_logins(self) -> None:
        """Print the demonstration's users that there are, at every start of a demonstration."""
        register = read_register()
        rows = {row["email"]: row for row in register["users"]}
        users = User.objects.filter(email__in=rows, is_active=True).order_by("pk")
        if users:
            password = {"password": register["password"]}
            self.stdout.write(_("Log in with the password «%(password)s» as") % password)
        for user in users:
            self.stdout.write(f"  {user.email:<20} {user.name}, {rows[user.email]['role']}")
        self.stdout.flush()
