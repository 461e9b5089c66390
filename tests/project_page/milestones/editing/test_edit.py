"""A delivery, changed by its form."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from milestones.models import Milestone
from tests.factories import MilestoneFactory, ProjectFactory

pytestmark = pytest.mark.usefixtures("as_manager")


def edit_url(milestone: Milestone) -> str:
    return reverse("milestones:milestone_edit", args=[milestone.project.slug, milestone.pk])


def opened(client, milestone) -> dict[str, str]:
    """Return what the browser sends of the edit form that nothing was typed in."""
    form = client.get(edit_url(milestone)).context["form"]
    data = {}
    for field in form:
        value = field.field.prepare_value(field.value())
        value = "" if value is None else str(value)
        data[field.html_name] = data[field.html_initial_name] = value
    return data


class TestMilestoneEdit:
    def test_changes_it_and_sends_htmx_the_row(self, htmx_client, client, milestone):
        response = htmx_client.post(
            edit_url(milestone),
            opened(client, milestone) | {"title": "Nytt mandat", "description": "**Viktig**"},
        )

        assert response["HX-Retarget"] == f"#leveranse-{milestone.pk}"
        assertContains(response, "MP5 er endret.")
        assertContains(response, "Nytt mandat")
        assertContains(response, "<strong>Viktig</strong>")
        milestone.refresh_from_db()
        assert milestone.title == "Nytt mandat"
        assert milestone.due_on == datetime.date(2026, 7, 10)

    def test_goes_back_to_the_row(self, client, milestone):
        response = client.post(edit_url(milestone), opened(client, milestone))

        assertRedirects(response, milestone.get_absolute_url(), fetch_redirect_response=False)

    def test_may_keep_its_own_code(self, client, milestone):
        MilestoneFactory(project=milestone.project, code="MP5", obsolete=True)

        response = client.post(edit_url(milestone), opened(client, milestone))

        assert response.status_code == 302

    def test_puts_it_in_another_place_and_sends_htmx_the_list(
        self, htmx_client, client, milestone, project
    ):
        first = MilestoneFactory(project=project, position=0)

        response = htmx_client.post(edit_url(milestone), opened(client, milestone) | {"place": "1"})

        assert response["HX-Retarget"] == "#milestones"
        assertContains(response, "MP5 er endret. Leveransen er nå nummer 1 i listen.")
        assert list(project.milestones.in_order()) == [milestone, first]

    def test_says_where_it_ended_when_the_place_is_after_the_last(
        self, htmx_client, client, milestone
    ):
        MilestoneFactory.create_batch(2, project=milestone.project)

        response = htmx_client.post(edit_url(milestone), opened(client, milestone) | {"place": "9"})

        assertContains(response, "Leveransen er nå nummer 3 i listen.")

    def test_says_what_a_place_is(self, client, milestone):
        assertContains(client.get(edit_url(milestone)), "1 er øverst.")

    @pytest.mark.parametrize("place", ["", "0", "-1", "x", "1001", "9" * 30])
    def test_refuses_what_is_no_place(self, htmx_client, client, milestone, place):
        response = htmx_client.post(
            edit_url(milestone), opened(client, milestone) | {"place": place}
        )

        assertContains(response, "ds-validation-message", status_code=422)

    def test_does_not_move_a_promised_date(self, client, milestone):
        data = opened(client, milestone)
        assert "due_on" not in data

        client.post(edit_url(milestone), data | {"due_on": "01.12.2026"})

        milestone.refresh_from_db()
        assert milestone.due_on == datetime.date(2026, 7, 10)

    def test_sets_the_date_of_a_draft_and_its_original_date(self, client, manager):
        milestone = MilestoneFactory(project=ProjectFactory(draft=True, managers=[manager]))

        client.post(edit_url(milestone), opened(client, milestone) | {"due_on": "01.12.2026"})

        milestone.refresh_from_db()
        assert milestone.original_due_on == milestone.due_on == datetime.date(2026, 12, 1)

    def test_merges_what_a_colleague_changed_in_another_field(self, client, milestone):
        data = opened(client, milestone)
        Milestone.objects.update(description="Av en kollega")

        client.post(edit_url(milestone), data | {"title": "Av meg"})

        milestone.refresh_from_db()
        assert (milestone.title, milestone.description) == ("Av meg", "Av en kollega")

    def test_shows_both_when_a_colleague_changed_the_same_field(
        self, htmx_client, client, milestone
    ):
        data = opened(client, milestone)
        Milestone.objects.update(title="Av en kollega")

        response = htmx_client.post(edit_url(milestone), data | {"title": "Av meg"})

        assertContains(response, "Av meg", status_code=422)
        assertContains(response, "Av en kollega", status_code=422)
        milestone.refresh_from_db()
        assert milestone.title == "Av en kollega"

    def test_sees_no_conflict_in_line_ends(self, client, milestone):
        Milestone.objects.update(description="Første\nandre")
        data = opened(client, milestone)
        sent = {name: value.replace("\n", "\r\n") for name, value in data.items()}

        response = client.post(
            edit_url(milestone), sent | {"description": "Første\r\nandre\r\ntredje"}
        )

        assert response.status_code == 302
        milestone.refresh_from_db()
        assert milestone.description.splitlines() == ["Første", "andre", "tredje"]

    def test_does_not_undo_a_delivery_meanwhile(self, client, milestone, manager):
        data = opened(client, milestone)
        milestone.deliver(on=datetime.date(2026, 6, 1), by=manager)

        client.post(edit_url(milestone), data | {"title": "Av meg"})

        milestone.refresh_from_db()
        assert milestone.is_delivered


class TestDeliveredMilestoneEdit:
    @pytest.fixture
    def delivered(self, milestone, manager):
        milestone.deliver(on=datetime.date(2026, 6, 1), by=manager)
        return milestone

    @pytest.fixture
    def undated(self, milestone):
        """Delivery without a day, as an old page gives it."""
        Milestone.objects.update(is_delivered=True)
        milestone.refresh_from_db()
        return milestone

    def test_corrects_the_day_of_delivery_and_keeps_who_recorded_it(
        self, htmx_client, client, delivered, manager
    ):
        data = opened(client, delivered) | {"delivered_on": "20.05.2026"}

        assertContains(htmx_client.post(edit_url(delivered), data), "20.05.2026")

        delivered.refresh_from_db()
        assert (delivered.delivered_on, delivered.delivered_by) == (
            datetime.date(2026, 5, 20),
            manager,
        )

    def test_adds_the_day_that_an_old_page_lacks(self, client, undated):
        client.post(edit_url(undated), opened(client, undated) | {"delivered_on": "20.05.2026"})

        undated.refresh_from_db()
        assert undated.delivered_on == datetime.date(2026, 5, 20)
        assert undated.delivered_by is None

    def test_does_not_need_the_day_that_an_old_page_lacks(self, client, undated):
        response = client.post(edit_url(undated), opened(client, undated) | {"title": "Ny"})

        assert response.status_code == 302

    @pytest.mark.parametrize("wrong", ["", "11.06.2026", "i går", "31.12.1999"])
    def test_refuses_what_is_no_day_of_delivery(self, htmx_client, client, delivered, wrong):
        data = opened(client, delivered) | {"delivered_on": wrong}

        response = htmx_client.post(edit_url(delivered), data)

        assertContains(response, "ds-validation-message", status_code=422)
        delivered.refresh_from_db()
        assert delivered.delivered_on == datetime.date(2026, 6, 1)

    def test_is_refused_once_when_a_colleague_has_undone_the_delivery(
        self, htmx_client, client, delivered
    ):
        data = opened(client, delivered) | {"delivered_on": "20.05.2026", "title": "Ny"}
        delivered.reopen()

        response = htmx_client.post(edit_url(delivered), data)

        words = "Noen andre har angret leveringen mens du skrev"
        assertContains(response, words, status_code=422)
        assertNotContains(response, 'name="delivered_on"', status_code=422)
        del data["delivered_on"]
        htmx_client.post(edit_url(delivered), data)
        delivered.refresh_from_db()
        assert (delivered.title, delivered.is_delivered) == ("Ny", False)

    def test_does_not_ask_what_is_not_delivered(self, client, milestone, delivered):
        assert "delivered_on" in opened(client, delivered)
        milestone.reopen()
        assert "delivered_on" not in opened(client, milestone)
