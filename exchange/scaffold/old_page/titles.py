"""The titles of deliveries: a code, the title itself and whether it is obsolete."""

from __future__ import annotations

import re

_OBSOLETE = re.compile(
    r"(?i:utgå(?:tt|r)\s*[-–—:.]+|\(utgå(?:tt|r)\)\s*[-–—:]*|\[utgå(?:tt|r)\])\s*|UTGÅTT\s+"
)
_OBSOLETE_AFTER = re.compile(r"\s*(?:[-–—]\s*utgå(?:tt|r)|\(utgå(?:tt|r)\))$", re.IGNORECASE)
_NUMBERS = r"\s?\d{1,3}(?:\.\d{1,2})*[a-zA-Z]?"
_CODE = re.compile(
    rf"((?i:MP){_NUMBERS})(?:\s*[-–—:.]+\s*|\s+|$)"
    rf"|((?i:Milepæl|Leveranse){_NUMBERS}|[A-ZÆØÅ]{{1,2}}{_NUMBERS})\s*(?:\s[-–—]\s|:\s)\s*"
)
_TITLE_FORM = re.compile(rf"(?i:MP|Milepæl|Leveranse){_NUMBERS}\s*[-–—:]")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+")


def read_title(text: str, *, is_numbered: bool) -> tuple[str, str, bool]:
    """Take apart "UTGÅTT - MP 1 - Prosjektmandat"; a list's number goes, the code may be empty."""
    title, is_obsolete = _without_obsolete(_NUMBER.sub("", text) if is_numbered else text)
    code, title = _without_code(title)
    if not is_obsolete:
        title, is_obsolete = _without_obsolete(title)
    return code, title, is_obsolete


def has_title_form(text: str) -> bool:
    """Return whether a line looks like a title by itself: it has a code and a dash, or is obsolete."""
    return bool(_OBSOLETE.match(text) or _TITLE_FORM.match(text))


def _without_obsolete(title: str) -> tuple[str, bool]:
    for pattern in (_OBSOLETE, _OBSOLETE_AFTER):
        match = pattern.match(title) if pattern is _OBSOLETE else pattern.search(title)
        rest = title[: match.start()] + title[match.end() :] if match else ""
        if match and rest.strip():
            return rest.strip(), True
    return title, False


def _without_code(title: str) -> tuple[str, str]:
    """The code and the title, which is the code where there is no other."""
    if not (match := _CODE.match(title)):
        return "", title
    code = match[1] or match[2]
    return code, title[match.end() :] or code
