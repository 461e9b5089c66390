"""To be written."""

from django.http import HttpResponse

from fkj_portfolio.http import SiteRequest


def project_detail(request: SiteRequest, slug: str) -> HttpResponse:
    raise NotImplementedError


def project_create(request: SiteRequest) -> HttpResponse:
    raise NotImplementedError


def project_edit(request: SiteRequest, slug: str) -> HttpResponse:
    raise NotImplementedError


def project_publish(request: SiteRequest, slug: str) -> HttpResponse:
    raise NotImplementedError


def project_unpublish(request: SiteRequest, slug: str) -> HttpResponse:
    raise NotImplementedError
