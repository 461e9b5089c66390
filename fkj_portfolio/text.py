"""Texts from people: Markdown without raw HTML, cleaned, and safe to put on a page."""

import html
import re
from functools import cache

import nh3
from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from markdown_it import MarkdownIt

register = template.Library()

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


@register.filter
def markdown(text: str) -> SafeString:
    """Render Markdown; raw HTML is shown as it was typed and headings begin at level three."""
    rendered = _parser().render(text)
    return mark_safe(nh3.clean(rendered, tags=TAGS, attributes={"a": {"href"}, "ol": {"start"}}))


@register.filter
def first_sentence(text: str) -> str:
    """Return the first sentence of a Markdown text, without its Markdown, to stand in a list.

    A sentence ends before a capital or at the end of its paragraph, so that
    neither "1. mars" nor "p.t." ends one; a very long one is cut.
    """
    plain = html.unescape(strip_tags(markdown(text))).strip()
    first_line = plain.partition("\n")[0]
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«])", first_line, maxsplit=1)[0]
    return Truncator(sentence).chars(240)


@cache
def _parser() -> MarkdownIt:
    """Make the parser once; that takes longer than most texts."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.add_render_rule("heading_open", _lower_heading)
    parser.add_render_rule("heading_close", _lower_heading)
    return parser


def _lower_heading(renderer, tokens, index, options, env):  # type: ignore[no-untyped-def]
    """Keep the page's own h1 and h2 above every heading of a text."""
    token = tokens[index]
    token.tag = "h3" if token.tag in ("h1", "h2", "h3") else "h4"
    return renderer.renderToken(tokens, index, options, env)
