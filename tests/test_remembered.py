"""Pages that are remembered for readers: always true, and with a token of each reader's own."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from projects.models import Project
from tests.factories import MilestoneFactory, ProjectFactory, UserFactory

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def project(transactional_db: None) -> Project:
    """Committed: what a transaction has written itself is never remembered."""
    project = ProjectFactory(title="Felles journal")
    MilestoneFactory(project=project)
    return project


def queries_for(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


class TestRememberedForReaders:
    def test_needs_one_query_as_long_as_nothing_changes(self, client, project):
        address = project.get_absolute_url()
        first = client.get(address).content

        # Whatever else goes on in the same PostgreSQL counts as a change.
        assert min(queries_for(client, address) for _time in range(5)) == 1
        assert TOKEN.sub("", client.get(address).content.decode()).count("<h1>") == 1
        assert len(client.get(address).content) == len(first)

    def test_shows_what_has_changed(self, client, project):
        client.get(project.get_absolute_url())
        Project.objects.update(title="Felles journal for alle")

        response = client.get(project.get_absolute_url())

        assert "Felles journal for alle" in response.content.decode()

    def test_finds_nothing_where_a_project_is_hidden(self, client, project):
        client.get(project.get_absolute_url())
        project.unpublish()

        assert client.get(project.get_absolute_url()).status_code == 404

    def test_gives_each_reader_a_token_of_her_own_that_is_taken(self, project):
        readers = [Client(enforce_csrf_checks=True) for _reader in range(2)]
        tokens = []
        for reader in readers:
            page = reader.get(project.get_absolute_url()).content.decode()
            (token,) = set(TOKEN.findall(page))
            assert f'"x-csrftoken": "{token}"' in page
            tokens.append(token)
            form = {"language": "en", "next": "/", "csrfmiddlewaretoken": token}
            assert reader.post("/sprak/", form).status_code == 302

        assert len({reader.cookies["csrftoken"].value for reader in readers}) == 2
        assert len(set(tokens)) == 2

    def test_speaks_the_language_of_each_reader(self, client, project):
        assert "Leveranser" in client.get(project.get_absolute_url()).content.decode()
        client.cookies["django_language"] = "en"

        response = client.get(project.get_absolute_url())

        assert "Deliveries" in response.content.decode()
        assert response.headers["Content-Language"] == "en"

    def test_is_not_for_those_who_are_logged_in(self, client, project):
        user: User = UserFactory(name="Ansatt Hansen")
        client.get(project.get_absolute_url())
        client.force_login(user)

        for _time in range(2):
            assert "Ansatt Hansen" in client.get(project.get_absolute_url()).content.decode()
        client.logout()
        assert "Ansatt Hansen" not in client.get(project.get_absolute_url()).content.decode()

    def test_tells_a_reader_once_what_is_for_her_alone(self, client, project):
        address = project.get_absolute_url()
        client.get(address)

        note = client.get(f"{address}?per=2999-01-01", follow=True).content.decode()

        assert "1. januar 2999" in note
        assert "1. januar 2999" not in client.get(address).content.decode()

    def test_answers_only_the_head_when_asked_for_it(self, client, project):
        page = client.get(project.get_absolute_url())
        head = client.head(project.get_absolute_url())

        assert head.content == b""
        assert head.headers["Content-Type"] == page.headers["Content-Type"]
