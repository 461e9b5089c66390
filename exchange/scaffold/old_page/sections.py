"""The sections below the key block: long text, status, risk and deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from exchange.scaffold.old_page import words
from exchange.scaffold.old_page.lines import PageLine
from exchange.scaffold.old_page.page import OldPageError


@dataclass
class Sections:
    """The lines of each section, without its heading."""

    description: list[PageLine] = field(default_factory=list)
    status: list[PageLine] | None = None
    risk: list[PageLine] | None = None
    deliveries: list[PageLine] = field(default_factory=list)
    left_out: list[PageLine] = field(default_factory=list)


def split_sections(lines: Sequence[PageLine], *, has_key: dict[str, bool]) -> Sections:
    """Cut the lines at the headings of the sections, in whatever order they stand."""
    body, left_out = _without_footer(_with_known_values_split(lines))
    starts = {words.DELIVERIES: _deliveries_start(body)}
    for kind in (words.STATUS, words.RISK):
        starts[kind] = _section_start(body, kind, has_key=has_key[kind])

    order = sorted((start, kind) for kind, start in starts.items() if start is not None)
    ends = [*(start for start, _ in order[1:]), len(body)]
    found = {kind: body[start:end] for (start, kind), end in zip(order, ends, strict=False)}
    return Sections(
        description=body[: order[0][0]] if order else body,
        status=found[words.STATUS][1:] if words.STATUS in found else None,
        risk=found[words.RISK][1:] if words.RISK in found else None,
        deliveries=_without_heading(found.get(words.DELIVERIES, [])),
        left_out=left_out,
    )


@dataclass
class Reported:
    """A status or a risk: its word, what is written about it, and what there is to say."""

    word: str | None
    text: list[PageLine]
    remarks: list[str] = field(default_factory=list)


def read_value(kind: str, key: PageLine | None, section: list[PageLine] | None) -> Reported:
    """The status or risk and the text of its section; the section's word goes before the key's.

    Raises OldPageError for a word that is none of the allowed ones.
    """
    in_key = _word(kind, key) if key else None
    if not section or words.is_prose(section[0].text) or section[0].kind:
        return Reported(in_key, section or [])
    word = _word(kind, section[0])
    remarks = [_about_two_words(kind, in_key, word)] if in_key and in_key != word else []
    return Reported(word, section[1:], remarks)


def _about_two_words(kind: str, in_key: str, in_section: str) -> str:
    if kind == words.STATUS:
        message = gettext(
            "The status is “%(key)s” in the key information and “%(section)s” in its section;"
            " the section counts."
        )
    else:
        message = gettext(
            "The risk is “%(key)s” in the key information and “%(section)s” in its section;"
            " the section counts."
        )
    return message % {"key": in_key, "section": in_section}


def _word(kind: str, line: PageLine) -> str:
    if word := words.known_word(kind, line.text):
        return word
    found = (
        gettext("“%(word)s” is no status.")
        if kind == words.STATUS
        else gettext("“%(word)s” is no risk.")
    )
    allowed = gettext("The allowed words are: %(words)s.") % {
        "words": ", ".join(words.ALLOWED[kind])
    }
    raise OldPageError(f"{found % {'word': line.text}} {allowed}", line=line.number)


def _with_known_values_split(lines: Sequence[PageLine]) -> list[PageLine]:
    """Take "Status: Under kontroll" apart into heading and value."""
    split: list[PageLine] = []
    for line in lines:
        heading, _, value = line.text.partition(":")
        kind = words.as_heading(heading)
        if kind in words.ALLOWED and words.known_word(kind, value.strip()):
            split += [line._replace(text=heading), line._replace(text=value.strip())]
        else:
            split.append(line)
    return split


def _without_footer(lines: list[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """Cut off what the site puts below the page, searching from the last heading on."""
    kinds = {words.DELIVERIES, words.STATUS, words.RISK}
    headings = [i for i, line in enumerate(lines) if words.as_heading(line.text) in kinds]
    for position in range(headings[-1] if headings else 0, len(lines)):
        if words.is_footer(lines[position].text):
            return lines[:position], lines[position:]
    return lines, []


def _deliveries_start(lines: Sequence[PageLine]) -> int | None:
    """The last heading Leveranser, else the sentence with the count."""
    headings = [
        i for i, line in enumerate(lines) if words.as_heading(line.text) == words.DELIVERIES
    ]
    if headings:
        return headings[-1]
    sentences = (i for i, line in enumerate(lines) if words.COUNTS.search(line.text))
    return next(sentences, None)


def _section_start(lines: Sequence[PageLine], kind: str, *, has_key: bool) -> int | None:
    """The heading that is followed by a word of its kind, or by what should be one.

    The long text may have a sub-heading of the same name, with prose below it.
    """
    headings = [i for i, line in enumerate(lines) if words.as_heading(line.text) == kind]
    followed = {i: lines[i + 1] for i in headings if i + 1 < len(lines)}
    known = [i for i, line in followed.items() if words.known_word(kind, line.text)]
    doubtful = [i for i, line in followed.items() if not _is_text(line)]
    last = headings[-1:] if has_key else []
    return next((starts[-1] for starts in (known, doubtful, last) if starts), None)


def _is_text(line: PageLine) -> bool:
    is_heading = words.as_heading(line.text) in {words.STATUS, words.RISK, words.DELIVERIES}
    return is_heading or bool(line.kind) or words.is_prose(line.text)


def _without_heading(lines: list[PageLine]) -> list[PageLine]:
    if lines and words.as_heading(lines[0].text) == words.DELIVERIES:
        return lines[1:]
    return lines
