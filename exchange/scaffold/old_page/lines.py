"""Clean, numbered lines out of bytes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from itertools import islice
from typing import Literal, NamedTuple

from django.utils.translation import gettext

from exchange.scaffold.old_page.page import OldPageError

MAX_BYTES = 5_000_000
# No page comes near; what reads a page may look at every line from every other.
MAX_LINES = 10_000

# Spaces of every width, and tabs, are one space; what has no width is nothing.
_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_NO_WIDTH = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Also what becomes of a bullet when a file is saved in another encoding or copied from Word.
_SIGNS = r"•·▪◦‣●○∙■□➢►\ufffd\uf0b7\uf0a7\x95"
_BULLET = re.compile(rf"[{_SIGNS}*–—?o-]\s+(?=\S)|[{_SIGNS}]|\?(?=MP\s?\d|UTGÅTT\b)")
_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_NUMBER = re.compile(rf"(\d{{1,2}})[.)]\s+(?!(?:{_MONTHS})\b)(?=\S)", re.IGNORECASE)

LineKind = Literal["", "bullet", "number", "heading"]


class PageLine(NamedTuple):
    """A line that is not empty, without its bullet, with where it stands in the file."""

    number: int
    text: str
    kind: LineKind = ""
    # The same text with its links as Markdown, and the last link's address: only from HTML.
    linked: str = ""
    url: str = ""


def decode(data: bytes) -> tuple[str, bool]:
    """The text of a file, and whether its last character was cut in two."""
    if len(data) > MAX_BYTES:
        raise too_big()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, is_cut = data.decode("utf-16", errors="replace"), False
    else:
        text, is_cut = _decode_bytes(data)
    if _CONTROL.search(text):
        raise OldPageError(gettext("The file is not text."))
    return text, is_cut


def too_big() -> OldPageError:
    return OldPageError(gettext("The file is too big to be a page."))


def _decode_bytes(data: bytes) -> tuple[str, bool]:
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8-sig"), True
    # Old Windows pages; the few bytes that mean nothing there are no reason to refuse them.
    return data.decode("cp1252", errors="replace"), False


def clean(text: str) -> str:
    """One line with plain spaces and composed letters, without what can't be seen."""
    text = unicodedata.normalize("NFC", _NO_WIDTH.sub("", text))
    return _SPACES.sub(" ", text).strip()


def text_lines(text: str) -> list[PageLine]:
    """The lines of a text page, empty ones left out."""
    numbered = enumerate(re.split(r"\r\n|\r|\n|\u2028|\u2029|\x0b|\x0c|\x85", text), start=1)
    lines = (as_line(number, cleaned) for number, raw in numbered if (cleaned := clean(raw)))
    return bounded(lines)


def bounded(lines: Iterable[PageLine]) -> list[PageLine]:
    """All lines; too many of them are an OldPageError."""
    some = list(islice(lines, MAX_LINES + 1))
    if len(some) > MAX_LINES:
        raise too_big()
    return some


def as_line(number: int, text: str) -> PageLine:
    """The line with its bullet or number taken off and remembered as its kind."""
    if match := _BULLET.match(text):
        return PageLine(number, text[match.end() :].strip(), "bullet")
    if _NUMBER.match(text):
        return PageLine(number, text, "number")
    return PageLine(number, text)
