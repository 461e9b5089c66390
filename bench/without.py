"""The memories of a process, each of which can be switched off, to measure what it earns.

What is no longer there stops the measurement; a new one wants a line here.
"""

import contextlib
import functools
import importlib
from collections.abc import Callable, Iterator
from typing import Any

#: What is counted and found for pages that are made anew, by the first word of its keys.
ANSWERS = ("census", "register", "attention", "found", "history")
#: Functions whose answers are kept for as long as the process lives, by their module.
FUNCTIONS = {
    "statements": [("fkj_portfolio.compiled", "built_once.<locals>.remembered")],
    "filters by the register": [
        ("projects.dimensions.goal", "_selects"),
        ("projects.dimensions.manager", "_selects"),
    ],
    "addresses": [("fkj_portfolio.addresses", "_found")],
    "days in words": [("fkj_portfolio.templates", "day_in_words")],
    "Markdown parsers": [
        ("fkj_portfolio.text", "_parser"),
        ("fkj_portfolio.text", "_parser_of_plain_text"),
    ],
    "pattern of marks": [("fkj_portfolio.marks", "mark_pattern")],
}


def memories() -> list[str]:
    """Name what there is to switch off."""
    return ["pages", "answers", *(f"answers: {each}" for each in ANSWERS), *FUNCTIONS]


@contextlib.contextmanager
def doing_without(name: str) -> Iterator[None]:
    """Let this process, which sets up Django within, do without a memory."""
    functions = FUNCTIONS.get(name, [])
    met = _keep_no_answers_of(functions) if functions else set()
    yield
    if name == "pages":
        from fkj_portfolio.page_cache import PAGES

        PAGES.room = 0
    elif not functions:
        _forget_answers(name.partition(": ")[2])
    for module, function in functions:
        importlib.import_module(module)
        # Every function that is `built_once` has one of that name.
        if (module, function) not in met:
            raise RuntimeError(f"{module} has no {function} that remembers anything.")


def _keep_no_answers_of(functions: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Let these functions be called each time, whoever has imported them; return which have been met.

    So it is done before they are defined.
    """
    met = set()
    lru_cache: Any = functools.lru_cache

    def cache_others(maxsize: Any = 128, typed: bool = False) -> Any:
        if callable(maxsize):
            return cache_others()(maxsize)

        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            place = getattr(function, "__module__", ""), getattr(function, "__qualname__", "")
            if place in functions:
                met.add(place)
                return function
            remembering: Callable[..., Any] = lru_cache(maxsize, typed)(function)
            return remembering

        return decorate

    # `functools.cache` goes by it too.
    functools.lru_cache = cache_others  # type: ignore[assignment]
    return met


def _forget_answers(kind: str) -> None:
    """Find these answers anew each time, all of them when no kind is named."""
    from fkj_portfolio import content_cache

    recall = content_cache.OpenContentCache.recall

    def find(self: Any, key: Any, find: Callable[[], Any], **options: Any) -> Any:
        if self.memory is content_cache.ANSWERS and kind in ("", key[0]):
            return find()
        return recall(self, key, find, **options)

    content_cache.OpenContentCache.recall = find  # type: ignore[method-assign]
