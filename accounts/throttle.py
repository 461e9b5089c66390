"""Counts that attempts to log in belong to, so that an attacker waits and the owner does not.

Guesses from places unknown to an account share one count, however many places they come from.
Whoever comes from where she has logged in before, with the cookie that her browser was given then
or from the same address, has a count of her own; so has the browser that has just chosen a new
password. See ADR 0029. No count asks whether there is such an account.
"""

import ipaddress
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from accounts.models import SecurityEvent
from accounts.security_log import address_of, as_ipv4

#: The actions of ACCOUNT_RATE_LIMITS.
UNKNOWN, KNOWN = "login_failed", "login_failed_where_known"

SALT = "accounts.throttle"
DEVICE_AGE = timedelta(days=365)
#: So many accounts does one browser keep; a computer that several share.
ACCOUNTS_PER_DEVICE = 5
ADDRESS_AGE = timedelta(days=30)
RESET_AGE = timedelta(minutes=30)
RESET = "fresh_reset"


def count_of(request: HttpRequest, email: str) -> tuple[str, str]:
    """Return the limit that an attempt falls under, and what it is counted by."""
    account = account_of(email)
    fresh = request.session.get(RESET)
    if fresh and fresh["account"] == account and fresh["until"] > time.time():
        return KNOWN, f"{account}:reset:{fresh['mark']}"
    device = _read_device(request)
    if account in device["accounts"]:
        return KNOWN, f"{account}:device:{device['mark']}"
    network = network_of(address_of(request))
    since = timezone.now() - ADDRESS_AGE
    known = SecurityEvent.objects.known_addresses(email.lower(), since=since)
    if network and network in map(network_of, known):
        return KNOWN, f"{account}:network:{network}"
    return UNKNOWN, account


def account_of(email: str) -> str:
    """Return a name for an account, also one that is not there, which tells no e-mail."""
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]


def network_of(address: str | None) -> str | None:
    """Return an IPv4 address as it is, and of an IPv6 address the part that one customer has."""
    if not address:
        return None
    of = ipaddress.ip_address(as_ipv4(address))
    return str(of) if of.version == 4 else str(ipaddress.ip_network((of, 64), strict=False))


def remember_reset(request: HttpRequest, email: str) -> None:
    """Let this browser, which has shown that it reads the account's mail, log in at once."""
    until = time.time() + RESET_AGE.total_seconds()
    request.session[RESET] = {
        "account": account_of(email),
        "until": until,
        "mark": get_random_string(16),
    }


def remember_device(response: HttpResponse, request: HttpRequest, email: str) -> None:
    """Give the browser a cookie that says it has been let in to this account."""
    device = _read_device(request)
    others = [account for account in device["accounts"] if account != account_of(email)]
    device["accounts"] = [account_of(email), *others][:ACCOUNTS_PER_DEVICE]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(device, salt=SALT),
        max_age=DEVICE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _read_device(request: HttpRequest) -> dict[str, Any]:
    try:
        device: dict[str, Any] = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=DEVICE_AGE
        )
    except signing.BadSignature:
        return {"mark": get_random_string(16), "accounts": []}
    return device
