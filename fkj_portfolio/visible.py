"""Visible form of a text: what can be seen is kept, written in one way."""

import re
import unicodedata

#: What a text may need of what is not seen: soft hyphens, and what joins emoji.
#: NUL stays too, for fields refuse it in words.
KEPT = "\n\0\N{SOFT HYPHEN}\N{ZERO WIDTH JOINER}"
#: Blank, though they are letters and signs to Unicode.
BLANK = (
    "\N{BRAILLE PATTERN BLANK}\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}"
    "\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}"
)
#: Every way to end a line.
LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
#: A line that a tab indents, which in Markdown is as much as four spaces.
INDENT = re.compile(r"^\t+", re.MULTILINE)
#: Anything but what a text in western letters is made of, which is clean as it is.
UNUSUAL = re.compile("[^\n -~\xa0-\u02ff\u2013\u2019\u201c\u201d\u2026]")


def clean_text(text: str) -> str:
    """Return a text as it is kept: composed letters, plain line ends, nothing that nobody sees.

    Zero-width characters and those that turn the direction of writing make a text read
    otherwise than it is; control characters have no place in a spreadsheet or a feed.
    Nothing is left when nothing of it is seen.
    """
    if UNUSUAL.search(text):
        plain = LINE_END.sub("\n", unicodedata.normalize("NFC", text))
        plain = INDENT.sub(lambda tabs: "    " * len(tabs[0]), plain)
        text = "".join(map(_without_control, plain))
    return text if any(map(_is_seen, text)) else ""


def clean_line(text: str) -> str:
    """Return a text of one line as it is kept: clean, with single spaces between its words."""
    return " ".join(clean_text(text).split())


def _without_control(character: str) -> str:
    if character in KEPT:
        return character
    if character == "\t":
        return " "
    is_nothing = unicodedata.category(character) in ("Cc", "Cf", "Cs") or _is_no_character(
        character
    )
    return "" if is_nothing else character


def _is_no_character(character: str) -> bool:
    """Return whether Unicode has set it aside to be none for ever, such as U+FFFE."""
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _is_seen(character: str) -> bool:
    """Return whether it is a letter, a number or a sign."""
    is_sign = unicodedata.category(character)[0] in "LNPS" and character not in BLANK
    return is_sign or character == "\0"
