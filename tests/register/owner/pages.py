"""Addresses and forms of owners."""

from tests.cast import cast_but

NOT_ADMINISTRATORS = cast_but("reader", "administrator")


def address(owner, verb=""):
    return f"/eiere/{owner.pk}/{verb}"
