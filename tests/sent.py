"""Forms as a browser sends them when nothing was typed in."""

from bs4 import BeautifulSoup
from bs4.element import Tag

#: By the names of the fields; a name is sent once for each value.
Sent = dict[str, list[str]]


def sent(html: str | Tag) -> Sent:
    """Return what a browser sends of these fields; of buttons none."""
    fields = BeautifulSoup(html, "html.parser") if isinstance(html, str) else html
    values: Sent = {}
    for field in fields.select("input[name], select[name], textarea[name]"):
        if not field.has_attr("disabled"):
            values.setdefault(str(field["name"]), []).extend(_values(field))
            # A name without any value is not sent at all.
            if not values[str(field["name"])]:
                del values[str(field["name"])]
    return values


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    if field.name == "select":
        chosen = field.select("option[selected]")
        if not chosen and not field.has_attr("multiple"):
            chosen = field.select("option")[:1]
        return [str(option.get("value", option.text)) for option in chosen]
    kind = field.get("type", "text")
    if kind in ("checkbox", "radio"):
        return [str(field.get("value", "on"))] if field.has_attr("checked") else []
    return [] if kind in ("submit", "button", "file") else [str(field.get("value", ""))]
