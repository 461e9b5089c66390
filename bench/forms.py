"""Forms of a page, read and filled in as a browser does."""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

#: Forms don't stand in one another, and reading a whole page takes as long as making it.
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)

Fields = dict[str, str | list[str]]


@dataclass(frozen=True)
class Form:
    """Where a form goes, empty for where it stands, and what is filled in."""

    action: str
    fields: Fields


def find_form(page: str, having: str) -> Form | None:
    """Find the first form of a page in which this stands: the name of a field, or where the form goes."""
    return next((read(form) for form in FORM.findall(page) if having in form), None)


def read(html: str) -> Form:
    """Read what would be sent if nobody typed anything."""
    form = BeautifulSoup(html, "html.parser").form
    assert form
    fields: Fields = {}
    for each in form.find_all(["input", "select", "textarea"]):
        name, values = str(each.get("name", "")), _values(each)
        if name and values:
            kept = fields.get(name, [])
            together = [*(kept if isinstance(kept, list) else [kept]), *values]
            fields[name] = together if len(together) > 1 else together[0]
    return Form(str(form.get("action", "")), fields)


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        # A browser leaves out the first line break.
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        chosen = field.find_all("option", selected=True) or field.find_all("option", limit=1)
        return [str(each.get("value", each.get_text())) for each in chosen]
    kind = field.get("type", "text")
    if kind in ("submit", "button") or (
        kind in ("radio", "checkbox") and not field.has_attr("checked")
    ):
        return []
    return [str(field.get("value", "on" if kind == "checkbox" else ""))]
