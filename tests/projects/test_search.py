"""The search of the whole site."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import MilestoneFactory, OwnerFactory, ProjectFactory

pytestmark = pytest.mark.django_db
URL = "/sok/"


class TestSearch:
    def test_finds_a_project_by_its_milestone_and_leads_there(self, client):
        project = ProjectFactory(title="Journal")
        milestone = MilestoneFactory(project=project, code="MP5", title="Ekstern kvalitetssikring")
        MilestoneFactory(project=project, title="Noe annet")

        response = client.get(URL, {"sok": "kvalitetssikring"})

        assertContains(response, "1 prosjekt funnet")
        assertContains(response, f'href="{project.get_absolute_url()}#{milestone.anchor}"')
        assertNotContains(response, "Noe annet")

    def test_finds_a_project_by_its_owner_whatever_the_case(self, client):
        ProjectFactory(title="Journal", owner=OwnerFactory(name="Åsane kommune"))

        assertContains(client.get(URL, {"sok": "åsane"}), "Journal")

    def test_shows_readers_only_what_is_published(self, client, staff):
        ProjectFactory(title="Journal", draft=True)

        assertContains(client.get(URL, {"sok": "journal"}), "0 prosjekter funnet")
        client.force_login(staff)
        assertContains(client.get(URL, {"sok": "journal"}), "1 prosjekt funnet")

    def test_asks_for_words_when_there_are_none(self, client):
        ProjectFactory(title="Journal")

        for text in ("", "   ", "\u200b"):
            response = client.get(URL, {"sok": text})
            assertContains(response, "<h1>Søk</h1>", html=True)
            assertNotContains(response, "valgfritt")
            assertNotContains(response, "Journal")

    @pytest.mark.parametrize("text", ["x" * 101, "a\0b"])
    def test_says_what_is_wrong_with_the_words(self, client, text):
        response = client.get(URL, {"sok": text})

        assertContains(response, 'aria-invalid="true"')
        assertContains(response, 'class="ds-validation-message"')

    @pytest.mark.parametrize("side", ["99999999999999999999", "abc", "-1"])
    def test_takes_no_harm_from_a_page_that_is_none(self, client, side):
        assert client.get(URL, {"sok": "journal", "side": side}).status_code == 200

    def test_offers_a_way_on_when_nothing_is_found(self, client):
        assertContains(client.get(URL, {"sok": "helikopter"}), "Prøv færre ord")

    def test_refuses_other_methods(self, client):
        assert client.post(URL).status_code == 405

    def test_makes_as_many_queries_for_many(self, client, django_assert_num_queries):
        for _ in range(12):
            MilestoneFactory(title="Journal", project__title="Journal")

        # The number of projects, the projects, and their milestones.
        with django_assert_num_queries(3):
            client.get(URL, {"sok": "journal"})
