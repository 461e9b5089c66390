"""Old pages, and the command that imports them."""

import datetime
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from pghistory.models import Events

from milestones.models import Milestone

ROOT = Path(__file__).resolve().parents[3]
SEED = ROOT / "exchange/examples/demo/felles-kommunal-journal.txt"
MARCH = datetime.date(2023, 3, 3)
MAY = datetime.date(2023, 5, 15)


def run(*files: Path, **options) -> str:
    """Return all that the command says, the error at its end."""
    out = StringIO()
    try:
        call_command("import_page", *map(str, files), stdout=out, stderr=out, **options)
    except CommandError as error:
        out.write(f"CommandError: {error}\n")
    return out.getvalue()


def number_of_events() -> int:
    return Events.objects.count()


def milestone(code: str) -> Milestone:
    return Milestone.objects.get(code=code)
