"""Texts from people: Markdown without raw HTML, cleaned, and safe to put on a page."""

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe
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
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.add_render_rule("heading_open", _lower_heading)
    parser.add_render_rule("heading_close", _lower_heading)
    html = parser.render(text)
    return mark_safe(
        nh3.clean(html, tags=TAGS, attributes={"a": {"href"}, "ol": {"start"}})
    )


def _lower_heading(renderer, tokens, index, options, env):  # type: ignore[no-untyped-def]
    """Keep the page's own h1 and h2 above every heading of a text."""
    token = tokens[index]
    token.tag = "h3" if token.tag in ("h1", "h2", "h3") else "h4"
    return renderer.renderToken(tokens, index, options, env)
