"""Texts from people: Markdown without raw HTML, cleaned, and safe to put on a page."""

import html
import re
from functools import cache

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from fkj_portfolio.counting import AFTER_DAY, count_lists
from fkj_portfolio.marks import mark_pattern, places_of

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h3",
    "h4",
    "code",
}
#: Where a sentence ends: before a capital, but not between "15." and "Juni".
SENTENCE_END = re.compile(rf"(?<=[.!?])(?:(?<!\d\.)|(?!\s+{AFTER_DAY.pattern}))\s+(?=[A-ZÆØÅ«])")
#: A day whose month is shortened, "14. feb."; no sentence ends there.
SHORT_DAY = re.compile(r"\d\.?\s*(?i:jan|feb|mar|apr|jun|jul|aug|sept?|o[kc]t|nov|de[sc])\.$")
LONGEST_DAY = 20
#: Without any of these a Markdown text shows nothing that its source has in pieces.
SIGN = re.compile(r"[&*_`~\\\[<>]")
LETTER = re.compile(r"[^\W\d_]")


def markdown(text: str) -> SafeString:
    """Render Markdown; raw HTML is shown as it was typed and headings begin at level three."""
    rendered = _parser().render(text)
    return mark_safe(nh3.clean(rendered, tags=TAGS, attributes={"a": {"href"}, "ol": {"start"}}))


def plain_text(text: str) -> str:
    """Return what a Markdown text says, without its Markdown; the items of a list keep their numbers."""
    rendered = nh3.clean(_parser_of_plain_text().render(text), tags=TAGS)
    return html.unescape(strip_tags(rendered)).strip()


def paragraphs_showing(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the paragraphs of a Markdown text that show words, which its source may have in pieces.

    The whole text where none does so alone.
    """
    if not _shows(pattern, text):
        return []
    paragraphs = text.split("\n\n")
    showing = [each for each in paragraphs if _shows(pattern, each)]
    others = "\n\n".join(each for each in paragraphs if each not in showing)
    return [text] if _shows(pattern, others) else showing


def _shows(pattern: re.Pattern[str], text: str) -> bool:
    return bool(SIGN.search(text)) and any(places_of(pattern, plain_text(text)))


def first_sentence(text: str) -> str:
    """Return the first sentence of a Markdown text, without its Markdown, to stand in a list.

    A sentence ends before a capital or at the end of its paragraph, so that
    neither "1. mars", "14. feb." nor "p.t." ends one; a very long one is cut.
    """
    first_line = plain_text(text).partition("\n")[0]
    ends = (end.start() for end in SENTENCE_END.finditer(first_line))
    end = next((end for end in ends if _ends_sentence(first_line[:end])), None)
    return Truncator(first_line[:end]).chars(240)


def _ends_sentence(text: str) -> bool:
    return bool(LETTER.search(text)) and not SHORT_DAY.search(text[-LONGEST_DAY:])


@cache
def _parser() -> MarkdownIt:
    """Make the parser once; that takes longer than most texts."""
    parser = _plain_parser()
    parser.add_render_rule("heading_open", _lower_heading)
    parser.add_render_rule("heading_close", _lower_heading)
    return parser


@cache
def _parser_of_plain_text() -> MarkdownIt:
    parser = _plain_parser()
    parser.add_render_rule("list_item_open", _show_number)
    return parser


def _plain_parser() -> MarkdownIt:
    """Make what both read by.

    Without references: a long address that is named once and referred to a thousand times makes a page of megabytes.
    """
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("reference")
    count_lists(parser)
    parser.inline.ruler.before("link", "mark", _read_mark)
    return parser


def _read_mark(state: StateInline, silent: bool) -> bool:
    """Read a mark of what was taken away as it stands: its brackets are no link, and no picture after "!"."""
    is_after_shout = state.src[state.pos] == "!"
    mark = mark_pattern().match(state.src, state.pos + is_after_shout, state.posMax)
    if mark is None:
        return False
    if silent:
        # Asked within the text of a link: more than a bracket at once would be a link in a link.
        state.pos += 1
    else:
        state.pending += state.src[state.pos : mark.end()]
        state.pos = mark.end()
    return True


def _show_number(renderer, tokens, index, options, env):  # type: ignore[no-untyped-def]
    """Put the number that a browser would show before an item; bullets go."""
    token = tokens[index]
    return f"<li>{token.info}{token.markup} " if token.info else "<li>"


def _lower_heading(renderer, tokens, index, options, env):  # type: ignore[no-untyped-def]
    """Keep the page's own h1 and h2 above every heading of a text."""
    token = tokens[index]
    token.tag = "h3" if token.tag in ("h1", "h2", "h3") else "h4"
    return renderer.renderToken(tokens, index, options, env)
