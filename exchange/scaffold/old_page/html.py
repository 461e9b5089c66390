"""Lines of an HTML page, as the text page has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from exchange.scaffold.old_page.lines import LineKind, PageLine, as_line, bounded, clean, too_big
from exchange.scaffold.old_page.markdown import escape

_LOOKS_LIKE_HTML = re.compile(r"<(!doctype html|html|head|body|main|article|div|h1|p)\b", re.I)
# A page has some thousand; the tree of a page takes a thousand times the space of its tags.
_MAX_TAGS = 100_000
_LEFT_OUT = frozenset(
    ["script", "style", "noscript", "template", "svg", "nav", "footer", "form", "dialog"]
)
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
    """Return whether an HTML page ends before its closing tag."""
    return "<html" in text.lower() and "</html>" not in text.lower()


def html_lines(text: str) -> list[PageLine]:
    """The lines of an HTML page's main content, from its title on when it has an h1."""
    if text.count("<") > _MAX_TAGS:
        raise too_big()
    soup = BeautifulSoup(text, "html.parser")
    reader = _Lines(_base_address(soup))
    lines = bounded(reader.read(_main(soup)))
    return lines[reader.title_position :]


def _main(soup: BeautifulSoup) -> Tag:
    """The main content; the few that claim to be it and are left out do not count."""
    claims = [*soup.find_all("main", limit=10), *soup.find_all(role="main", limit=10)]
    shown = (tag for tag in claims if isinstance(tag, Tag) and not tag.find_parent(_LEFT_OUT))
    return next(shown, soup.body or soup)


def _base_address(soup: BeautifulSoup) -> str:
    for selector, attribute in (
        ("base", "href"),
        ('link[rel~="canonical"]', "href"),
        ('meta[property="og:url"]', "content"),
    ):
        tag = soup.select_one(selector)
        if tag and tag.get(attribute):
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
        self.text: list[str] = []
        self.linked: list[str] = []
        self.url = ""
        self.cut_count = 0
        self.title_position: int | None = None
        # How many items of each list have been begun, by the identity of the list.
        self.items: Counter[int] = Counter()

    def read(self, root: Tag) -> Iterator[PageLine]:
        yield from self._walk(root)
        yield from self._cut()

    def _walk(self, tag: Tag) -> Iterator[PageLine]:
        is_block = tag.name in _BLOCKS
        if is_block:
            yield from self._cut()
            self._begin(tag)
        begun_at = self.cut_count
        for child in tag.children:
            if isinstance(child, Tag):
                yield from self._child(child)
            elif is_text(child):
                self._add(str(child), escape(str(child)), child_line(tag, self.number))
        if is_block:
            yield from self._cut()
            self.kind = ""
        if tag.name == "h1" and self.title_position is None and self.cut_count > begun_at:
            self.title_position = begun_at

    def _child(self, child: Tag) -> Iterator[PageLine]:
        if child.name in _LEFT_OUT:
            return
        address = web_address(str(child.get("href", "")), self.base) if child.name == "a" else ""
        if address and not has_block(child):
            words = "".join(texts(child))
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
            self.items[id(tag.parent)] += 1
            self.item = self.items[id(tag.parent)]
            self.number = child_line(tag, self.number)

    def _add(self, text: str, linked: str, number: int) -> None:
        if not self.text and not text.strip():
            return
        if not self.text:
            self.number = number
        self.text.append(text)
        self.linked.append(linked)

    def _cut(self) -> Iterator[PageLine]:
        if text := clean("".join(self.text)):
            self.cut_count += 1
            yield self._line(text)
            self.kind = ""
        self.text, self.linked, self.url = [], [], ""

    def _line(self, text: str) -> PageLine:
        kind: LineKind = self.kind  # type: ignore[assignment]
        plain = as_line(self.number, text)
        if kind == "number":
            plain = PageLine(self.number, f"{self.item}. {text}", "number")
        elif kind:
            plain = plain._replace(kind=kind)
        linked = clean("".join(self.linked)) if self.url else ""
        return plain._replace(linked=linked, url=self.url)


def is_text(child: PageElement) -> bool:
    """Return whether it is shown as it stands: not a comment or the like."""
    return isinstance(child, NavigableString) and not isinstance(child, PreformattedString)


def texts(tag: Tag) -> Iterator[str]:
    """The texts in a tag, as far as they are not left out."""
    for child in tag.children:
        if isinstance(child, Tag) and child.name not in _LEFT_OUT:
            yield from texts(child)
        elif is_text(child):
            yield str(child)


def has_block(tag: Tag) -> bool:
    return any(child.name in _BLOCKS for child in tag.descendants if isinstance(child, Tag))


def child_line(tag: Tag, otherwise: int) -> int:
    """The line of the file in which a tag begins."""
    return tag.sourceline or otherwise
