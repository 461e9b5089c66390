"""Setting and moving the due date of a milestone."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from milestones.actions import move_milestone
from milestones.models import Milestone
from tests.factories import MilestoneFactory, ProjectFactory

JULY_10 = datetime.date(2026, 7, 10)
pytestmark = pytest.mark.usefixtures("as_manager")


def url_of(milestone: Milestone) -> str:
    return reverse("milestones:milestone_move", args=[milestone.project.slug, milestone.pk])


def typed(**other: str) -> dict[str, str]:
    """Return what the manager sends of a form that was opened with 10 July."""
    return {
        "to": "05.10.2026",
        "cause": "supplier",
        "reason": "Leverandøren er forsinket.",
        "opened_with": "2026-07-10",
    } | other


class TestMilestoneMove:
    def test_shows_the_date_as_it_is_and_asks_for_another(self, client, milestone):
        response = client.get(url_of(milestone))

        assertContains(response, "Flytt fristen for MP5")
        assertContains(response, "Nå: 10.07.2026. Skriv den nye som dd.mm.åååå.")
        assertNotContains(response, 'value="10.07.2026"')
        assertContains(response, 'name="opened_with" value="2026-07-10"')

    def test_keeps_the_move_and_shows_it_with_the_slip(self, htmx_client, milestone, manager):
        response = htmx_client.post(url_of(milestone), typed())

        assertContains(response, "MP5 har nå fristen 05.10.2026.")
        assertContains(response, "87 dager etter opprinnelig frist, flyttet 1 gang")
        assertContains(response, "Flyttet fra 10.07.2026 til 05.10.2026")
        assertContains(response, "Leverandør: Leverandøren er forsinket.")
        assertContains(response, '<details class="milestone__details" open>')
        assertContains(response, f'id="leveranse-{milestone.pk}-move"')
        milestone.refresh_from_db()
        assert milestone.original_due_on == JULY_10
        move = milestone.date_moves.get()
        assert (move.from_date, move.cause, move.moved_by) == (JULY_10, "supplier", manager)

    def test_goes_back_to_the_row(self, client, milestone):
        response = client.post(url_of(milestone), typed(), follow=True)

        assertRedirects(response, milestone.get_absolute_url())
        assertContains(response, "MP5 har nå fristen 05.10.2026.")

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"to": ""}, "ds-validation-message"),
            ({"to": "snart"}, "Skriv datoen som dd.mm.åååå"),
            ({"to": "31.12.1999"}, "Året må være mellom 2000 og 2100."),
            ({"to": "01.01.2101"}, "Året må være mellom 2000 og 2100."),
            ({"to": "10.07.2026"}, "Dette er allerede fristen. Skriv en annen dato."),
            ({"cause": ""}, "ds-validation-message"),
            ({"cause": "weather"}, "ds-validation-message"),
            ({"reason": " "}, "ds-validation-message"),
            ({"reason": "\u200b\u2800"}, "ds-validation-message"),
            ({"reason": "x" * 301}, "300"),
            ({"reason": "NUL\0"}, "ds-validation-message"),
        ],
    )
    def test_refuses_what_is_wrong_and_keeps_the_rest(self, htmx_client, milestone, wrong, words):
        response = htmx_client.post(url_of(milestone), typed(**wrong))

        assertContains(response, words, status_code=422)
        if "reason" not in wrong:
            assertContains(response, 'value="Leverandøren er forsinket."', status_code=422)
        assert not milestone.date_moves.exists()

    def test_twice_moves_once(self, htmx_client, milestone):
        htmx_client.post(url_of(milestone), typed())

        response = htmx_client.post(url_of(milestone), typed())

        assertContains(response, "MP5 har allerede fristen 05.10.2026.")
        assert milestone.date_moves.count() == 1

    def test_to_a_day_that_is_over_is_asked_about_once(self, htmx_client, milestone):
        response = htmx_client.post(url_of(milestone), typed(to="01.01.2001"))

        words = "Fristen er allerede passert. Lagre en gang til hvis det stemmer."
        assertContains(response, words, status_code=422)
        assertContains(response, 'value="01.01.2001"', status_code=422)
        assertContains(response, 'value="Leverandøren er forsinket."', status_code=422)
        assertContains(response, 'name="past_is_meant" value="2001-01-01"', status_code=422)
        assert not milestone.date_moves.exists()
        htmx_client.post(url_of(milestone), typed(to="01.01.2001", past_is_meant="2001-01-01"))
        assert milestone.date_moves.get().to_date == datetime.date(2001, 1, 1)

    def test_to_another_day_that_is_over_is_asked_about_again(self, htmx_client, milestone):
        answer = typed(to="02.01.2001", past_is_meant="2001-01-01")

        response = htmx_client.post(url_of(milestone), answer)

        assertContains(response, "Fristen er allerede passert.", status_code=422)
        assertContains(response, 'name="past_is_meant" value="2001-01-02"', status_code=422)

    def test_keeps_the_reason_on_one_line(self, htmx_client, milestone):
        htmx_client.post(url_of(milestone), typed(reason="Leverandøren\r\ner  forsinket."))

        assert milestone.date_moves.get().reason == "Leverandøren er forsinket."

    def test_is_refused_once_when_a_colleague_has_moved_it_meanwhile(
        self, htmx_client, milestone, office
    ):
        august_1 = datetime.date(2026, 8, 1)
        move_milestone(milestone=milestone, to=august_1, by=office, cause="trial", reason="Test")

        response = htmx_client.post(url_of(milestone), typed())

        words = "Noen andre har satt fristen til 01.08.2026 mens du skrev."
        assertContains(response, words, status_code=422)
        assertContains(response, 'value="05.10.2026"', status_code=422)
        assertContains(response, 'name="opened_with" value="2026-08-01"', status_code=422)
        htmx_client.post(url_of(milestone), typed(opened_with="2026-08-01"))
        assert [str(move.to_date) for move in milestone.date_moves.order_by("pk")] == [
            "2026-08-01",
            "2026-10-05",
        ]

    @pytest.mark.parametrize("opened_with", ["", "rubbish"])
    def test_without_the_date_it_was_opened_with_is_refused(
        self, htmx_client, milestone, opened_with
    ):
        response = htmx_client.post(url_of(milestone), typed(opened_with=opened_with))

        assert response.status_code == 422
        assert not milestone.date_moves.exists()

    def test_of_what_a_colleague_has_delivered_says_so(self, htmx_client, milestone, office):
        milestone.deliver(on=datetime.date(2026, 6, 1), by=office)

        response = htmx_client.post(url_of(milestone), typed())

        assertContains(
            response, "MP5 er allerede levert 01.06.2026. Det registrerte Kontor Nilsen."
        )
        assert not milestone.date_moves.exists()

    def test_of_the_obsolete_says_so(self, client, milestone):
        milestone.withdraw(on=datetime.date(2026, 6, 1), reason="Why")

        assertContains(client.post(url_of(milestone), typed(), follow=True), "MP5 er utgått.")


class TestMilestoneWithoutDate:
    def test_is_given_its_first_freely(self, htmx_client, project):
        milestone = MilestoneFactory(project=project, code="MP8", original_due_on=None)
        form = htmx_client.get(url_of(milestone))
        assertContains(form, "Sett frist for MP8")
        assertNotContains(form, "Årsak")

        response = htmx_client.post(url_of(milestone), {"to": "05.10.2026", "opened_with": ""})

        assertContains(response, "MP8 har nå fristen 05.10.2026.")
        milestone.refresh_from_db()
        assert milestone.original_due_on == milestone.due_on == datetime.date(2026, 10, 5)
        assert not milestone.date_moves.exists()

    def test_that_a_colleague_has_given_one_meanwhile_asks_for_the_cause(
        self, htmx_client, milestone
    ):
        response = htmx_client.post(url_of(milestone), {"to": "05.10.2026", "opened_with": ""})

        assertContains(response, "Noen andre har satt fristen til 10.07.2026", status_code=422)
        assertContains(response, "Årsak", status_code=422)


class TestMilestoneOfADraft:
    def test_has_its_original_date_follow(self, htmx_client, manager):
        draft = ProjectFactory(draft=True, managers=[manager])
        milestone = MilestoneFactory(project=draft, original_due_on=JULY_10)

        htmx_client.post(url_of(milestone), {"to": "05.10.2026", "opened_with": "2026-07-10"})

        milestone.refresh_from_db()
        assert milestone.original_due_on == milestone.due_on == datetime.date(2026, 10, 5)
        assert not milestone.date_moves.exists()
