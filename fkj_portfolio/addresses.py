"""Addresses of our pages. A page has a hundred, and finding one takes Django as long as a delivery's row."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def page_address(name: str, *arguments: object) -> str:
    """Return the address of a page, by the name of its view."""
    return _found(get_script_prefix(), name, *arguments)


@lru_cache(5_000, typed=True)
def _found(script_prefix: str, name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)
