"""Does anything print a text as markup, but for the places named here? `python -m tests.raw_markup` says.

Reads templates, Python and our own scripts. What the engines escape by themselves is safe; what switches that off is named
with its reason, and so often as it stands there.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {"tests", "var"}

#: Where, what and how often, and why it does no harm.
NAMED = {
    ("fkj_portfolio/templates.py", "Markup", 2): "texts of our catalogues, which hold no markup",
    ("fkj_portfolio/templates.py", "Template", 1): "a page, read from its file",
    ("fkj_portfolio/text.py", "mark_safe", 1): "Markdown, rendered without raw HTML and cleaned",
    (
        "django_templates/account/email/password_reset_key_message.txt",
        "autoescape off",
        1,
    ): "a mail in plain text",
    (
        "django_templates/account/email/password_reset_key_subject.txt",
        "autoescape off",
        1,
    ): "the subject of a mail",
}

IN_TEMPLATES = {
    "|safe": r"\{[{%](?:\"[^\"]*\"|'[^']*'|(?![}%]\})[^\"'])*?\|\s*safe(?:seq)?\b|\{%[-+]?\s*filter\s+safe(?:seq)?\b",
    "autoescape off": r"\{%[-+]?\s*autoescape\s+(?!(?:on|true)\s*[-+]?%\})",
    # Autoescaping leaves spaces alone, and so lets more attributes in.
    "attribute without quotation marks": r"\s[\w:-]+=\{[{%]",
    "text in a script": r"<(?:script|style)\b[^>]*>[^<]*\{[{%]",
}
IN_SCRIPTS = {
    "markup from a string": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|setHTML|DOMParser"
    r"|createContextualFragment|htmx\.(?:swap|process|ajax)",
    "code from a string": r"\beval\(|\bFunction\(|\bsetTimeout\(\s*[\"'`]",
}
#: Names that make a text count as markup, wherever they are used.
MAKERS = {"mark_safe", "SafeText", "SafeData", "html_safe", "Markup", "__html__"}
#: What is called with markup; templates stand in files, where they are read.
SOURCES = {"SafeString", "Template", "from_string"}
FORMATTERS = {"format_html": 0, "format_html_join": 1}
SWITCHES = {"is_safe": True, "autoescape": False, "needs_autoescape": True}


def main() -> None:
    """Print every place that is not named, and every name without its place."""
    if found := list(problems()):
        sys.exit("\n".join(found))


def problems() -> Iterator[str]:
    """Say what is not named, and what is named and is not there."""
    counted = Counter(places())
    for (where, what), count in sorted(counted.items()):
        if (where, what, count) not in NAMED:
            yield f"{where}: {what}, {count} times. Escape it, or name it in {Path(__file__).name} with its reason."
    for where, what, count in NAMED:
        if counted[where, what] != count:
            yield f"{where}: {what} is named {count} times, and stands there {counted[where, what]} times."


def places() -> Iterator[tuple[str, str]]:
    """Find all that prints a text as markup, by file."""
    ours = [each for each in ROOT.iterdir() if each.name not in NOT_OURS and each.name[0] != "."]
    for path in sorted(file for each in ours for file in (each, *each.rglob("*"))):
        inside = path.relative_to(ROOT)
        if "vendor" in inside.parts or not path.is_file():
            continue
        if path.suffix == ".py":
            found = in_python(path.read_text("utf-8"))
        elif path.suffix == ".js":
            found = in_text(path.read_text("utf-8"), IN_SCRIPTS)
        elif {"templates", "django_templates"} & set(inside.parts):
            found = in_text(_without_comments(path.read_text("utf-8")), IN_TEMPLATES)
        else:
            continue
        for what in found:
            yield str(inside), what


def in_text(text: str, rules: dict[str, str]) -> Iterator[str]:
    """Name the rules that a template or a script breaks, once for each time."""
    for what, rule in rules.items():
        yield from [what] * len(re.findall(rule, text))


def in_python(text: str) -> Iterator[str]:
    """Name what makes markup of a text in Python; imports and types alone do nothing."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.FunctionDef(name=name):
                if name in MAKERS:
                    yield name
            case ast.ImportFrom(names=names):
                yield from (each.name for each in names if each.asname and each.name in _ALL)
            case ast.ClassDef(bases=bases):
                yield from ("SafeString" for base in bases if _name(base) == "SafeString")
            case ast.Call(func=func, args=args, keywords=keywords):
                yield from _in_call(_name(func), args, keywords)


_ALL = MAKERS | FORMATTERS.keys() | {"SafeString"}


def _in_call(name: str, args: list[ast.expr], keywords: list[ast.keyword]) -> Iterator[str]:
    if name in SOURCES:
        yield name
    is_page = name.startswith("HttpResponse") and "Redirect" not in name
    if is_page and args and isinstance(args[0], ast.JoinedStr | ast.BinOp):
        yield name
    if name in FORMATTERS:
        template = args[FORMATTERS[name] :]
        # A format that is put together may hold a text already; without arguments it hides one.
        if len(template) + len(keywords) < 2 or not isinstance(template[0], ast.Constant):
            yield name
    for keyword in keywords:
        if keyword.arg in SWITCHES and _value(keyword.value) != (not SWITCHES[keyword.arg]):
            yield f"{keyword.arg}="


def _name(node: ast.expr) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def _value(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}|\{% comment .*?endcomment %\}", "", text, flags=re.DOTALL)


if __name__ == "__main__":
    main()
