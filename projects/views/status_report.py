"""To be written."""

from django.http import HttpResponse

from fkj_portfolio.http import SiteRequest


def status_report_create(request: SiteRequest, slug: str) -> HttpResponse:
    raise NotImplementedError
