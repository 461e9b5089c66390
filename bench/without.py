"""The memories of a process, each of which can be switched off, to measure what it earns.

What is no longer there is left out; a new one wants a line here.
"""

import importlib
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

#: What is counted and found for pages that are made anew, by the first word of its keys.
ANSWERS = ("census", "register", "attention")
#: Functions whose answers are kept for as long as the process lives.
FUNCTIONS = {
    "dates of the timeline": [("overview.looks.timeline.items", "_date_in")],
    "Markdown parsers": [
        ("fkj_portfolio.text", "_parser"),
        ("fkj_portfolio.text", "_parser_of_plain_text"),
    ],
    "pattern of marks": [("fkj_portfolio.marks", "mark_pattern")],
}


def memories() -> list[str]:
    """Name what there is to switch off."""
    fragments = ["fragments"] if find_spec("fkj_portfolio.fragment_cache") else []
    return ["pages", *fragments, "answers", *(f"answers: {each}" for each in ANSWERS), *FUNCTIONS]


def switch_off(name: str) -> None:
    """Let this process do without a memory."""
    if name in FUNCTIONS:
        for module, function in FUNCTIONS[name]:
            _forget_answers_of(module, function)
    elif name == "fragments":
        _forget_fragments()
    elif name == "pages":
        from fkj_portfolio.page_cache import PAGES

        PAGES.room = 0
    else:
        _forget_answers(name.partition(": ")[2])


def _forget_answers_of(module: str, function: str) -> None:
    found = importlib.import_module(module)
    setattr(found, function, getattr(found, function).__wrapped__)


def _forget_fragments() -> None:
    """Make each anew, and no key for it."""
    from fkj_portfolio import fragment_cache

    fragment_cache.values_of = lambda thing, **_options: None  # type: ignore[assignment]
    fragment_cache.FRAGMENTS.recall = lambda key, make: make()  # type: ignore[method-assign]


def _forget_answers(kind: str) -> None:
    """Find these answers anew each time, all of them when no kind is named."""
    from fkj_portfolio import content_cache

    recall = content_cache.OpenContentCache.recall

    def find(self: Any, key: Any, find: Callable[[], Any], **options: Any) -> Any:
        if self.memory is content_cache.ANSWERS and kind in ("", key[0]):
            return find()
        return recall(self, key, find, **options)

    content_cache.OpenContentCache.recall = find  # type: ignore[method-assign]
