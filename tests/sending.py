"""Sending a page's form as a browser does: with all that stands in it."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

#: The form that a page is for, else the first that sends something.
FORMS = (
    "form[data-keep-text]",
    'main form[method="post"]',
    '#content-main form[method="post"]',
)


def fill_in(
    client: Client, page: str, *selectors: str, **typed: object
) -> tuple[str, dict[str, object]]:
    """Return where a form of a page is sent, and what is sent when this has been typed."""
    form = find_form(client.get(page), *selectors)
    return str(form.get("action") or page), standing_in(form) | typed


def find_form(response: HttpResponse, *selectors: str) -> Tag:
    soup = BeautifulSoup(response.content, "html.parser")
    found = (soup.select_one(selector) for selector in selectors or FORMS)
    form = next(filter(None, found), None)
    assert form, f"There is no such form: {selectors}"
    return form


def standing_in(form: Tag) -> dict[str, Any]:
    """Return what stands in a form, by the names that are sent."""
    sent: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name = str(field["name"])
        if field.name == "textarea":
            sent[name] = field.text.removeprefix("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]")
            sent[name] = chosen["value"] if chosen else ""
        elif field.get("type") == "checkbox":
            if field.has_attr("checked"):
                sent.setdefault(name, []).append(field.get("value", "on"))
        elif field.get("type") != "radio" or field.has_attr("checked"):
            sent[name] = field.get("value", "")
    return sent
