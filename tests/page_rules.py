"""Rules for our pages that Jinja2 itself does not keep: found in the templates as the environment compiles them.

What a page asks for with `_(...)` comes back as markup, so that a variable would stand raw in it; a file that is
imported is worked out once for all, in the language of whoever came first; a method that is not called is always true.
"""

import ast
import datetime
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.paginator import Page, Paginator
from django.db.models import Manager, Model, QuerySet
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
#: Folders whose classes no page sees.
UNSEEN = {"tests", "bench", "var", "management", "migrations"}
#: Kinds of things of others that pages are given.
GIVEN = (
    *(AbstractUser, BaseForm, BaseFormSet, BoundField, ErrorDict, ErrorList, HttpRequest),
    *(Manager, Model, Page, Paginator, QuerySet, dict, list, str, datetime.datetime),
)
#: What a page asks for its texts with, and which of the arguments are context and texts.
TEXTS = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
#: Where in them the text stands by which it is found.
FOUND_BY = {"pgettext": 1, "npgettext": 1}
#: A % that stands for none.
LONE_PERCENT = re.compile(r"%(?!%|\(\w+\)s)")
#: A method that Django makes of a field.
DISPLAY = re.compile(r"get_\w+_display")
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
        rules = [*_texts(page), *_methods(page)]
        rules += _set_for_all(page) if name in imported else ()
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
        elif any(LONE_PERCENT.search(text.replace("%%", "")) for text in written):
            yield call.lineno, "a % alone, which is neither %% nor %(name)s"
        if name.startswith("n") and _is_written_out(call.args[TEXTS[name]]):
            yield call.lineno, "the plural is chosen by a number that is written out already"
        elif name.startswith("n") and _shows(written, call.args[TEXTS[name]], call.kwargs):
            yield call.lineno, "a number is shown as machines write it: 1000"
    for each in page.find_all(nodes.Name):
        if each.name in TEXTS and id(each) not in called:
            yield each.lineno, f"{each.name} is handed on, and may look up anything"


def _set_for_all(node: nodes.Node) -> Iterator[tuple[int, str]]:
    """Find what is worked out when a file is imported; its macros are when they are called."""
    for each in node.iter_child_nodes():
        if isinstance(each, nodes.AssignBlock) or (isinstance(each, nodes.Assign) and _works(each)):
            yield each.lineno, "set once for everybody, in the language of the first"
        elif isinstance(each, nodes.If) and _works(each.test) and each.find(nodes.Assign):
            yield each.lineno, "set once for everybody, by what was so for the first"
        elif not isinstance(each, nodes.Macro | nodes.Block | nodes.CallBlock):
            yield from _set_for_all(each)


def _methods(page: nodes.Template) -> Iterator[tuple[int, str]]:
    called = {id(call.node) for call in page.find_all(nodes.Call)}
    for each in page.find_all(nodes.Getattr):
        is_loop = isinstance(each.node, nodes.Name) and each.node.name == "loop"
        is_method = each.attr in methods() or DISPLAY.fullmatch(each.attr)
        if is_method and not is_loop and id(each) not in called:
            yield each.lineno, f"{each.attr} is a method, and is not called"


@cache
def methods() -> frozenset[str]:
    """Return the names of methods, of ours and of what pages are given, that no class of ours has for a value."""
    called = {
        name
        for kind in GIVEN
        for each in kind.__mro__
        for name, what in vars(each).items()
        if callable(what)
    }
    values = set()
    for path in ROOT.rglob("*.py"):
        folders = path.relative_to(ROOT).parts[:-1]
        if UNSEEN & set(folders) or any(each[0] == "." for each in folders):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.ClassDef(body=body):
                    functions = [each for each in body if isinstance(each, ast.FunctionDef)]
                    called |= {each.name for each in functions if not _is_property(each)}
                    values |= {each.name for each in functions if _is_property(each)}
                    values |= {name for each in body for name in _assigned(each)}
                case ast.Attribute(attr=name, ctx=ast.Store()):
                    values.add(name)
    return frozenset(called - values)


def _is_property(function: ast.FunctionDef) -> bool:
    return any("property" in ast.unparse(each) for each in function.decorator_list)


def _assigned(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets):
            yield from (each.id for each in targets if isinstance(each, ast.Name))


def _calls(page: nodes.Template) -> Iterator[tuple[nodes.Call, str]]:
    for call in page.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in TEXTS:
            yield call, call.node.name


def _is_text(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _is_written_out(node: nodes.Expr) -> bool:
    """Return whether a number is text already, in all of an expression or in some of it."""
    return any(each.name == "number" for each in _with_all_inside(node, nodes.Filter))


def _shows(written: list[str], number: nodes.Expr, values: list[nodes.Keyword]) -> bool:
    """Return whether these texts show the number that chooses between them, as it is."""
    return any(
        each.value == number and f"%({each.key})s" in text for each in values for text in written
    )


def _works(node: nodes.Node) -> bool:
    return any(_with_all_inside(node, (nodes.Call, nodes.Filter, nodes.Test)))


def _with_all_inside(node: nodes.Node, kind: Any) -> Iterator[Any]:
    yield from (node,) if isinstance(node, kind) else ()
    yield from node.find_all(kind)
