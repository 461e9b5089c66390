"""What django-allauth's views lack."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render

from fkj_portfolio.http import SiteRequest


@login_not_required
def password_reset(request: SiteRequest) -> HttpResponse:
    """Send a link to choose a new password; say so when the mail server does not answer."""
    try:
        answer: HttpResponse = views.password_reset(request)
    except OSError:
        return render(request, "account/mail_failed.html", status=503)
    return answer
