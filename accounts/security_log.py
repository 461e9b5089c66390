"""Notes on who comes in and who may do what: in the database, and as a line of the log."""

import ipaddress
import logging
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import SecurityEvent, SecurityEventKind, User

logger = logging.getLogger("security")

Kind = SecurityEventKind
NOTED_EVERY = 5 * 60
#: Known by its label alone: this room is below that of the projects.
PROJECT = "projects.Project"
#: How the routes of pages about a project begin.
PROJECTS = "prosjekter/<slug:slug>/"


def record(
    kind: SecurityEventKind,
    *,
    request: HttpRequest | None,
    user: User | None,
    by: User | None = None,
    **details: Any,
) -> None:
    """Note what happened to a user's login, and who did it when it was not herself."""
    address = address_of(request) if request else None
    SecurityEvent.objects.create(kind=kind, user=user, by=by, address=address, details=details)
    say(kind, address=address, user=user, by=by, **details)


def record_slowed(key: str, *, request: HttpRequest, user: User | None, **details: Any) -> None:
    """Note that a count is full: once in a while, so that an attacker does not fill the log."""
    if cache.add(f"noted:{key}", True, NOTED_EVERY):
        record(Kind.LOGIN_SLOWED, request=request, user=user, **details)


def say(
    kind: SecurityEventKind,
    *,
    address: str | None,
    user: User | None,
    by: User | None = None,
    **details: Any,
) -> None:
    """Write a line for machines; users by their number, for a log is read and kept by many."""
    logger.info(
        "%s user=%s by=%s address=%s %s",
        *(kind.value, user.pk if user else "-", by.pk if by else "-", address or "-"),
        " ".join(f"{name}={str(value)[:200]!r}" for name, value in details.items()),
    )


def address_of(request: HttpRequest) -> str | None:
    """Return where a request came from, past the proxy that is trusted; None when that cannot be told."""
    try:
        address: str = get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return None
    return address


def as_ipv4(address: str) -> str:
    """Return what an IPv6 address holds of IPv4, as a server that listens to both writes it, else as it is."""
    mapped = getattr(ipaddress.ip_address(address), "ipv4_mapped", None)
    return str(mapped or address)


def place_of(request: HttpRequest) -> dict[str, Any]:
    """Return what was asked for: the route and what stands in it, but of a project its key.

    Words may be taken away from the name that a project has in addresses, and the log never changes.
    """
    match = request.resolver_match
    if match is None:
        return {"route": ""}
    named = {name: str(value)[:100] for name, value in match.kwargs.items()}
    place = {"route": match.route, "named": named}
    if match.route.startswith(PROJECTS):
        found = apps.get_model(PROJECT)._base_manager.filter(slug=named.pop("slug"))
        place["project"] = found.values_list("pk", flat=True).first()
    return place


def forget_what_is_old() -> None:
    """Delete what has been kept for as long as the settings say: it is about persons."""
    until = timezone.now() - timedelta(days=settings.SECURITY_LOG_DAYS)
    SecurityEvent.objects.filter(at__lt=until).delete()
