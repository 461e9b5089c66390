"""Making a milestone obsolete, and taking it back."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import MilestoneFactory

JUNE_10 = datetime.date(2026, 6, 10)
pytestmark = pytest.mark.usefixtures("as_manager")


@pytest.fixture
def url(milestone):
    return reverse("milestones:milestone_withdraw", args=[milestone.project.slug, milestone.pk])


@pytest.fixture
def restore_url(milestone):
    return reverse("milestones:milestone_restore", args=[milestone.project.slug, milestone.pk])


class TestMilestoneWithdraw:
    def test_asks_for_the_reason(self, client, url):
        assertContains(client.get(url), "Sett MP5 som utgått")

    def test_keeps_reason_and_day_and_counts_it_no_more(self, htmx_client, url, milestone, project):
        MilestoneFactory(project=project, delivered=True)

        response = htmx_client.post(url, {"reason": "Avviklet <b>nå</b>"})

        assertContains(response, "MP5 er utgått. Prosjektet er ferdig med 1 av 1 leveranse.")
        assertContains(response, "1 utgått")
        assertContains(response, "Avviklet &lt;b&gt;nå&lt;/b&gt;")
        milestone.refresh_from_db()
        assert (milestone.is_obsolete, milestone.obsolete_on) == (True, JUNE_10)

    def test_goes_back_to_the_row(self, client, url, milestone):
        response = client.post(url, {"reason": "Avviklet"}, follow=True)

        assertRedirects(response, milestone.get_absolute_url())

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "NUL\0", "\u200b", "\u202e"])
    def test_refuses_what_is_no_reason(self, htmx_client, url, milestone, reason):
        response = htmx_client.post(url, {"reason": reason})

        assertContains(response, "ds-validation-message", status_code=422)
        milestone.refresh_from_db()
        assert not milestone.is_obsolete

    def test_twice_keeps_the_first_reason_and_says_so(self, htmx_client, url, milestone):
        htmx_client.post(url, {"reason": "Først"})

        response = htmx_client.post(url, {"reason": "Så"})

        assertContains(response, "MP5 er allerede utgått.")
        milestone.refresh_from_db()
        assert milestone.obsolete_reason == "Først"

    def test_of_a_delivered_one_leaves_it_delivered(self, htmx_client, url, milestone, manager):
        milestone.deliver(on=JUNE_10, by=manager)

        response = htmx_client.post(url, {"reason": "Erstattet"})

        assertContains(response, "Prosjektet er ferdig med 1 av 1 leveranse.")
        assertContains(response, "1 utgått")
        assertContains(response, "Angre levering")
        assertContains(response, "Angre utgått")


class TestMilestoneRestore:
    def test_takes_it_back(self, htmx_client, restore_url, milestone):
        milestone.withdraw(on=JUNE_10, reason="Feil")

        response = htmx_client.post(restore_url)

        assertContains(response, "MP5 er ikke lenger utgått.")
        assertNotContains(response, "1 utgått")
        milestone.refresh_from_db()
        assert milestone.is_outstanding
        assert milestone.obsolete_reason == ""

    def test_twice_says_so(self, client, restore_url):
        assertContains(client.post(restore_url, follow=True), "MP5 er ikke utgått.")

    @pytest.mark.parametrize("way", ["client", "htmx_client"])
    def test_explains_that_the_code_is_taken(self, way, restore_url, milestone, request):
        milestone.withdraw(on=JUNE_10, reason="Feil")
        MilestoneFactory(project=milestone.project, code="MP5")

        response = request.getfixturevalue(way).post(restore_url, follow=True)

        assertContains(response, "En annen leveranse har fått koden MP5.")
        milestone.refresh_from_db()
        assert milestone.is_obsolete
