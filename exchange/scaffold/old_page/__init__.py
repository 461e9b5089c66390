"""Reads the pages by hand that this application replaces: their text, or their HTML."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from django.utils.translation import gettext

from exchange.scaffold.old_page import words
from exchange.scaffold.old_page.html import html_lines, is_cut_html, is_html
from exchange.scaffold.old_page.keys import read_keys, read_top, without_owner
from exchange.scaffold.old_page.lines import PageLine, decode, text_lines
from exchange.scaffold.old_page.markdown import to_markdown
from exchange.scaffold.old_page.milestones import read_deliveries
from exchange.scaffold.old_page.page import OldGoal, OldMilestone, OldPage, OldPageError
from exchange.scaffold.old_page.sections import Sections, read_value, split_sections

__all__ = ["OldGoal", "OldMilestone", "OldPage", "OldPageError", "read_old_page"]

_READ_MORE = re.compile(r"(les (mer|meir)|mer informasjon|meir informasjon|se også)\b.*", re.I)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")


def read_old_page(data: bytes, *, known_owners: Collection[str] = ()) -> OldPage:
    """Read a page; a known owner's name at the end of its title is taken for its owner.

    Raises OldPageError for a file that is no such page and for an unknown status or risk.
    """
    lines, cut_line = _lines(data)
    top_end, keys_start = _key_block(lines)
    top = read_top(lines[:top_end])
    block, body = read_keys(lines[keys_start:])
    if not block.values and not block.goals:
        raise _no_page()
    if cut_line and not body:
        message = gettext("The file ends within the key information; the rest of it is missing.")
        raise OldPageError(message, line=cut_line.number)

    sections = split_sections(body, has_key={key: key in block.values for key in words.ALLOWED})
    status = read_value(words.STATUS, block.values.get(words.STATUS), sections.status)
    risk = read_value(words.RISK, block.values.get(words.RISK), sections.risk)
    deliveries = read_deliveries(sections.deliveries, cut_line=cut_line)
    description, link_text, link_url = _without_link([*top.description, *sections.description])
    title, owner_name = without_owner(top.title, block.text(words.OWNER), known_owners)
    return OldPage(
        title=title,
        ingress=top.ingress,
        status=status.word,
        status_text=to_markdown(status.text),
        goals=tuple(block.goals),
        owner_name=owner_name,
        risk=risk.word,
        risk_text=to_markdown(risk.text),
        contact_name=block.text(words.CONTACT),
        segment=block.text(words.SEGMENT),
        description=to_markdown(description, find_headings=True),
        link_text=link_text,
        link_url=link_url,
        milestones=tuple(deliveries.milestones),
        stated_counts=deliveries.stated_counts,
        is_cut=cut_line is not None or not body,
        remarks=(
            *top.remarks,
            *block.remarks,
            *status.remarks,
            *risk.remarks,
            *deliveries.remarks,
            *_about_footer(sections),
        ),
    )


def _lines(data: bytes) -> tuple[list[PageLine], PageLine | None]:
    """The lines of a file, and its last one if the file seems to end within it."""
    text, is_cut = decode(data)
    try:
        lines = html_lines(text) if is_html(text) else text_lines(text)
    except RecursionError as error:
        raise _no_page() from error
    if not lines:
        raise OldPageError(gettext("The file is empty."))
    if is_html(text):
        is_cut = is_cut or is_cut_html(text)
    else:
        is_cut = is_cut or not (text.endswith(("\n", "\r")) or _is_whole(lines[-1].text))
    if is_cut and any(word.startswith(lines[-1].text) for word in words.CUT_WORDS):
        lines = lines[:-1]
    return lines, lines[-1] if is_cut and lines else None


def _is_whole(text: str) -> bool:
    """Return whether a last line without a line end is complete all the same."""
    is_word = any(text in allowed for allowed in words.ALLOWED.values())
    is_field = re.fullmatch(r"(Ferdigstilt.*: ?(Ja|Nei)|Leveransedato: ?(.*\d{4})?)", text)
    return is_word or bool(is_field) or text.endswith((".", "!", "?", ":", ")", "»", '"'))


def _no_page() -> OldPageError:
    return OldPageError(gettext("The file is no project page: it has no “Nøkkelinformasjon”."))


def _key_block(lines: Sequence[PageLine]) -> tuple[int, int]:
    """Return where the top of the page ends and where the keys start; their heading may be missing."""
    headings = [words.as_heading(line.text) for line in lines]
    if words.KEY_BLOCK in headings:
        position = headings.index(words.KEY_BLOCK)
        return position, position + 1
    if len(words.PLAIN_KEYS.intersection(headings)) >= 2:
        position = next(i for i, heading in enumerate(headings) if heading in words.KEYS)
        return position, position
    raise _no_page()


def _without_link(lines: list[PageLine]) -> tuple[list[PageLine], str, str]:
    """Take the line that leads to more reading off the long text."""
    for position in range(len(lines) - 1, -1, -1):
        line = lines[position]
        if _READ_MORE.fullmatch(line.text) and (line.url or position == len(lines) - 1):
            found = _ADDRESS.search(line.text)
            url = line.url or (found[0] if found else "")
            text = line.text.replace(found[0], "").strip(" :-–().") if found else line.text
            return lines[:position] + lines[position + 1 :], text, url
    return lines, "", ""


def _about_footer(sections: Sections) -> list[str]:
    if not sections.left_out:
        return []
    message = gettext("From line %(line)d on the site's own lines were left out: “%(text)s”.")
    first = sections.left_out[0]
    return [message % {"line": first.number, "text": first.text}]
