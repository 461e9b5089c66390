"""Marks in place of words that have been taken away from a text: «[fjernet 3. mars 2026: personopplysning]»."""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.db import models
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

#: Stands where there is no room for a whole mark.
SHORT_MARK = "[fjernet]"

#: Within a word and not seen.
UNSEEN = "[\N{SOFT HYPHEN}\N{ZERO WIDTH JOINER}]*"
#: Between two words, which the signs of Markdown may part as well: also ">" where a line begins.
SPACE, SIGNS = r"(?:\s|&nbsp;)", r"[*_`\\~]"
BETWEEN = rf"{SIGNS}*{SPACE}(?:{SPACE}|{SIGNS}|(?<=[\n>])>|(?<=> )>)*"
#: No letter or number, and no accent of one, goes on.
STARTS, ENDS = r"(?<![^\W_])", r"(?:['’]?s)?(?![^\W_]|[\u0300-\u036f])"


class RedactionReason(models.TextChoices):
    """Reasons why something should not have been public."""

    PERSONAL = "personal", _("personal information")
    CONFIDENTIAL = "confidential", _("confidential information")
    SECURITY = "security", _("information that weakens security")
    MISTAKE = "mistake", _("published by mistake")

    @property
    def in_marks(self) -> str:
        """The reason in the language that the texts are written in."""
        with override(settings.LANGUAGE_CODE):
            return str(self.label)


@cache
def mark_pattern() -> re.Pattern[str]:
    """Return what finds marks, in whichever language the texts are written.

    It knows the reasons, so that nobody hides other words by typing something like a mark.
    """
    months, reasons = set(), set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            months |= {re.escape(str(month)) for month in MONTHS.values()}
            reasons |= {re.escape(str(reason.label)) for reason in RedactionReason}
    day = rf"\d{{1,2}}\. (?:{'|'.join(sorted(months))}) \d{{4}}"
    return re.compile(rf"\[fjernet(?: {day}: (?:{'|'.join(sorted(reasons))}))?\]")


def mark_for(day: datetime.date, reason: str) -> str:
    """Return the mark of a day and a reason, in the language that the texts are written in."""
    with override(settings.LANGUAGE_CODE):
        return f"[fjernet {date_format(day, 'DATE_FORMAT')}: {reason}]"


def pattern_of(phrase: str, *, match_case: bool = False) -> re.Pattern[str]:
    """Return what finds whole words as people see them.

    However they are spaced, broken into lines, accented by one character or two and set in bold;
    and with the s of a genitive.
    """
    plain = unicodedata.normalize("NFC", phrase).replace("\N{SOFT HYPHEN}", "")
    words = ["".join(f"{_letter(each)}{UNSEEN}" for each in word) for word in plain.split()]
    starts = STARTS if plain.strip()[:1].isalnum() else ""
    ends = ENDS if plain.strip()[-1:].isalnum() else ""
    return re.compile(
        f"{starts}{BETWEEN.join(words)}{ends}", re.NOFLAG if match_case else re.IGNORECASE
    )


def places_of(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Find where words begin and end in a text; what marks say is not looked at."""
    marks = [match.span() for match in mark_pattern().finditer(text)]
    for match in pattern.finditer(text):
        begins, ends = match.span()
        if not any(start < ends and begins < end for start, end in marks):
            yield begins, ends


def take_away(text: str, pattern: re.Pattern[str], mark: str, *, room: int | None = None) -> str:
    """Return a text with the mark in place of words; a shorter one where the text would grow too long."""
    for each in (mark, SHORT_MARK):
        shortened = _replace(text, pattern, each)
        if room is None or len(shortened) <= room:
            return shortened
    return SHORT_MARK


def take_away_again(written: str, *, opened: str, saved: str) -> str:
    """Return what somebody has written without the words that were taken away meanwhile.

    `opened` is the text that she began with, `saved` the same text with marks. When the text has
    been changed in other ways too, what she has written stays as it is.
    """
    if opened == saved:
        return written
    marks = mark_pattern()
    between = _between(marks.split(saved), opened)
    for words, mark in zip(between, marks.findall(saved), strict=False):
        if words.strip() and words != mark:
            written = _replace(written, pattern_of(words), mark)
    return written


def _between(parts: list[str], text: str) -> list[str]:
    """Return what stands between these parts of a text, the shortest that fits; nothing if it has others.

    Whoever sends the text chooses it, so it is read once and not matched in every way there is.
    """
    first, *others = parts
    if not others or not text.startswith(first):
        return []
    *middle, last = others
    begins, end = len(first), len(text) - len(last)
    if end < begins or not text.endswith(last):
        return []
    between = []
    for part in middle:
        found = text.find(part, begins, end)
        if found < 0:
            return []
        between.append(text[begins:found])
        begins = found + len(part)
    return [*between, text[begins:end]]


def _replace(text: str, pattern: re.Pattern[str], mark: str) -> str:
    pieces, end = [], 0
    for begins, ends in places_of(pattern, text):
        pieces += [text[end:begins], mark]
        end = ends
    return "".join([*pieces, text[end:]])


def _letter(character: str) -> str:
    """A character, written as one or as a letter and its accents."""
    apart = unicodedata.normalize("NFD", character)
    return re.escape(character) if apart == character else f"(?:{character}|{apart})"
