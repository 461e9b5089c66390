"""A new delivery, and the forms on the page of its project."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from milestones.models import Milestone
from tests.factories import MilestoneFactory

pytestmark = pytest.mark.usefixtures("as_manager")


class TestMilestoneCreate:
    @pytest.fixture
    def url(self, project):
        return reverse("milestones:milestone_create", args=[project.slug])

    def test_opens_below_the_list_or_on_a_page_of_its_own(self, client, htmx_client, url):
        assertContains(client.get(url), "Ny leveranse</h1>")
        assert htmx_client.get(url)["HX-Retarget"] == "#leveranse-ny-form"

    def test_adds_it_at_the_end_and_sends_htmx_the_list(self, htmx_client, url, milestone, project):
        response = htmx_client.post(
            url,
            {"code": "MP6", "title": "Sluttrapport", "description": "Kort.", "due_on": "1.12.2026"},
        )

        assert response["HX-Retarget"] == "#milestones"
        assertContains(response, "MP6 er lagt til. Prosjektet er ferdig med 0 av 2 leveranser.")
        added = project.milestones.in_order().last()
        assert (added.code, added.title, added.description) == ("MP6", "Sluttrapport", "Kort.")
        assert added.original_due_on == added.due_on == datetime.date(2026, 12, 1)
        assertContains(response, f'id="leveranse-{added.pk}-main" href')

    def test_goes_back_to_the_row(self, client, url, project):
        response = client.post(url, {"title": "Sluttrapport"}, follow=True)

        assertRedirects(response, project.milestones.get().get_absolute_url())
        assertContains(response, "Sluttrapport er lagt til.")
        assertContains(response, "Dato ikke oppgitt")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": ""},
            {"title": "x" * 301},
            {"title": "NUL\0"},
            {"title": "\u2060"},
            {"code": "x" * 21},
            {"code": "MP5"},
            {"description": "x" * 5001},
            {"due_on": "aldri"},
            {"due_on": "01.01.1950"},
        ],
    )
    def test_refuses_what_is_wrong_and_keeps_what_was_typed(
        self, htmx_client, url, milestone, project, wrong
    ):
        response = htmx_client.post(url, {"title": "Sluttrapport", "description": "Kort."} | wrong)

        assertContains(response, "ds-validation-message", status_code=422)
        if "description" not in wrong:
            assertContains(response, "Kort.", status_code=422)
        assert project.milestones.get() == milestone

    def test_refuses_an_empty_post(self, client, url, project):
        assertContains(client.post(url), "ds-error-summary")
        assert not project.milestones.exists()

    def test_says_that_the_code_is_taken(self, client, url, milestone):
        response = client.post(url, {"code": "MP5", "title": "Sluttrapport"})

        assertContains(response, "Prosjektet har en annen leveranse med denne koden.")


class TestMilestonesOnTheProjectPage:
    def test_are_told_to_be_none(self, client, project):
        assertContains(client.get(project.get_absolute_url()), "Ingen leveranser er lagt inn.")

    def test_show_who_moved_and_delivered_to_staff_only(self, client, milestone, manager):
        milestone.deliver(on=datetime.date(2026, 6, 1), by=manager)
        Milestone.objects.update(description="Kort.")
        page = milestone.project.get_absolute_url()

        assertContains(client.get(page), "Markert som levert av Leder Larsen")
        client.logout()
        assertNotContains(client.get(page), "Markert som levert av")

    def test_say_what_is_overdue(self, client, project):
        MilestoneFactory.create_batch(2, project=project, original_due_on=datetime.date(2026, 6, 1))

        response = client.get(project.get_absolute_url())

        assertContains(response, "2 leveranser er forfalt.")
        assertContains(response, "Forfalt for 9 dager siden", count=2)

    def test_show_the_real_sentence(self, client, project):
        MilestoneFactory.create_batch(4, project=project, delivered=True)
        MilestoneFactory(project=project, delivered=True, obsolete=True)
        MilestoneFactory.create_batch(4, project=project)

        response = client.get(project.get_absolute_url())

        assertContains(response, "Prosjektet er ferdig med 5 av 9 leveranser.")
        assertContains(response, "1 utgått")
