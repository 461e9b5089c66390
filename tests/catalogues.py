"""Check of the translations: `python -m tests.catalogues` says whether they are whole; with --update it mends the files.

Reads the messages out of Python and templates with Babel, so that no GNU gettext is needed.
"""

import argparse
import io
import sys
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import allauth
import django
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("nb", "nn")
NOT_OURS = {"tests", "bench", "var", ".venv", "static"}
CONTEXT = (1, "c")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": (CONTEXT, 2),
    "npgettext": (CONTEXT, 2, 3),
}
KEYWORDS |= {f"{name}_lazy": numbers for name, numbers in KEYWORDS.items() if name != "_"}
KEYWORDS |= {"gettext_noop": None}

#: As the pages ask for their texts (`fkj_portfolio/templates.py`).
AS_RENDERED = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}

Key = tuple[str | None, str]


def extracted() -> dict[Key, Message]:
    """Return every message that the code and the templates ask for."""
    messages: dict[Key, Message] = {}
    for path in _sources():
        messages = extracted_from(path) | messages
    return messages


def extracted_from(path: Path) -> dict[Key, Message]:
    """Return every message that one file asks for."""
    messages: dict[Key, Message] = {}
    for line, found, _comments, context in _messages(path):
        place = (str(path.relative_to(ROOT)), line)
        message = Message(found, locations=[place], context=context)
        messages.setdefault(_key(message), message)
    return messages


def problems() -> Iterator[str]:
    """Say what is missing, left over, wrong or not compiled."""
    wanted, overridable = extracted(), _overridable()
    for language in LANGUAGES:
        catalogue = _read(language)
        there = {_key(message): message for message in catalogue if message.id}
        for key, message in wanted.items():
            if key not in there or not _is_translated(there[key]):
                yield f"{language}: {_place(message)}: {key[1]!r} has no translation"
            elif isinstance(message.id, tuple | list) and not there[key].pluralizable:
                yield f"{language}: {_place(message)}: {key[1]!r} has no plural"
        for key in there.keys() - wanted.keys() - overridable:
            yield f"{language}: {key[1]!r} is in the catalogue, but nowhere in the code"
        for message, errors in catalogue.check():
            yield from (f"{language}: {_key(message)[1]!r}: {error}" for error in errors)
        if _texts(catalogue) != _compiled_texts(language):
            yield f"{language}: the .mo is not the compiled .po"


def update() -> None:
    """Add what is missing, untranslated; drop what is left over; sort and compile."""
    wanted, overridable = extracted(), _overridable()
    for language in LANGUAGES:
        catalogue = _read(language)
        there = {_key(message) for message in catalogue if message.id}
        for context, text in there - wanted.keys() - overridable:
            catalogue.delete(text, context)
        for key in wanted.keys() - there:
            message = wanted[key]
            flags = ["python-format"] if message.python_format else []
            catalogue.add(message.id, context=message.context, flags=flags)
        with _file(language, "po").open("wb") as file:
            write_po(file, catalogue, width=100, sort_output=True)
        with _file(language, "mo").open("wb") as file:
            write_mo(file, catalogue)


def _messages(path: Path) -> Iterable[Any]:
    """Return what Babel finds in a file: line, message, comments and context."""
    text = path.read_text("utf-8")
    method = "python"
    if path.is_relative_to(ROOT / "templates"):
        method = "jinja2"
    elif path.suffix != ".py":
        # What this makes of a template has Python's words, but not its indentation.
        made = templatize(text, origin=str(path))
        text = "\n".join(line.lstrip() for line in made.splitlines())
    return extract(method, io.BytesIO(text.encode()), keywords=KEYWORDS, options=AS_RENDERED)


def _sources() -> Iterator[Path]:
    for pattern in ("*.py", "*.html", "*.txt"):
        for path in sorted(ROOT.glob(f"*/**/{pattern}")):
            if path.relative_to(ROOT).parts[0] not in NOT_OURS:
                yield path


def _file(language: str, suffix: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"


def _read(language: str) -> Catalog:
    with _file(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def _key(message: Message) -> Key:
    text = message.id if isinstance(message.id, str) else message.id[0]
    context = message.context or None
    # Babel reads the context in a .mo as bytes.
    return context.decode() if isinstance(context, bytes) else context, text


def _is_translated(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string
    return bool(strings) and all(strings) and not message.fuzzy


def _texts(catalogue: Catalog) -> dict[Key, object]:
    return {
        _key(message): _as_list(message.string)
        for message in catalogue
        if message.id and _is_translated(message)
    }


def _compiled_texts(language: str) -> dict[Key, object]:
    with _file(language, "mo").open("rb") as file:
        return _texts(read_mo(file))


def _as_list(strings: object) -> list[object]:
    return list(strings) if isinstance(strings, tuple | list) else [strings]


def _overridable() -> set[Key]:
    """Return the messages of Django and allauth, which our catalogues may word differently.

    Their Swedish tells of some that nobody has put into Norwegian yet.
    """
    keys = set()
    for package, language in product((django, allauth), (*LANGUAGES, "sv")):
        for path in Path(package.__path__[0]).glob(f"**/locale/{language}/LC_MESSAGES/django.mo"):
            with path.open("rb") as file:
                keys |= {_key(message) for message in read_mo(file) if message.id}
    return keys


def _place(message: Message) -> str:
    return ":".join(str(part) for part in message.locations[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="rewrite the catalogues")
    arguments = parser.parse_args()
    settings.configure(USE_I18N=True)
    if arguments.update:
        update()
    found = list(problems())
    print("\n".join(found))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
