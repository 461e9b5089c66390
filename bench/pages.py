"""The pages that are measured, and what a browser loads with one."""

import datetime
import gzip
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from bench.server import Answer, Server

#: What a browser of today takes.
BROWSER = "gzip, br"
LINKED = re.compile(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"|<script[^>]* src="([^"]+)"')
FONT = re.compile(r"@font-face\s*{[^}]*url\([\"']?([^\"')]+)[^}]*unicode-range:([^;}]+)")


@dataclass(frozen=True)
class Page:
    """A page under a name; `beside` names the one that its time is compared with.

    What would take too long with more projects is measured up to a size.
    """

    name: str
    address: str
    beside: str = ""
    up_to: int | None = None

    @property
    def is_overview(self) -> bool:
        """Whether it is the overview as of today, in any state."""
        return not self.beside and self.address.partition("?")[0] == "/"


def pages_of(server: Server, today: datetime.date) -> list[Page]:
    """The pages of a portfolio, which is counted from today."""
    slug = server.find(
        "SELECT slug FROM projects_project WHERE is_published AND lifecycle = 'active'"
        " ORDER BY id LIMIT 1"
    )
    day, quarter, two_years = (today - datetime.timedelta(days) for days in (300, 390, 700))
    narrow = "/?status=betydelige-utfordringer&risiko=hoy&sorter=-status"
    return [
        Page("overview", "/"),
        Page("filtered", narrow),
        Page("grouped", "/?grupper=eier"),
        Page("searched", "/?sok=felles+journal"),
        Page("timeline", "/?vis=tidslinje"),
        Page("distribution", "/?vis=fordeling"),
        Page("project", f"/prosjekter/{slug}/"),
        Page("as of a day", f"/?per={day}", beside="overview", up_to=1_000),
        Page("filtered as of a day", f"{narrow}&per={day}", beside="filtered", up_to=1_000),
        Page("changes of a quarter", f"/endringer/?fra={quarter}&til={day}", "overview", 1_000),
        Page("changes until today", f"/endringer/?fra={day}", "overview", 1_000),
        Page("changes of two years", f"/endringer/?fra={two_years}", "overview", 1_000),
    ]


@dataclass(frozen=True)
class Bytes:
    """How much a page is: as it is, compressed, and with all that a first visit loads."""

    raw: int
    compressed: int
    first_load: int


def weigh(server: Server, address: str) -> Bytes:
    """Weigh a page, as it comes or as a proxy would compress it, with what it links to."""
    html = server.get(address).body.decode()
    linked = {urljoin(address, one or other) for one, other in LINKED.findall(html)}
    for sheet in [each for each in linked if each.endswith(".css")]:
        style = server.get(sheet).body.decode()
        linked |= {urljoin(sheet, font) for font, of in FONT.findall(style) if _uses(html, of)}
    compressed = _weight(server.get(address, accepts=BROWSER))
    files = sum(_weight(server.get(each, accepts=BROWSER)) for each in linked)
    return Bytes(len(html.encode()), compressed, compressed + files)


def _weight(answer: Answer) -> int:
    is_text = answer.body[:4] != b"wOF2"
    if answer.encoding or not is_text:
        return len(answer.body)
    return len(gzip.compress(answer.body, 6))


def _uses(html: str, ranges: str) -> bool:
    """Whether a page has a letter for which a font is loaded."""
    letters = {ord(letter) for letter in re.sub(r"<[^>]*>", "", html)}
    for each in re.findall(r"U\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?", ranges):
        first = int(each[0], 16)
        last = int(each[1] or each[0], 16)
        if any(first <= letter <= last for letter in letters):
            return True
    return False
