"""What can be seen of a text."""

import unicodedata

#: What a text may need of what is not seen: line ends, soft hyphens, and what joins emoji.
#: NUL stays too, for fields refuse it in words.
KEPT = "\n\r\t\0\N{SOFT HYPHEN}\N{ZERO WIDTH JOINER}"
#: Blank, though they are letters and signs to Unicode.
BLANK = (
    "\N{BRAILLE PATTERN BLANK}\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}"
    "\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}"
)


def visible_text(text: str) -> str:
    """Return a text without what nobody sees, or nothing when nothing of it is seen.

    Zero-width characters and those that turn the direction of writing make a text read
    otherwise than it is; control characters have no place in a spreadsheet or a feed.
    """
    plain = "".join(map(_without_control, text))
    return plain if any(map(_is_seen, plain)) else ""


def _without_control(character: str) -> str:
    category = unicodedata.category(character)
    if character in KEPT or category not in ("Cc", "Cf"):
        return character
    return " " if character.isspace() else ""


def _is_seen(character: str) -> bool:
    """Whether it is a letter, a number or a sign."""
    is_sign = unicodedata.category(character)[0] in "LNPS" and character not in BLANK
    return is_sign or character == "\0"
