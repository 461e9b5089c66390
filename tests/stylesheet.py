"""Designsystemet's style sheet without the rules that no page of ours can need.

    python -m tests.stylesheet            # what is committed is what this makes
    python -m tests.stylesheet --update   # after a new version, or when a page takes something into use

A rule is left out when it can only hold for what occurs nowhere in our templates, Python, scripts and style
sheets: a class, a data attribute or its value, an element of a kind of its own. What can't be judged stays. Browsers
look at every rule with `:has()` for every change of a page, whether or not what it tells of is there; so the tests
also look at every page that they get for what was left out (`missing`).
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import tinycss2

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
MADE = ROOT / "static" / "css" / "designsystemet.css"
PACKAGE = "designsystemet-css"

#: Neither is any page made of these.
ELSEWHERE = {"bench", "docs", "findings", "locale", "migrations", "tests", "var", "vendor"}
KINDS = {".css", ".html", ".jinja", ".js", ".py", ".txt"}
WORD = re.compile(r"[\w-]+")
#: A word that goes on with something known at run time only: class="ds-{{ kind }}", `ds-${kind}`, "ds-" + kind.
BEGUN = re.compile(r"([\w-]+-)(?:\{|\$\{|%s|[\"'`] *[+~%])")
DATASET = re.compile(r"\bdataset\.(\w+)")

#: Any of these selectors will do.
EITHER = {"is", "where", "has", "matches", "-webkit-any"}

#: What makes browsers restyle the whole page when any part of it changes, and what says the same here, where every
#: field stands in a form or in what Designsystemet calls a field. It counts for as much.
REWRITTEN = {
    ":has(label):not(:has(label:hover)) .ds-input": (
        ":is(form,:where(.ds-field)):not(:has(label:hover)) .ds-input"
    ),
}

CLASSES = re.compile(r'\sclass="([^"]*)"')
DATA = re.compile(r'\s(data-[\w-]+)(?:="([^"]*)")?')
ELEMENTS = re.compile(r"<([a-z]+-[a-z-]+)")

Known = Callable[[str], bool]


def main() -> None:
    """Compare with what is committed, or replace it."""
    if "--update" in sys.argv[1:]:
        MADE.write_text(make(), "utf-8")
    elif MADE.read_text("utf-8") != make():
        sys.exit(f"{MADE.relative_to(ROOT)} is not up to date: python -m tests.stylesheet --update")


def make() -> str:
    """Return the style sheet."""
    version, whole = _vendored()
    rules = "\n".join(_needed(tinycss2.parse_stylesheet(whole), is_ours))
    for costly, said in REWRITTEN.items():
        if costly not in rules:
            raise LookupError(f"Designsystemet {version} no longer says {costly!r}.")
        rules = rules.replace(costly, said)
    return (
        f"/* Designsystemet {version} without what no page here needs, made by tests/stylesheet.py."
        f" MIT, Digitaliseringsdirektoratet: static/vendor/{PACKAGE}/{version}/LICENSE. */\n{rules}\n"
    )


def missing(pages: Iterable[Path]) -> list[str]:
    """Say what pages need, though rules for it were left out, each with the first page that does."""
    unknown = left_out()
    said: dict[str, str] = {}
    for path in pages:
        for name in names_on(path.read_text("utf-8")) & unknown - said.keys():
            said[name] = f"{MADE.name} lacks {name}, which stands in {path}"
    return list(said.values())


def names_on(html: str) -> set[str]:
    """Return the names of a page that a rule might ask for."""
    names = {f".{name}" for names in CLASSES.findall(html) for name in names.split()}
    for attribute, value in DATA.findall(html):
        names |= {f"[{attribute}]", f"[{attribute}={value}]"}
    return names | set(ELEMENTS.findall(html))


def left_out() -> set[str]:
    """Return the names that rules were left out for: ".class", "[attribute]", "[attribute=value]", "element"."""
    _version, whole = _vendored()
    asked: set[str] = set()

    def ask(name: str) -> bool:
        asked.add(name)
        return is_ours(name)

    for _rule in _needed(tinycss2.parse_stylesheet(whole), ask):
        pass
    return {name for name in asked if not is_ours(name)}


def _vendored() -> tuple[str, str]:
    packages = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
    (version,) = (each["version"] for each in packages if each["name"] == PACKAGE)
    return version, (VENDOR / PACKAGE / version / "designsystemet.css").read_text("utf-8")


def _needed(rules: Iterable[Any], known: Known) -> Iterator[str]:
    """Yield each rule that may hold, without the selectors that can't; the groups of rules around them too."""
    for rule in rules:
        if rule.type == "qualified-rule":
            kept = [each for each in split(rule.prelude) if is_possible(each, known)]
            if kept:
                selectors = ",".join(tinycss2.serialize(each) for each in kept)
                yield f"{selectors}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in {"layer", "media", "supports"}:
            yield from _group(rule, known)
        elif rule.type not in {"comment", "whitespace"}:
            yield rule.serialize()


def _group(rule: Any, known: Known) -> Iterator[str]:
    if rule.content is None:
        yield rule.serialize()
    elif kept := list(_needed(tinycss2.parse_rule_list(rule.content), known)):
        lines = "\n".join(kept)
        yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{\n{lines}\n}}"


def split(tokens: Iterable[Any]) -> list[list[Any]]:
    """Split a list of selectors at its commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def is_possible(selector: list[Any], known: Known) -> bool:
    """Whether a selector may hold for anything, when these names are known."""
    before: Any = None
    for token in selector:
        name = _name(token, before)
        if name and not known(name):
            return False
        is_either = token.type == "function" and token.lower_name in EITHER
        if is_either and not any(is_possible(each, known) for each in split(token.arguments)):
            return False
        before = token
    return True


def _name(token: Any, before: Any) -> str:
    """The name that a part of a selector asks for; empty when it is no name, or the browser's own."""
    if token.type == "ident" and before == ".":
        return f".{token.value}"
    if token.type == "ident" and before != ":" and "-" in token.value:
        return str(token.value)
    if token.type != "[] block":
        return ""
    attribute, *rest = (each for each in token.content if each.type != "whitespace")
    if not attribute.value.startswith("data-"):
        return ""
    value = rest[1].value if rest and rest[0] == "=" else None
    return f"[{attribute.value}]" if value is None else f"[{attribute.value}={value}]"


def is_ours(name: str) -> bool:
    """Whether all words of a name occur where our pages are made."""
    words, begun = _words()
    return all(
        word in words or any(word.startswith(each) for each in begun)
        for word in re.split(r"[.=\[\]]", name)
        if word
    )


@cache
def _words() -> tuple[set[str], set[str]]:
    """All words of our files, and the beginnings of those that are composed."""
    words, begun = set[str](), set[str]()
    for path in _files():
        text = path.read_text("utf-8")
        words.update(WORD.findall(text))
        words.update(_attribute(name) for name in DATASET.findall(text))
        if path.suffix != ".css":
            begun.update(each for each in BEGUN.findall(text) if each.startswith(("ds-", "data-")))
    return words, begun


def _attribute(name: str) -> str:
    return "data-" + re.sub("[A-Z]", lambda capital: f"-{capital[0].lower()}", name)


def _files() -> Iterator[Path]:
    for folder in ROOT.iterdir():
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in ELSEWHERE:
            for path in folder.rglob("*.*"):
                within = set(path.relative_to(ROOT).parts)
                if path.suffix in KINDS and path != MADE and not ELSEWHERE & within:
                    yield path


if __name__ == "__main__":
    main()
