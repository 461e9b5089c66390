"""Load the demonstration portfolio: the real project beside made-up ones."""

import tomllib
from pathlib import Path

from django.db import transaction

from accounts.management.commands import make_groups
from exchange.examples.demo.earlier import Table
from exchange.examples.demo.example import make_example
from exchange.examples.demo.register import Register, make_register
from exchange.scaffold.actions import import_page
from exchange.scaffold.old_page import read_old_page
from fkj_portfolio.history import true_from

FILES = Path(__file__).parent


def read_register() -> Table:
    """Return what `register.toml` says, with the users and their password."""
    return tomllib.loads((FILES / "register.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load_demo() -> None:
    """Load everything or nothing; a file that can't be loaded is named in the error."""
    make_groups.Command().handle()
    table = read_register()
    register = make_register(table)
    _import_real_page(table["real_page"], register)
    for path in sorted((FILES / "projects").glob("*.toml")):
        try:
            make_example(path, register)
        except Exception as error:
            error.add_note(f"While loading {path}")
            raise


def _import_real_page(table: Table, register: Register) -> None:
    page = read_old_page((FILES / table["file"]).read_bytes())
    outcome = import_page(page=page, by=None, on=table["read_on"])
    with true_from(table["read_on"]):
        outcome.project.managers.add(*(register.users[email] for email in table["managers"]))
