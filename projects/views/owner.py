"""To be written."""

from django.http import HttpResponse

from fkj_portfolio.http import SiteRequest


def owner_list(request: SiteRequest) -> HttpResponse:
    raise NotImplementedError


def owner_create(request: SiteRequest) -> HttpResponse:
    raise NotImplementedError


def owner_detail(request: SiteRequest, pk: int) -> HttpResponse:
    raise NotImplementedError


def owner_edit(request: SiteRequest, pk: int) -> HttpResponse:
    raise NotImplementedError


def owner_hand_over(request: SiteRequest, pk: int) -> HttpResponse:
    raise NotImplementedError
