"""To be written."""

from django.http import HttpResponse

from fkj_portfolio.http import SiteRequest


def contact_create(request: SiteRequest) -> HttpResponse:
    raise NotImplementedError


def contact_detail(request: SiteRequest, pk: int) -> HttpResponse:
    raise NotImplementedError


def contact_edit(request: SiteRequest, pk: int) -> HttpResponse:
    raise NotImplementedError


def contact_hand_over(request: SiteRequest, pk: int) -> HttpResponse:
    raise NotImplementedError
