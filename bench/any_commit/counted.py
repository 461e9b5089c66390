"""The settings of the site, which tells with each answer how many queries it took.

A page that comes from memory takes one, which asks whether it still holds.
"""

from django.db import connection

from fkj_portfolio.settings import *  # noqa: F403
from fkj_portfolio.settings import MIDDLEWARE


class CountQueries:
    """Counts the queries of a request, and tells them in a header of its answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        queries = 0

        def count(execute, *question):
            nonlocal queries
            queries += 1
            return execute(*question)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response.headers["X-Queries"] = str(queries)
        return response


MIDDLEWARE = ["counted.CountQueries", *MIDDLEWARE]
