"""Pages of one's sessions and of what has been noted about logins; what django-allauth's views lack."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.confirm import confirmed
from accounts.devices import describe
from accounts.forms import SecurityLogFilterForm
from accounts.models import SecurityEvent, Session
from accounts.security_log import Kind, record
from accounts.sessions import DEVICE, end_others
from accounts.words import tell
from fkj_portfolio.http import MemberRequest
from fkj_portfolio.kept_forms import forget_form

EVENTS_PER_PAGE = 50


@dataclass(frozen=True)
class Login:
    """A session as its owner sees it."""

    session: Session
    device: str
    address: str
    is_this: bool


@require_safe
def session_list(request: MemberRequest) -> HttpResponse:
    """Show where the user is logged in, this session first."""
    logins = [_login(request, session) for session in _sessions(request)]
    logins.sort(key=lambda login: not login.is_this)
    return render(request, "account/session_list.html", {"logins": logins})


@require_POST
@confirmed
def session_end(request: MemberRequest, handle: str) -> HttpResponse:
    """Log the user out in one other place."""
    session = next((each for each in _sessions(request) if each.handle == handle), None)
    if session is None:
        messages.info(request, _("That session had already ended."))
        return redirect("account_sessions")
    if session.session_key == request.session.session_key:
        raise Http404
    session.delete()
    return _ended(request, 1)


@require_POST
@confirmed
def session_end_others(request: MemberRequest) -> HttpResponse:
    """Log the user out everywhere but here."""
    return _ended(request, end_others(request.user, besides=request.session.session_key))


@require_safe
@permission_required("accounts.view_securityevent", raise_exception=True)
def security_log(request: MemberRequest) -> HttpResponse:
    """Show who logged in, was refused or got other rights, the newest first."""
    form = SecurityLogFilterForm(request.GET)
    events = form.apply_to(SecurityEvent.objects.newest_first())
    page = Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "filter_form": form,
        "page": page,
        "told": tell(page),
        "retention_days": settings.SECURITY_LOG_DAYS,
    }
    return render(request, "account/security_log.html", context)


@require_POST
def kept_form_discard(request: MemberRequest) -> HttpResponse:
    """Throw away what was kept of a form, and show it as it is without."""
    address = request.POST.get("address", "")
    forget_form(request, address)
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return redirect(address if is_ours else "projects:overview")


def _sessions(request: MemberRequest) -> list[Session]:
    valid = Session.objects.filter(user=request.user, expire_date__gt=timezone.now())
    return list(valid.order_by("-last_seen_at", "pk"))


def _login(request: MemberRequest, session: Session) -> Login:
    came_from: dict[str, Any] = session.get_decoded().get(DEVICE, {})
    return Login(
        session=session,
        device=describe(came_from.get("agent", "")),
        address=came_from.get("address") or "",
        is_this=session.session_key == request.session.session_key,
    )


def _ended(request: MemberRequest, count: int) -> HttpResponse:
    if count:
        record(Kind.SESSIONS_ENDED, request=request, user=request.user, count=count)
    text = ngettext("%(count)s session is ended.", "%(count)s sessions are ended.", count)
    messages.success(request, text % {"count": count})
    return redirect("account_sessions")
