"""Should markup ever get through, it does nothing in the browser of the office, which may do everything.

The pages are changed on their way, as if a title were not escaped.
"""

import pytest
from playwright.sync_api import expect

from projects.models import Project
from tests.factories import MilestoneFactory, ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Felles kommunal journal"
PUBLISH = "/prosjekter/utkast/publiser/"
#: Sends by itself, with a token that it finds on the page.
SENDING = (
    f'hx-post="{PUBLISH}" hx-trigger="load" hx-include="[name=csrfmiddlewaretoken]" hx-swap="none"'
)
#: What htmx obeys only where nothing keeps it from it.
OBEYED = '<b hx-get="/sok/" hx-trigger="load" hx-swap="none"></b>'


@pytest.fixture
def draft(db) -> Project:
    return ProjectFactory(draft=True, slug="utkast")


@pytest.fixture
def sent(page) -> list[str]:
    """Requests that the page has sent."""
    sent = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    return sent


@pytest.fixture
def open_with(page, context, log_in, office, project, draft):
    """Open the project as the office does, with markup that was not escaped in its title."""

    def open_with(markup):
        def break_escaping(route):
            response = route.fetch()
            # In the head a title stands in an attribute; what breaks out of where it stands is tried by itself.
            head, body, rest = response.text().partition("<body")
            route.fulfill(response=response, body=head + body + rest.replace(TITLE, markup))

        log_in(context, office)
        page.route("**/prosjekter/fkj/", break_escaping)
        page.goto(project.get_absolute_url(), wait_until="networkidle")

    return open_with


class TestMarkupThatGotThrough:
    def test_is_not_obeyed_where_people_have_written(self, open_with, sent, draft):
        open_with(f"<b {SENDING}></b>{OBEYED}<form {SENDING}></form>")

        assert not [each for each in sent if each.startswith("POST") or "/sok/" in each]
        draft.refresh_from_db()
        assert not draft.is_published

    def test_sends_nothing_from_where_it_has_broken_out_to(self, open_with, sent, draft):
        open_with(f"</h1></header>{OBEYED}<b {SENDING}></b><form {SENDING}></form>")

        # It did break out, and htmx obeys it as far as that goes.
        assert [each for each in sent if each.endswith("/sok/")]
        assert not [each for each in sent if each.startswith("POST")]
        draft.refresh_from_db()
        assert not draft.is_published

    def test_changes_no_other_part_of_the_page(self, page, open_with, project, complaints):
        milestone = MilestoneFactory(project=project, code="MP1")
        open_with(TITLE)

        def break_escaping(route):
            swapped = (
                '<b hx-swap-oob="innerHTML:h1">Lurt</b><script src="/static/js/lurt.js"></script>'
            )
            response = route.fetch()
            route.fulfill(response=response, body=f"<div>{swapped}{response.text()}</div>")

        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.route("**/lever/", break_escaping)
        row = page.locator(f"#{milestone.anchor}")
        row.get_by_role("link", name="Marker som levert").click()

        expect(row.get_by_role("textbox", name="Levert")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        assert not [each for each in asked if "lurt.js" in each]

    def test_does_not_lead_links_and_forms_elsewhere(self, page, open_with, complaints):
        open_with('<base href="/lurt/">')

        assert "lurt" not in page.evaluate("document.baseURI")
        # The browser says that the policy refused it.
        assert complaints
        assert all("base-uri" in each for each in complaints)
        complaints.clear()
