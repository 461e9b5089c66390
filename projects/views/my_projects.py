"""To be written."""

from django.http import HttpResponse

from fkj_portfolio.http import SiteRequest


def my_projects(request: SiteRequest) -> HttpResponse:
    raise NotImplementedError
