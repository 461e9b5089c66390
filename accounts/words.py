"""Sentences about what has been noted of logins."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import SecurityEvent, SecurityEventKind, User
from accounts.security_log import PROJECT

Kind = SecurityEventKind
#: Where something stands in a route.
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class ToldEvent:
    """An event with the sentence for it, and one for each thing that it changed."""

    event: SecurityEvent
    sentence: str
    changes: list[str]


def tell(events: Iterable[SecurityEvent]) -> list[ToldEvent]:
    """Tell of events; one query finds all projects that somebody was refused."""
    events = list(events)
    refused = {event.details.get("project") for event in events} - {None}
    projects = apps.get_model(PROJECT)._base_manager.filter(pk__in=refused)
    slugs = dict(projects.values_list("pk", "slug"))
    return [_tell(event, slugs) for event in events]


def _tell(event: SecurityEvent, slugs: dict[int, str]) -> ToldEvent:
    who = event.details.get("name") or _name(event.user, event.user_id)
    names = {"who": who, "by": _name(event.by, event.by_id)}
    path = {"path": _path(event.details, slugs)}
    sentence = _sentence(event) % (path | event.details | names)
    return ToldEvent(event, sentence, _changes(event.details))


def _sentence(event: SecurityEvent) -> str:
    """Return the words for an event, with the places of the names."""
    kind, details, has_account = event.kind, event.details, event.user_id is not None
    if kind == Kind.LOGGED_IN:
        return _("%(who)s logged in.")
    if kind == Kind.LOGGED_OUT:
        return _("%(who)s logged out.")
    if kind == Kind.LINK_SENT:
        return _("%(who)s was sent a link by which to choose a password.")
    if kind == Kind.LOGIN_FAILED:
        if has_account:
            return _("Somebody wrote a wrong password for %(who)s.")
        return _("Somebody tried to log in with an e-mail that nobody has.")
    if kind == Kind.LOGIN_SLOWED:
        if details.get("letters"):
            return _("Links for %(who)s were asked for so often that no more are sent for now.")
        if has_account:
            return _("There were too many attempts to log in as %(who)s; some have to wait.")
        return _("There were too many attempts with an e-mail that nobody has; some have to wait.")
    if kind == Kind.PASSWORD_CHANGED:
        if event.by_id:
            return _("%(by)s gave %(who)s another password.")
        return _("%(who)s chose another password.")
    if kind == Kind.SESSIONS_ENDED:
        if event.by_id:
            return _("%(by)s logged %(who)s out everywhere.")
        return ngettext(
            "%(who)s logged out in %(count)s other place.",
            "%(who)s logged out in %(count)s other places.",
            details.get("count", 0),
        )
    if kind == Kind.REFUSED:
        if details.get("closed"):
            return _("%(who)s, who may not log in any longer, wrote the right password.")
        return _("%(who)s was refused %(method)s %(path)s.")
    if details.get("made"):
        return _("%(by)s made the user %(who)s.")
    if details.get("deleted"):
        return _("%(by)s deleted the user %(who)s.")
    return _("%(by)s changed the user %(who)s.")


def _changes(details: dict[str, Any]) -> list[str]:
    told = [_("Got the role %(role)s.") % {"role": role} for role in details.get("given", [])]
    told += [_("Lost the role %(role)s.") % {"role": role} for role in details.get("taken", [])]
    if "is_active" in details:
        told.append(_("May log in.") if details["is_active"] else _("May not log in any longer."))
    if "is_superuser" in details:
        told.append(
            _("Is a superuser.") if details["is_superuser"] else _("Is no superuser any longer.")
        )
    if details.get("user_permissions"):
        told.append(_("Got other rights of her own."))
    if "email" in details:
        before, after = details["email"]
        told.append(_("E-mail: %(before)s became %(after)s.") % {"before": before, "after": after})
    return told


def _path(details: dict[str, Any], slugs: dict[int, str]) -> str:
    """Return the address of what was refused, as it is now; what has no name any more is left open."""
    named = details.get("named", {})
    if "project" in details:
        named = named | {"slug": slugs.get(details["project"])}
    return "/" + PLACE.sub(lambda place: named.get(place[1]) or "…", details.get("route", ""))


def _name(user: User | None, pk: int | None) -> str:
    if user is None:
        return _("a user who has been deleted (number %(number)s)") % {"number": pk}
    return str(user)
