"""The top of an old page: title, ingress and the block of key information."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from django.utils.translation import gettext

from exchange.scaffold.old_page import words
from exchange.scaffold.old_page.lines import PageLine
from exchange.scaffold.old_page.page import OldGoal, OldPageError

_GOAL = re.compile(r"(?:mål\s*)?(\d{1,2})\s*[-–—:.)]\s*(.+)", re.IGNORECASE)
_INLINE_KEY = re.compile(rf"({'|'.join(sorted(words.KEYS))})\s*:\s*(.+)", re.IGNORECASE)
# An ingress is a paragraph or two; more than that is the long text.
_MAX_INGRESS_LINES = 3


@dataclass
class Top:
    """Lines above the title, the title, the ingress and text put before the key block."""

    title: str = ""
    ingress: str = ""
    description: Sequence[PageLine] = ()
    remarks: list[str] = field(default_factory=list)


def read_top(lines: Sequence[PageLine]) -> Top:
    """Find the title among what stands above the key block."""
    candidates = _without_chrome(lines)
    if not candidates:
        raise OldPageError(gettext("The page has no title."))
    position = _title_position(candidates)
    top = Top(title=candidates[position].text)
    top.remarks = [_left_out(line) for line in candidates[:position]]
    rest = candidates[position + 1 :]
    ingress = rest if len(rest) <= _MAX_INGRESS_LINES else rest[:1]
    top.ingress = " ".join(line.text for line in ingress)
    top.description = rest[len(ingress) :]
    return top


def _without_chrome(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines after the site's own; those may stand in any order at the very top."""
    chrome = [position for position, line in enumerate(lines) if words.is_chrome(line.text)]
    after = chrome[-1] + 1 if chrome and chrome[-1] + 1 < len(lines) else 0
    return [line for line in lines[after:] if not words.is_chrome(line.text)]


def _title_position(lines: Sequence[PageLine]) -> int:
    """The last line before the first sentence, for the ingress is one and a title is not."""
    if headings := [position for position, line in enumerate(lines) if line.kind == "heading"]:
        return headings[0]
    names = list(takewhile(lambda line: not words.is_prose(line.text), lines))
    if not names:
        following = (i for i, line in enumerate(lines) if not words.is_prose(line.text))
        return next(following, 0)
    return len(names) - 1


@dataclass
class KeyBlock:
    """The values of the key block with their lines, by heading."""

    values: dict[str, PageLine] = field(default_factory=dict)
    goals: list[OldGoal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def text(self, key: str) -> str:
        line = self.values.get(key)
        return line.text if line else ""


def read_keys(lines: Sequence[PageLine]) -> tuple[KeyBlock, Sequence[PageLine]]:
    """The key block at the start of the lines, and the lines below it."""
    block = KeyBlock()
    rest = _with_inline_keys_split(lines)
    while rest:
        key = words.as_heading(rest[0].text)
        if key in words.KEYS and not _begins_section(rest, key, block):
            block.seen.add(key)
            rest = _read_value(block, key, rest[1:])
        elif surplus := _surplus(rest):
            block.remarks += [_left_out(line) for line in rest[:surplus]]
            rest = rest[surplus:]
        else:
            break
    return block, rest


def _left_out(line: PageLine) -> str:
    return gettext("Line %(line)d was left out: “%(text)s”.") % {
        "line": line.number,
        "text": line.text,
    }


def _with_inline_keys_split(lines: Sequence[PageLine]) -> list[PageLine]:
    """Take "Eier: KS" apart, as long as the lines are keys or values."""
    split: list[PageLine] = []
    for line in lines:
        match = _INLINE_KEY.fullmatch(line.text)
        if match and not words.is_prose(match[2]):
            split += [line._replace(text=match[1]), line._replace(text=match[2])]
        else:
            split.append(line)
    return split


def _read_value(block: KeyBlock, key: str, rest: list[PageLine]) -> list[PageLine]:
    if key == words.GOALS:
        return _read_goals(block, rest)
    if not rest or _is_no_value(rest[0]):
        return rest
    block.values[key] = rest[0]
    return rest[1:]


def _read_goals(block: KeyBlock, rest: list[PageLine]) -> list[PageLine]:
    while rest and not _is_no_value(rest[0]):
        match = _GOAL.fullmatch(rest[0].text)
        if not match and block.goals:
            break
        number, name = (int(match[1]), match[2]) if match else (None, rest[0].text)
        block.goals.append(OldGoal(number=number, name=name.rstrip(" ,;"), line=rest[0].number))
        rest = rest[1:]
    return rest


def _is_no_value(line: PageLine) -> bool:
    heading = words.as_heading(line.text)
    return heading in words.KEYS or heading == words.DELIVERIES or words.is_prose(line.text)


def _begins_section(rest: Sequence[PageLine], key: str, block: KeyBlock) -> bool:
    """Return whether Status or Risiko begins its section and is not (or no more) a key."""
    if key in block.seen:
        return True
    if key in words.PLAIN_KEYS or not block.seen & words.PLAIN_KEYS or len(rest) < 2:
        return False
    if any(words.as_heading(line.text) == key for line in rest[1:]):
        return False
    following = words.as_heading(rest[2].text) if len(rest) > 2 else ""
    return following not in words.KEYS or _begins_section(rest[2:], following, block)


def _surplus(rest: Sequence[PageLine]) -> int:
    """Return how many lines are between two keys without being a value that we know: 0, 1 or 2.

    One is a second value (a contact's e-mail), two are a key of another kind with its value.
    """
    for count in (1, 2):
        is_between = len(rest) > count and words.as_heading(rest[count].text) in words.PLAIN_KEYS
        if is_between and not any(words.is_prose(line.text) for line in rest[:count]):
            return count
    return 0


def without_owner(title: str, owner_name: str, known_owners: Collection[str]) -> tuple[str, str]:
    """Take the owner off a title that carries it; return the title and the owner.

    Without an owner in the key block, only a known owner counts as one.
    """
    owners = [owner_name] if owner_name else sorted(known_owners, key=len, reverse=True)
    for owner in owners:
        suffix = rf"(.+?)(?:\s*,\s*|\s+[-–—]\s+|\s*\(){re.escape(owner)}\)?"
        if match := re.fullmatch(suffix, title, re.IGNORECASE):
            return match[1], owner
    return title, owner_name
