"""Reads old project pages into the portfolio, one transaction per file."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import signal
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from accounts.models import User
from exchange.scaffold.actions import ImportOutcome, import_page
from exchange.scaffold.old_page import OldPage, OldPageError, read_old_page
from exchange.scaffold.old_page.lines import MAX_BYTES
from projects.models import Owner, Project

# What the shell hands over without a file of its own: `import_page <(…)`.
STREAMS = {Path("/dev/stdin")}
STREAM_DIRECTORY = Path("/dev/fd")
# More of a page than this is not repeated in one sentence about it.
LONGEST_SENTENCE = 500
# The longest real page takes a tenth of one.
SECONDS_TO_READ = 10


class Command(BaseCommand):
    help = "Read old project pages, as text or HTML, and make or update their projects."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument(
            "--on",
            type=_date,
            metavar="YYYY-MM-DD",
            help="the day on which the pages were true; today when left out",
        )
        parser.add_argument("--by", metavar="EMAIL", help="the user who stands for the import")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        on: datetime.date = options["on"] or today
        if on > today:
            raise CommandError(gettext("--on must not be in the future."))
        by = _user(options["by"])
        if options["on"] is None:
            message = gettext("Without --on a page counts as true today, %(date)s.")
            self.stdout.write(message % {"date": date_format(today, "SHORT_DATE_FORMAT")})
        failed = 0
        for path in options["files"]:
            try:
                self._import(path, by=by, on=on)
            except Exception as error:
                if options["traceback"] and not isinstance(error, OldPageError):
                    raise
                failed += 1
                self.stderr.write(f"{path}: {_sentence(error)}")
        if failed:
            total = len(options["files"])
            message = ngettext(
                "%(failed)d of %(total)d file was not read.",
                "%(failed)d of %(total)d files were not read.",
                total,
            )
            raise CommandError(message % {"failed": failed, "total": total})

    def _import(self, path: Path, *, by: User | None, on: datetime.date) -> None:
        with _bounded_time():
            page = read_old_page(_read(path), known_owners=_known_owners())
        context: dict[str, Any] = {"command": "import_page", "file": path.name}
        if by:
            context["user"] = by.pk
        with pghistory.context(**context):
            outcome = import_page(page=page, by=by, on=on)
        for warning in outcome.warnings:
            self.stderr.write(f"{path}: {warning}")
        for fact in [*outcome.facts, *_remarks(page), *_counts(page, outcome)]:
            self.stdout.write(f"{path}: {_shortened(fact)}")


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        message = gettext("“%(text)s” is no date; write it as 2023-02-15.") % {"text": text}
        raise argparse.ArgumentTypeError(message) from error


def _user(email: str | None) -> User | None:
    if email is None:
        return None
    try:
        return User.objects.get(email__iexact=email)
    except User.DoesNotExist as error:
        message = gettext("There is no user with the e-mail %(email)s.") % {"email": email}
        raise CommandError(message) from error


def _read(path: Path) -> bytes:
    """The bytes of the file; what can't be read is an OldPageError like any other."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise OldPageError(gettext("This is a folder. Name the files in it."))
        if not stat.S_ISREG(mode) and path not in STREAMS and path.parent != STREAM_DIRECTORY:
            # Opening a pipe would wait for somebody to write into it.
            raise OldPageError(gettext("This is not an ordinary file."))
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise OldPageError(gettext("There is no such file.")) from error
    except (OSError, ValueError) as error:
        raise OldPageError(gettext("The file can't be opened.")) from error


@contextlib.contextmanager
def _bounded_time() -> Iterator[None]:
    """Give up what takes too long to read: some markup makes every parser look at everything again and again.

    Counted is the time of the processor, so that a busy machine refuses nothing.
    """

    def give_up(*_: Any) -> None:
        raise OldPageError(gettext("The file takes too long to read; it is no ordinary page."))

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_TO_READ)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _known_owners() -> set[str]:
    names = Owner.objects.values_list("name", "short_name")
    return {name for pair in names for name in pair if name}


def _sentence(error: Exception) -> str:
    """Return what to say of a file that was not read; what nobody foresaw is a mistake of ours."""
    if isinstance(error, OldPageError):
        return _shortened(str(error))
    message = gettext("Nothing was saved, for there is a mistake in this program: %(error)s.")
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return message % {"error": _shortened(" ".join(what.split())).rstrip(".")}


def _shortened(text: str) -> str:
    return Truncator(text).chars(LONGEST_SENTENCE)


def _counts(page: OldPage, outcome: ImportOutcome) -> list[str]:
    """Return what was read, whether the page says the same, and where the project is now."""
    delivered, total = page.counts
    values = {"delivered": delivered, "total": total}
    read = ngettext(
        "%(delivered)d of %(total)d delivery.", "%(delivered)d of %(total)d deliveries.", total
    )
    counts = [gettext("Read from the page: %(counts)s") % {"counts": read % values}]
    if page.stated_counts and page.stated_counts != page.counts:
        stated, stated_total = page.stated_counts
        message = ngettext(
            "The page says %(stated)d of %(stated_total)d delivery,"
            " but %(delivered)d of %(total)d were read.",
            "The page says %(stated)d of %(stated_total)d deliveries,"
            " but %(delivered)d of %(total)d were read.",
            stated_total,
        )
        counts = [message % {"stated": stated, "stated_total": stated_total, **values}]
    if obsolete := sum(milestone.is_obsolete for milestone in page.milestones):
        counts.append(gettext("%(count)d obsolete.") % {"count": obsolete})
    project = Project.objects.with_milestone_counts(today=timezone.localdate())
    now = project.get(pk=outcome.project.pk)
    message = ngettext(
        "The project now has %(delivered)d of %(total)d delivery.",
        "The project now has %(delivered)d of %(total)d deliveries.",
        now.milestone_count,
    )
    values = {"delivered": now.delivered_count, "total": now.milestone_count}
    return [*counts, message % values]


def _remarks(page: OldPage) -> list[str]:
    if not page.is_cut:
        return list(page.remarks)
    cut = gettext("The file seems to be cut off; its last line was kept as far as it goes.")
    return [*page.remarks, cut]
