"""Rules for our pages that Jinja2 itself does not keep: found in the templates as the environment compiles them.

What a page asks for with `_(...)` comes back as markup, so that a variable would stand raw in it; a file that is
imported is worked out once for all, in the language of whoever came first.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
#: What a page asks for its texts with, and which of the arguments are context and texts.
TEXTS = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
#: Where in them the text stands by which it is found.
FOUND_BY = {"pgettext": 1, "npgettext": 1}
MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w+;")

Pages = dict[str, nodes.Template]
#: Context, or None, and text.
Asked = tuple[str | None, str]


def pages(environment: Environment, folder: Path = TEMPLATES) -> Pages:
    """Read all our pages as the environment does."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        name = str(path.relative_to(folder))
        assert environment.loader
        source, *_others = environment.loader.get_source(environment, name)
        found[name] = environment.parse(source, name)
    return found


def asked_for(pages: Pages) -> set[Asked]:
    """Return the texts that the pages look up."""
    found = set()
    for page in pages.values():
        for call, name in _calls(page):
            texts = [each.value for each in call.args if isinstance(each, nodes.Const)]
            at = FOUND_BY.get(name, 0)
            found.add((texts[0] if at else None, texts[at]))
    return found


def problems(pages: Pages) -> Iterator[str]:
    """Say which rules are broken, and where."""
    imported = {
        each.template.value
        for page in pages.values()
        for each in page.find_all((nodes.FromImport, nodes.Import))
        if isinstance(each.template, nodes.Const)
    }
    for name, page in pages.items():
        rules = [*_texts(page), *(_top_level(page) if name in imported else ())]
        yield from (f"{name}:{line}: {what}" for line, what in rules)


def _texts(page: nodes.Template) -> Iterator[tuple[int, str]]:
    called = set()
    for call, name in _calls(page):
        called.add(id(call.node))
        texts = call.args[: TEXTS[name]]
        if len(texts) < TEXTS[name] or not all(_is_text(each) for each in texts):
            yield call.lineno, "a text is looked up that is not written here"
            continue
        written = [each.value for each in texts if isinstance(each, nodes.Const)]
        if any(MARKUP.search(text) for text in written):
            yield call.lineno, "a text that is translated has markup in it"
        if name == "_" and (call.kwargs or any("%" in text for text in written)):
            yield call.lineno, "a % in _(): only {% trans %} takes it for what it is"
        if name.startswith("n") and _is_written_out(call.args[TEXTS[name]]):
            yield call.lineno, "the plural is chosen by a number that is written out already"
    for each in page.find_all(nodes.Name):
        if each.name in TEXTS and id(each) not in called:
            yield each.lineno, f"{each.name} is handed on, and may look up anything"


def _top_level(page: nodes.Template) -> Iterator[tuple[int, str]]:
    for each in page.body:
        depends = each.find((nodes.Call, nodes.Filter, nodes.Test)) is not None
        if isinstance(each, nodes.AssignBlock) or (isinstance(each, nodes.Assign) and depends):
            yield each.lineno, "set once for everybody, in the language of the first"


def _calls(page: nodes.Template) -> Iterator[tuple[nodes.Call, str]]:
    for call in page.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in TEXTS:
            yield call, call.node.name


def _is_text(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _is_written_out(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Filter) and node.name == "number"
