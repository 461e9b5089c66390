"""Dates as people have written them on the old pages."""

from __future__ import annotations

import datetime
import re

_MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
_NUMERIC = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NAMED = re.compile(rf"(\d{{1,2}})\.?\s*({'|'.join(_MONTHS)})\s*(\d{{4}})(?!\d)", re.IGNORECASE)


def find_date(text: str, *, needs_four_digits: bool = False) -> tuple[datetime.date | None, str]:
    """The date with which the text begins, and the text after it.

    Years of two digits are of this century; ``needs_four_digits`` refuses them, for a text
    that may have been cut in the middle of the year.
    """
    if match := _ISO.match(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _NAMED.match(text):
        day, month, year = (int(match[1]), _MONTHS.index(match[2].casefold()) + 1, int(match[3]))
    elif (match := _NUMERIC.match(text)) and not (needs_four_digits and len(match[3]) == 2):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        year += 2000 if year < 100 else 0
    else:
        return None, text
    if not 1990 <= year <= 2100:
        return None, text
    try:
        return datetime.date(year, month, day), text[match.end() :].strip(" .,;")
    except ValueError:
        return None, text
