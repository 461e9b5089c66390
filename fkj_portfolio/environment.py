"""Settings from environment variables: read, checked, and refused when they make no sense."""

import os
import re
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

EMAIL_BACKENDS = {"console": "console", "smtp": "smtp", "smtps": "smtp"}


def env(name: str, default: str | None = None) -> str:
    """Return an environment variable; one without a default must be set, and not to nothing."""
    value = os.environ.get(name, default)
    if value is None or (default is None and not value):
        raise ImproperlyConfigured(f"Set {name}, see .env.example.")
    return value


def env_bool(name: str, default: str = "false") -> bool:
    """Return a variable that must be true or false."""
    value = env(name, default)
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value == "true"


def env_int(name: str, default: str, *, at_least: int) -> int:
    """Return a variable that must be a whole number, and not too small to make sense."""
    value = env(name, default)
    if not re.fullmatch("[0-9]{1,6}", value) or int(value) < at_least:
        raise ImproperlyConfigured(
            f"{name} must be a whole number, {at_least} or more, not {value!r}."
        )
    return int(value)


def env_list(name: str, default: str) -> list[str]:
    """Return a variable that is a list with commas."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def split(name: str, url: str) -> SplitResult:
    """Return the parts of the address in a variable; one with an impossible port is refused."""
    try:
        parts = urlsplit(url)
        # Reading the port is what finds out whether it is one.
        parts.port  # noqa: B018
    except ValueError:
        # Nothing of the address is repeated, for it may hold a password.
        raise ImproperlyConfigured(
            f"{name} has no port from 0 to 65535 or no host that can be read; what is special"
            " in a password is written as %2F and the like."
        ) from None
    return parts


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's settings for ``postgresql://user:password@host:port/name?option=value``.

    The host may be a directory with a socket, as ``?host=/path``.
    """
    parts = split("DATABASE_URL", url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://.")
    # A host that is gone says nothing: without these a page would wait for minutes.
    manners = {"connect_timeout": "5", "keepalives_idle": "30", "keepalives_interval": "5"}
    options = manners | dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        # Connections are kept open between requests: opening one costs more than most pages.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def email_from_url(url: str) -> dict[str, Any]:
    """Return Django's settings for ``smtp://user:password@host:port``, ``smtps://…`` or ``console://``."""
    parts = split("EMAIL_URL", url)
    if parts.scheme not in EMAIL_BACKENDS:
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtps:// or console://.")
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{EMAIL_BACKENDS[parts.scheme]}.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
