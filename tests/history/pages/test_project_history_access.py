"""The readers of a project's history, and the queries it takes."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.cast import LOGGED_IN
from tests.factories import (
    ProjectFactory,
)
from tests.history.pages.log import change_often, history_of

pytestmark = pytest.mark.django_db


class TestWhoReadsTheProjectHistory:
    @pytest.mark.parametrize("person", LOGGED_IN)
    def test_is_open_to_staff_also_before_the_project_is_published(self, client, log_in, person):
        log_in(client, person)

        assert client.get(history_of(ProjectFactory(draft=True))).status_code == 200

    def test_sends_readers_to_the_login(self, client, project):
        response = client.get(history_of(project))

        assert response.status_code == 302
        assert response["Location"] == "/konto/logg-inn/?next=/prosjekter/fkj/historikk/"

    def test_sends_htmx_readers_to_the_login_on_a_page_of_its_own(self, htmx_client, project):
        assert htmx_client.get(history_of(project))["HX-Redirect"].startswith("/konto/logg-inn/")

    def test_knows_no_project_that_is_not_there(self, reading):
        assert reading.get("/prosjekter/finnes-ikke/historikk/").status_code == 404

    def test_refuses_other_methods(self, reading, project):
        assert reading.post(history_of(project)).status_code == 405

    @pytest.mark.parametrize("person", LOGGED_IN)
    def test_is_linked_from_the_project_for_staff_only(self, client, log_in, person, project):
        assertNotContains(client.get(project.get_absolute_url()), history_of(project))

        log_in(client, person)

        assertContains(client.get(project.get_absolute_url()), f'href="{history_of(project)}"')

    @pytest.mark.parametrize("number", [10, 1000])
    def test_needs_as_many_queries_for_many_events(
        self, htmx_client, staff, project, manager, number, django_assert_num_queries
    ):
        htmx_client.force_login(staff)
        change_often([project], number, by=manager)

        # The session, the user, the project; who has changed something (their keys, the users, and
        # those who have been deleted); the number of entries, their keys and events; and the names
        # of projects, owners and users.
        with django_assert_num_queries(12):
            response = htmx_client.get(history_of(project))

        assert response.context["page"].paginator.count > number
