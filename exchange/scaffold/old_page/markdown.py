"""Markdown out of the lines of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exchange.scaffold.old_page.lines import PageLine
from exchange.scaffold.old_page.words import is_prose

_MARKS = re.compile(r"([\\`*]|(?<!\w)_|_(?!\w))")
_LIKE_A_BLOCK = re.compile(r"([#>+=-]|~~~)|(\d+)([.)])(?=\s)")
_ITEM_NUMBER = re.compile(r"(\d+)[.)]\s+")


def to_markdown(lines: Sequence[PageLine], *, find_headings: bool = False) -> str:
    """Every line a paragraph, a bullet, a numbered item or a sub-heading.

    Text pages do not mark their sub-headings; with ``find_headings`` a short line
    without a full stop above a longer one is taken for one.
    """
    blocks: list[str] = []
    previous = ""
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        kind = line.kind
        if find_headings and not kind and following and _looks_like_heading(line, following):
            kind = "heading"
        is_same_list = kind in ("bullet", "number") and kind == previous
        blocks.append("" if not blocks else "\n" if is_same_list else "\n\n")
        blocks.append(_block(line, kind))
        previous = kind
    return "".join(blocks)


def _looks_like_heading(line: PageLine, following: PageLine) -> bool:
    is_short = len(line.text) <= 80 and not is_prose(line.text)
    return (
        is_short and line.text[0].isupper() and (following.kind != "" or is_prose(following.text))
    )


def _block(line: PageLine, kind: str) -> str:
    if kind == "heading":
        return f"### {_escaped(line)}"
    if kind == "bullet":
        return f"- {_escaped(line)}"
    if kind == "number" and (match := _ITEM_NUMBER.match(line.text)):
        return f"{match[1]}. {_escaped(line._replace(text=line.text[match.end() :]))}"
    return _escaped(line)


def _escaped(line: PageLine) -> str:
    """The text so that Markdown shows it as it stands on the page."""
    if line.linked:
        return line.linked
    return escape(line.text)


def escape(text: str) -> str:
    """Keep Markdown from reading marks that were meant as they are."""
    text = _MARKS.sub(r"\\\1", text)
    match = _LIKE_A_BLOCK.match(text)
    if not match:
        return text
    if match[1]:
        return f"\\{text}"
    return f"{match[2]}\\{match[3]}{text[match.end() :]}"
