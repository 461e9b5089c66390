"""To be written."""

from django.http import HttpResponse

from fkj_portfolio.http import SiteRequest


def milestone_create(request: SiteRequest, slug: str) -> HttpResponse:
    raise NotImplementedError


def milestone_edit(request: SiteRequest, slug: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def milestone_deliver(request: SiteRequest, slug: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def milestone_reopen(request: SiteRequest, slug: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def milestone_move(request: SiteRequest, slug: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def milestone_withdraw(request: SiteRequest, slug: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def milestone_restore(request: SiteRequest, slug: str, pk: int) -> HttpResponse:
    raise NotImplementedError
