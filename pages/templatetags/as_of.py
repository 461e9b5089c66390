"""Addresses that keep to the day that a page shows."""

from typing import Any

from django import template

from projects.as_of import address_on

register = template.Library()


@register.simple_tag(takes_context=True)
def on_this_day(context: template.Context, address: str) -> str:
    """Return an address, leading to the past day that this page shows, if it shows one."""
    day: Any = context.get("as_of")
    return address_on(address, day)
