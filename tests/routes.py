"""The addresses that the site answers, as they are written in the code."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address, without the slash that it begins with; what varies stands in angle brackets."""
    for each in (resolver or get_resolver()).url_patterns:
        route = f"{before}{each.pattern}"
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each, route)
