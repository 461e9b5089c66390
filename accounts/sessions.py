"""Sessions that end: after some time without a request, and in any case some days after the login.

Each is a row with its user, so that she can see where she is logged in and end it there. What one
session holds is kept as Django keeps it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Session, User
from fkj_portfolio.compiled import Given, Statement, built_once

#: A visit is noted no more often than this, so that reading does not write each time.
NOTED_EVERY = timedelta(minutes=2)
DEVICE = "device"


class SessionStore(db.SessionStore):
    """A session whose row says whose it is, since when, and when it was last used."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """Return what the session holds; of one that has ended, nothing, and its key is forgotten."""
        now = timezone.now()
        self.row = _session().first(
            key=self.session_key, now=now, began=now - settings.SESSION_LIFE
        )
        if self.row is None:
            self._session_key = None
            return {}
        return self.decode(self.row.session_data)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        assert isinstance(session, Session)
        if self.row and self.row.session_key == session.session_key:
            session.started_at = self.row.started_at
        session.user_id = data.get("_auth_user_id")
        session.expire_date = self._ends_at(session.started_at)
        return session

    def note_visit(self) -> None:
        """Put off the end, since somebody is there."""
        now = timezone.now()
        if self.row is None or now - self.row.last_seen_at < NOTED_EVERY:
            return
        Session.objects.filter(pk=self.row.pk).update(
            last_seen_at=now, expire_date=self._ends_at(self.row.started_at)
        )

    def _ends_at(self, started_at: datetime) -> datetime:
        kept = not self.get_expire_at_browser_close()
        idle = settings.SESSION_IDLE_KEPT if kept else settings.SESSION_IDLE
        return min(timezone.now() + idle, started_at + settings.SESSION_LIFE)


@built_once
def _session() -> Statement[Session]:
    return Statement(
        Session.objects.filter(
            session_key=Given("key"), expire_date__gt=Given("now"), started_at__gt=Given("began")
        )
    )


def end_others(user: User, *, besides: str | None = None) -> int:
    """End the sessions of a user, besides the one with this key, and return how many."""
    count, _kinds = Session.objects.filter(user=user).exclude(session_key=besides or "").delete()
    return count


def note_device(request: HttpRequest, address: str | None) -> None:
    """Keep what a login came from, to be shown to whoever owns it."""
    agent = request.headers.get("user-agent", "")[:300]
    request.session[DEVICE] = {"agent": agent, "address": address}


def forget_what_has_ended() -> None:
    """Delete the sessions that nobody can use any more."""
    SessionStore.clear_expired()
