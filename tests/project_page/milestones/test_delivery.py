"""Marking a milestone as delivered, and taking it back."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import (
    assertContains,
    assertNotContains,
    assertRedirects,
)

from tests.factories import MilestoneFactory

JUNE_1 = datetime.date(2026, 6, 1)

pytestmark = pytest.mark.usefixtures("as_manager")


@pytest.fixture
def url(milestone):
    return reverse("milestones:milestone_deliver", args=[milestone.project.slug, milestone.pk])


@pytest.fixture
def reopen_url(milestone):
    return reverse("milestones:milestone_reopen", args=[milestone.project.slug, milestone.pk])


class TestMilestoneDeliver:
    def test_asks_for_the_day_on_a_page_of_its_own(self, client, url):
        response = client.get(url)

        assertContains(response, "<!DOCTYPE html>")
        assertContains(response, '<h1 id="heading">Marker MP5 som levert</h1>')
        assertContains(response, 'value="10.06.2026"')

    def test_offers_the_day_of_a_delivery_that_was_undone(self, client, url, milestone, manager):
        for day in (20, 12):
            milestone.deliver(on=datetime.date(2026, 5, day), by=manager)
            milestone.reopen()
        MilestoneFactory(delivered=True)

        assertContains(client.get(url), 'value="12.05.2026"')

    def test_sends_htmx_only_the_form_and_its_place(self, htmx_client, url, milestone):
        response = htmx_client.get(url)

        assertNotContains(response, "<!DOCTYPE html>")
        assert response["HX-Retarget"] == f"#leveranse-{milestone.pk}-form"
        assert response["HX-Reswap"] == "innerHTML"
        assert "HX-Request" in response["Vary"]
        assertContains(response, f'data-opened-by="leveranse-{milestone.pk}-main"')

    def test_records_the_day_and_goes_back_to_the_row(self, client, url, milestone, manager):
        response = client.post(url, {"delivered_on": "1.6.26"}, follow=True)

        page = milestone.project.get_absolute_url()
        assertRedirects(response, f"{page}#leveranse-{milestone.pk}")
        assertContains(response, "MP5 er levert. Prosjektet er ferdig med 1 av 1 leveranse.")
        milestone.refresh_from_db()
        assert milestone.is_delivered
        assert (milestone.delivered_on, milestone.delivered_by) == (JUNE_1, manager)

    def test_sends_htmx_the_row_the_progress_and_what_happened(
        self, htmx_client, url, milestone, project
    ):
        MilestoneFactory(project=project)

        response = htmx_client.post(url, {"delivered_on": "01.06.2026"})

        assertNotContains(response, "<!DOCTYPE html>")
        assert response["HX-Retarget"] == f"#leveranse-{milestone.pk}"
        assertContains(response, f'<li id="leveranse-{milestone.pk}"')
        assertContains(response, 'id="milestone-progress" class="milestone-progress" hx-swap-oob')
        assertContains(response, "MP5 er levert. Prosjektet er ferdig med 1 av 2 leveranser.")
        assertContains(response, "Levert 39 dager før frist")
        assertContains(response, f'id="leveranse-{milestone.pk}-main" autofocus')

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("", "ds-validation-message"),
            ("i går", "Skriv datoen som dd.mm.åååå"),
            ("31.02.2026", "Skriv datoen som dd.mm.åååå"),
            ("11.06.2026", "Datoen kan ikke være fram i tid."),
            ("31.12.1999", "Året må være mellom 2000 og 2100."),
            ("1.6.2026\0", "Skriv datoen som dd.mm.åååå"),
        ],
    )
    def test_keeps_what_was_typed_and_says_what_is_wrong(
        self, htmx_client, url, milestone, typed, words
    ):
        response = htmx_client.post(url, {"delivered_on": typed})

        assertContains(response, words, status_code=422)
        assertContains(
            response, f'value="{typed}"' if typed else "ds-error-summary", status_code=422
        )
        assert response["HX-Retarget"] == f"#leveranse-{milestone.pk}-form"
        milestone.refresh_from_db()
        assert not milestone.is_delivered

    def test_refuses_on_a_page_of_its_own_too(self, client, url):
        response = client.post(url, {})

        assertContains(response, "ds-error-summary")
        assertContains(response, "<!DOCTYPE html>")

    def test_twice_keeps_who_was_first_and_says_so(
        self, client, htmx_client, url, office, milestone
    ):
        client.post(url, {"delivered_on": "01.06.2026"})
        htmx_client.force_login(office)

        response = htmx_client.post(url, {"delivered_on": "05.06.2026"})

        words = "MP5 er allerede levert 01.06.2026. Det registrerte Leder Larsen."
        assertContains(response, f'<p class="ds-alert" data-color="info">{words}</p>', html=True)
        milestone.refresh_from_db()
        assert milestone.delivered_on == JUNE_1

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ({"is_delivered": True, "delivered_on": None}, "MP5 er allerede levert."),
            ({"is_delivered": True, "delivered_on": JUNE_1}, "MP5 er allerede levert 01.06.2026."),
            (
                {"is_obsolete": True, "obsolete_on": JUNE_1, "obsolete_reason": "Why"},
                "MP5 er utgått. Angre det først hvis leveransen likevel skal gjelde.",
            ),
        ],
    )
    def test_opens_no_form_for_what_is_not_outstanding(
        self, client, htmx_client, url, milestone, state, words
    ):
        type(milestone).objects.update(**state)

        assertContains(htmx_client.get(url), words)
        assertContains(client.get(url, follow=True), words)

    def test_needs_as_many_queries_with_many_milestones(
        self, htmx_client, url, project, django_assert_num_queries
    ):
        MilestoneFactory.create_batch(5, project=project)

        # The session, the user, her permissions; a transaction (two); the
        # project, whether she manages it, the milestone; the change and how it is now; the
        # settings, the project with its counts, the row, its moves and its baselines; and what it takes to
        # do once what is sent twice: a transaction (two), the mark, its answer, older ones (two).
        with django_assert_num_queries(21):
            htmx_client.post(url, {"delivered_on": "01.06.2026"})


class TestMilestoneReopen:
    def test_takes_the_delivery_back(self, htmx_client, url, reopen_url, milestone):
        htmx_client.post(url, {"delivered_on": "01.06.2026"})

        response = htmx_client.post(reopen_url)

        assertContains(response, "MP5 er ikke lenger levert.")
        assertContains(response, "Prosjektet er ferdig med 0 av 1 leveranse.")
        assertContains(response, "Marker som levert")
        milestone.refresh_from_db()
        assert milestone.is_outstanding
        assert (milestone.delivered_on, milestone.delivered_by) == (None, None)

    def test_goes_back_to_the_row(self, client, url, reopen_url, milestone):
        client.post(url, {"delivered_on": "01.06.2026"})

        response = client.post(reopen_url)

        assertRedirects(response, milestone.get_absolute_url(), fetch_redirect_response=False)

    def test_twice_says_so(self, htmx_client, client, reopen_url):
        assertContains(htmx_client.post(reopen_url), "MP5 er ikke levert.")
        assertContains(client.post(reopen_url, follow=True), "MP5 er ikke levert.")

    def test_leaves_an_obsolete_one_obsolete(self, htmx_client, reopen_url, milestone):
        type(milestone).objects.update(is_delivered=True, is_obsolete=True)

        response = htmx_client.post(reopen_url)

        assertContains(response, "Angre utgått")
        assertNotContains(response, "Marker som levert")
        assertContains(response, "Alle leveransene er utgått.")
