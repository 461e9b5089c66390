"""Addresses and forms of contacts."""

from tests.cast import cast_but

NOT_ADMINISTRATORS = cast_but("reader", "administrator")


def address(contact, verb=""):
    return f"/kontakter/{contact.pk}/{verb}"
