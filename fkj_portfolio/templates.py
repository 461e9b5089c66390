"""Our pages' templates: the engine that renders them, with the filters and functions that all of them have.

Jinja2 knows nothing of Django's languages and days, so what depends on them is a filter or a function here. Such a
filter takes the context, which keeps Jinja2 from working it out once for everybody when it compiles a template.
"""

import datetime
import re
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any

import jinja2
from django.http import HttpRequest
from django.template.backends import jinja2 as backend
from django.template.defaultfilters import capfirst, linebreaksbr, urlencode
from django.templatetags.static import PrefixNode, static
from django.utils.formats import date_format, localize
from django.utils.module_loading import import_string
from django.utils.text import Truncator
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from django_htmx.jinja import htmx_script
from jinja2.runtime import Context
from markupsafe import Markup

from fkj_portfolio.addresses import page_address
from fkj_portfolio.text import first_sentence, markdown

INDENTATION = re.compile(r"\n[ \t]+")


class Loader(jinja2.FileSystemLoader):
    """Leaves out the indentation, which readers would have to load; the lines stay, so that errors name the right one."""

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        source, *others = super().get_source(environment, template)
        return INDENTATION.sub("\n", source), *others


class Templates(backend.Jinja2):
    """Django's engine for Jinja2, whose pages write nothing into what a view has given them."""

    def get_template(self, template_name: str) -> "Template":
        return Template(super().get_template(template_name).template, self)


class Template(backend.Template):
    def render(
        self, context: dict[str, Any] | None = None, request: HttpRequest | None = None
    ) -> str:
        return super().render(dict(context or {}), request)


def environment(
    *, loader: jinja2.FileSystemLoader, functions: Iterable[str], **options: Any
) -> jinja2.Environment:
    """Make the environment of the pages; `functions` are the dotted names of those that the rooms give them."""
    made = jinja2.Environment(
        loader=Loader(loader.searchpath), extensions=["jinja2.ext.i18n"], **options
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals["_"] = constant
    made.filters |= FILTERS
    made.globals |= FUNCTIONS
    made.globals |= {each.__name__: each for each in map(import_string, functions)}
    return made


def constant(text: str) -> Markup:
    """Translate a text that stands in a template, as Jinja2's own `_` does in twice the time."""
    return Markup(gettext(text) % {})


@jinja2.pass_context
def date(context: Context, day: datetime.date | None, form: str) -> str:
    """Write a day, or a moment in the time of the site, in one of the forms of the language; nothing for none."""
    if not day:
        return ""
    if not isinstance(day, datetime.datetime):
        return day_in_words(day, form, get_language())
    return date_format(localtime(day) if is_aware(day) else day, form)


@lru_cache(10_000)
def day_in_words(day: datetime.date, form: str, language: str | None) -> str:
    """Write a day, in the language of now; a page asks for the same ones again and again."""
    return date_format(day, form)


@jinja2.pass_context
def number(context: Context, value: float) -> str:
    """Write a number as the language does: 50 000, and half as 0,5."""
    # Most are so small that every language writes them alike.
    return str(value) if type(value) is int and 0 <= value < 1000 else str(localize(value))


def truncatechars(text: object, length: int) -> str:
    """Return a text of at most so many characters."""
    words = str(text)
    return words if len(words) <= length else Truncator(words).chars(length)


def querystring(request: HttpRequest, **changed: object) -> str:
    """Return the query of this address with some of it changed, or left out where it is None."""
    query = request.GET.copy()
    for name, value in changed.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


FILTERS = {
    "capfirst": capfirst,
    "date": date,
    "first_sentence": first_sentence,
    "linebreaksbr": linebreaksbr,
    "markdown": markdown,
    "number": number,
    "truncatechars": truncatechars,
    "urlencode": urlencode,
}
FUNCTIONS = {
    "htmx_script": htmx_script,
    "language": get_language,
    "querystring": querystring,
    "static": static,
    "static_prefix": partial(PrefixNode.handle_simple, "STATIC_URL"),
    "url": page_address,
}
