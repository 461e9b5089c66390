"""From an HTML page to the lines that the text page has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from exchange.old_page.lines import Kind, Line, as_line, clean
from exchange.old_page.markdown import escape

_LOOKS_LIKE_HTML = re.compile(r"<(!doctype html|html|head|body|main|article|div|h1|p)\b", re.I)
_LEFT_OUT = ["script", "style", "noscript", "template", "svg", "nav", "footer", "form", "dialog"]
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def is_html(text: str) -> bool:
    return _LOOKS_LIKE_HTML.search(text[:5000]) is not None


def is_cut_html(text: str) -> bool:
    """Whether an HTML page ends before its closing tag."""
    return "<html" in text.lower() and "</html>" not in text.lower()


def html_lines(text: str) -> list[Line]:
    """The lines of an HTML page's main content, from its title on when it has an h1."""
    soup = BeautifulSoup(text, "html.parser")
    for tag in soup(_LEFT_OUT):
        tag.decompose()
    base = _base_address(soup)
    main = soup.find("main") or soup.find(attrs={"role": "main"}) or soup.body or soup
    lines = list(_Lines(base).read(main if isinstance(main, Tag) else soup))
    title = soup.find("h1")
    title_text = clean(title.get_text(" ")) if isinstance(title, Tag) else ""
    starts = [position for position, line in enumerate(lines) if line.text == title_text]
    return lines[starts[0] :] if starts else lines


def _base_address(soup: BeautifulSoup) -> str:
    for name, attribute, wanted in (
        ("base", "href", {}),
        ("link", "href", {"rel": "canonical"}),
        ("meta", "content", {"property": "og:url"}),
    ):
        tag = soup.find(name, attrs=wanted)
        if isinstance(tag, Tag) and tag.get(attribute):
            return str(tag[attribute])
    return ""


def web_address(href: str, base: str = "") -> str:
    """The whole address of a link when it leads to a web page, else nothing."""
    try:
        address = urljoin(base, href.strip())
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    return address.replace(" ", "%20") if is_web else ""


class _Lines:
    """Walks the tree and cuts a line at every block."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.number, self.kind, self.item = 1, "", 1
        self.text, self.linked, self.url = "", "", ""

    def read(self, root: Tag) -> Iterator[Line]:
        yield from self._walk(root)
        yield from self._cut()

    def _walk(self, tag: Tag) -> Iterator[Line]:
        is_block = tag.name in _BLOCKS
        if is_block:
            yield from self._cut()
            self._begin(tag)
        for child in tag.children:
            if isinstance(child, Tag):
                yield from self._child(child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._add(str(child), escape(str(child)), child_line(tag, self.number))
        if is_block:
            yield from self._cut()
            self.kind = ""

    def _child(self, child: Tag) -> Iterator[Line]:
        address = web_address(str(child.get("href", "")), self.base) if child.name == "a" else ""
        if address and not child.find(list(_BLOCKS)):
            words = child.get_text()
            number = child_line(child, self.number)
            self._add(words, f"[{escape(clean(words))}](<{address}>)", number)
            self.url = address
        else:
            yield from self._walk(child)

    def _begin(self, tag: Tag) -> None:
        if tag.name in _HEADINGS:
            self.kind = "heading"
        elif tag.name == "li":
            self.kind = "number" if tag.parent and tag.parent.name == "ol" else "bullet"
            self.item = len(tag.find_previous_siblings("li")) + 1
            self.number = child_line(tag, self.number)

    def _add(self, text: str, linked: str, number: int) -> None:
        if text.strip() and not self.text.strip():
            self.number = number
        self.text += text
        self.linked += linked

    def _cut(self) -> Iterator[Line]:
        if text := clean(self.text):
            yield self._line(text)
            self.kind = ""
        self.text, self.linked, self.url = "", "", ""

    def _line(self, text: str) -> Line:
        kind: Kind = self.kind  # type: ignore[assignment]
        plain = as_line(self.number, text)
        if kind == "number":
            plain = Line(self.number, f"{self.item}. {text}", "number")
        elif kind:
            plain = plain._replace(kind=kind)
        linked = clean(self.linked) if self.url else ""
        return plain._replace(linked=linked, url=self.url)


def child_line(tag: Tag, otherwise: int) -> int:
    """The line of the file in which a tag begins."""
    return tag.sourceline or otherwise
