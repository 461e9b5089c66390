"""The deliveries of an old page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from exchange.scaffold.old_page import words
from exchange.scaffold.old_page.dates import find_date
from exchange.scaffold.old_page.lines import PageLine
from exchange.scaffold.old_page.markdown import to_markdown
from exchange.scaffold.old_page.page import OldMilestone, OldPageError
from exchange.scaffold.old_page.titles import has_title_form, read_title

_DELIVERED = re.compile(r"ferdigstilt\s*(?:og|/|&)\s*levert\s*(?:[:?]\s*(.*))?", re.IGNORECASE)
_DATE = re.compile(r"leveranse\s?dato\s*(?::\s*(.*))?", re.IGNORECASE)
_YES_OR_NO = re.compile(r"(ja|nei)\b\W*(.*)", re.IGNORECASE)


@dataclass
class _Draft:
    """A delivery while its lines are read."""

    line: PageLine
    titles: list[str]
    delivered: PageLine | None = None
    date: PageLine | None = None
    text: list[PageLine] = field(default_factory=list)

    @property
    def has_fields(self) -> bool:
        return self.delivered is not None or self.date is not None

    @property
    def has_bullets(self) -> bool:
        return any(line.kind == "bullet" for line in self.text)


@dataclass
class Deliveries:
    """The deliveries, the counts that the page states and what there is to say about them."""

    milestones: list[OldMilestone] = field(default_factory=list)
    stated_counts: tuple[int, int] | None = None
    remarks: list[str] = field(default_factory=list)


def read_deliveries(lines: Sequence[PageLine], *, cut_line: PageLine | None) -> Deliveries:
    """Read the section; the file ends within ``cut_line`` if it is cut at all."""
    deliveries = Deliveries()
    lines = _without_counts(lines, deliveries)
    for draft in _drafts(lines, deliveries, cut_line):
        deliveries.milestones.append(_Reader(deliveries.remarks, cut_line).milestone(draft))
    return deliveries


def _without_counts(lines: Sequence[PageLine], deliveries: Deliveries) -> list[PageLine]:
    rest: list[PageLine] = []
    for line in lines:
        match = words.COUNTS.search(line.text)
        if match and deliveries.stated_counts is None:
            deliveries.stated_counts = int(match[1]), int(match[2])
        else:
            rest.append(line)
    return rest


def _drafts(
    lines: Sequence[PageLine], deliveries: Deliveries, cut_line: PageLine | None
) -> Iterator[_Draft]:
    draft: _Draft | None = None
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        if _begins(line, following, draft, cut_line=cut_line):
            if draft:
                yield draft
            draft = _Draft(line=line, titles=[line.text])
        elif draft:
            _add(draft, line)
        else:
            deliveries.remarks.append(
                gettext("Line %(line)d was left out: “%(text)s”.")
                % {"line": line.number, "text": line.text}
            )
    if draft:
        yield draft


def _begins(
    line: PageLine, following: PageLine | None, draft: _Draft | None, *, cut_line: PageLine | None
) -> bool:
    """Return whether a line is the title of the next delivery.

    Its fields stand right below it; only a bullet with a code, the first bullet and the
    last line of a cut file need none.
    """
    if _field(line):
        return False
    if line.kind in ("bullet", "number"):
        is_last = line == cut_line and draft is not None and not draft.has_bullets
        if draft is None or is_last or has_title_form(line.text):
            return True
    below = _field(following) if following else ""
    if not below or draft is None:
        return bool(below)
    if not draft.has_fields:
        return line.kind != ""
    return (draft.delivered if below == "delivered" else draft.date) is not None


def _field(line: PageLine) -> str:
    if _DELIVERED.fullmatch(line.text):
        return "delivered"
    return "date" if _DATE.fullmatch(line.text) else ""


def _add(draft: _Draft, line: PageLine) -> None:
    """Give the line its place: a field, a field's value, the title or the description."""
    delivered, date = _DELIVERED.fullmatch(line.text), _DATE.fullmatch(line.text)
    if delivered and draft.delivered is None:
        draft.delivered = line._replace(text=delivered[1] or "")
    elif date and draft.date is None:
        draft.date = line._replace(text=date[1] or "")
    elif draft.delivered and not draft.delivered.text and _YES_OR_NO.fullmatch(line.text):
        draft.delivered = line
    elif draft.date and not draft.date.text and not draft.text and find_date(line.text)[1] == "":
        draft.date = line
    elif not draft.has_fields and not words.is_prose(line.text) and not draft.text:
        draft.titles.append(line.text)
    else:
        draft.text.append(line)


@dataclass
class _Reader:
    """Turns a draft into a delivery and says what was odd about it."""

    remarks: list[str]
    cut_line: PageLine | None

    def milestone(self, draft: _Draft) -> OldMilestone:
        code, title, is_obsolete = read_title(
            " ".join(draft.titles), is_numbered=draft.line.kind == "number"
        )
        is_delivered, after_delivered = self._delivered(draft)
        date, after_date = self._date(draft)
        return OldMilestone(
            code=code,
            title=title,
            description=to_markdown([*after_delivered, *after_date, *draft.text]),
            is_delivered=is_delivered,
            date=date,
            is_obsolete=is_obsolete,
            line=draft.line.number,
            says_not_delivered=bool(draft.delivered and draft.delivered.text) and not is_delivered,
        )

    def _delivered(self, draft: _Draft) -> tuple[bool, list[PageLine]]:
        line = draft.delivered
        if line is None or not line.text:
            self._remark(
                gettext("Line %(line)d: the page does not say whether “%(title)s” is delivered."),
                line or draft.line,
                title=" ".join(draft.titles),
            )
            return False, []
        if match := _YES_OR_NO.fullmatch(line.text):
            return match[1].casefold() == "ja", [line._replace(text=match[2])] if match[2] else []
        if self._is_cut(line) and "ja".startswith(line.text.casefold()):
            return True, []
        if self._is_cut(line) and "nei".startswith(line.text.casefold()):
            return False, []
        message = gettext("“%(word)s” is no answer to “Ferdigstilt og levert”. Write Ja or Nei.")
        raise OldPageError(message % {"word": line.text}, line=line.number)

    def _date(self, draft: _Draft) -> tuple[datetime.date | None, list[PageLine]]:
        line = draft.date
        if line is None or not line.text:
            return None, []
        date, rest = find_date(line.text, needs_four_digits=self._is_cut(line))
        if date is None:
            self._remark(
                gettext("Line %(line)d: “%(date)s” is no date; the delivery is without one."),
                line,
                date=line.text,
            )
            rest = "" if self._is_cut(line) else f"{words.DATE_FIELD}: {line.text}"
        return date, [line._replace(text=rest)] if rest else []

    def _is_cut(self, line: PageLine) -> bool:
        return self.cut_line is not None and line.number == self.cut_line.number

    def _remark(self, message: str, line: PageLine, **values: str) -> None:
        self.remarks.append(message % {"line": line.number, **values})
