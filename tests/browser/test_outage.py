"""The database goes away while somebody writes: the page says so, and nothing that was typed is lost."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

from projects.models import Owner

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/eiere/ny/"
NAME = "Kommunal- og distriktsdepartementet"


def answer_503(route: Route) -> None:
    """Answer as the site does while the database is away; the rest of it is real."""
    if route.request.method != "POST":
        route.fallback()
        return
    fields = [
        tuple(pair)
        for pair in route.request.post_data_json.items()  # of a form that names each field once
    ]
    page = render_to_string("503.html", {"again": ADDRESS, "typed": fields, "is_costly": False})
    route.fulfill(status=503, content_type="text/html", body=page)


@pytest.fixture
def refused(page: Page, context, administrator, log_in, complaints) -> Page:
    """The page that says that the database is away, after a form was sent."""
    log_in(context, administrator)
    page.goto(ADDRESS)
    page.get_by_label("Navn", exact=True).fill(NAME)
    page.route(f"**{ADDRESS}", answer_503)
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("får ikke tak i dataene")
    page.unroute(f"**{ADDRESS}")
    # The browser notes the refusal on its console.
    complaints.clear()
    return page


class TestOutage:
    def test_keeps_what_was_typed_also_when_one_goes_on(self, refused, axe):
        axe(refused)
        refused.get_by_role("link", name="Til forsiden").click()
        refused.wait_for_url("/")
        refused.goto(ADDRESS)

        refused.get_by_role("button", name="Hent det fram").click()

        expect(refused.get_by_label("Navn", exact=True)).to_have_value(NAME)

    def test_saves_it_when_it_is_sent_again(self, refused):
        refused.get_by_role("button", name="Send på nytt").click()

        expect(refused.get_by_role("heading", level=1)).to_have_text(NAME)
        assert Owner.objects.get().name == NAME
        refused.goto(ADDRESS)
        expect(refused.locator(".kept-text")).to_have_count(0)
