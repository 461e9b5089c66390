"""A project, changed by its form."""

import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Lifecycle
from tests.cast import cast_but
from tests.factories import (
    ContactFactory,
    OwnerFactory,
    SegmentFactory,
    StrategicGoalFactory,
    StrategyFactory,
    UserFactory,
)
from tests.project_page.project_form.opened import edit_url, opened
from tests.sending import fill_in, find_form, standing_in

pytestmark = pytest.mark.django_db


class TestProjectEdit:
    def test_saves_what_was_ticked_before_it_was_refused(self, client, manager, project):
        goal = StrategicGoalFactory()
        client.force_login(manager)
        url, form = fill_in(client, edit_url(project), title="", further_goals=[goal.pk])

        refused = standing_in(find_form(client.post(url, form)))
        client.post(url, refused | {"title": "Felles journal"})

        assert [*project.further_goals.all()] == [goal]

    def test_saves_what_a_manager_changes(self, client, manager, project):
        goal, further = StrategicGoalFactory.create_batch(2)
        contact = ContactFactory()
        client.force_login(manager)
        changes = {
            "title": "Felles journal",
            "ingress": "Kort om prosjektet.",
            "description": "# Bakgrunn",
            "link_url": "ks.no/fkj",
            "link_text": "Les mer",
            "lifecycle": Lifecycle.PAUSED,
            "main_goal": goal.pk,
            "further_goals": [further.pk],
            "contact": contact.pk,
        }

        response = client.post(
            edit_url(project), opened(client, edit_url(project), **changes), follow=True
        )

        assertRedirects(response, "/prosjekter/fkj/")
        assertContains(response, "Endringene er lagret.")
        project.refresh_from_db()
        assert (project.title, project.link_url) == ("Felles journal", "https://ks.no/fkj")
        assert (project.main_goal, project.contact) == (goal, contact)
        assert list(project.further_goals.all()) == [further]

    def test_leaves_owner_segment_and_managers_to_the_office(self, client, manager, project):
        owner = project.owner
        client.force_login(manager)
        forged = {"owner": OwnerFactory().pk, "managers": [UserFactory().pk], "segment": ""}

        client.post(edit_url(project), opened(client, edit_url(project), **forged))

        project.refresh_from_db()
        assert project.owner == owner
        assert list(project.managers.all()) == [manager]
        assertNotContains(client.get(edit_url(project)), "Prosjektledere")

    def test_lets_the_office_change_who_owns_steers_and_manages(
        self, client, office, manager, project
    ):
        owner, segment, colleague = OwnerFactory(), SegmentFactory(), UserFactory()
        client.force_login(office)
        changes = {
            "owner": owner.pk,
            "segment": segment.pk,
            "managers": [manager.pk, colleague.pk],
        }

        client.post(edit_url(project), opened(client, edit_url(project), **changes))

        project.refresh_from_db()
        assert (project.owner, project.segment) == (owner, segment)
        assert set(project.managers.all()) == {manager, colleague}

    @pytest.mark.parametrize("who", cast_but("reader", "manager", "office"))
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_forbidden_to_others(self, client, log_in, project, who, method):
        log_in(client, who)

        response = getattr(client, method)(edit_url(project), {"title": "Kapret"})

        assert response.status_code == 403
        project.refresh_from_db()
        assert project.title == "Felles kommunal journal"

    def test_asks_a_reader_to_log_in(self, client, project):
        assertRedirects(
            client.get(edit_url(project)),
            "/konto/logg-inn/?next=/prosjekter/fkj/rediger/",
            fetch_redirect_response=False,
        )

    def test_finds_no_project_that_is_not_there(self, client, office):
        client.force_login(office)

        assert client.get("/prosjekter/finnes-ikke/rediger/").status_code == 404

    def test_refuses_other_methods(self, client, manager, project):
        client.force_login(manager)

        assert client.delete(edit_url(project)).status_code == 405


class TestWhatTheFormOffers:
    def test_offers_what_is_retired_only_where_it_is_chosen(self, client, office, project):
        old = StrategyFactory(
            name="2017", starts_on=datetime.date(2017, 1, 1), ends_on=datetime.date(2022, 12, 31)
        )
        project.main_goal = StrategicGoalFactory(strategy=old, name="Gammelt mål")
        project.owner = OwnerFactory(name="Gammel eier", in_use=False)
        project.segment = SegmentFactory(name="Gammelt segment", in_use=False)
        project.contact = ContactFactory(name="Gammel kontakt", in_use=False)
        project.save()
        StrategicGoalFactory(strategy=old, name="Ubrukt mål")
        OwnerFactory(name="Ubrukt eier", in_use=False)
        SegmentFactory(name="Ubrukt segment", in_use=False)
        ContactFactory(name="Ubrukt kontakt", in_use=False)
        client.force_login(office)

        response = client.get(edit_url(project))

        for chosen in ["Gammelt mål", "Gammel eier", "Gammelt segment", "Gammel kontakt"]:
            assertContains(response, chosen)
        assertNotContains(response, "Ubrukt")

    def test_needs_as_many_queries_for_many_choices(
        self, client, office, project, django_assert_num_queries
    ):
        ContactFactory.create_batch(10)
        StrategicGoalFactory.create_batch(5)
        UserFactory.create_batch(10)
        client.force_login(office)

        # The session, the user, her permissions; the transaction's two; the project
        # twice; its goals and its managers, each as values and as choices; and to choose from the
        # goals twice, the contacts, owners, segments and users.
        with django_assert_num_queries(17):
            client.get(edit_url(project))

    def test_lists_contacts_by_owner_the_projects_own_first(self, client, office, project):
        owner = project.owner
        other, ours = OwnerFactory(name="AAA"), ContactFactory(name="Åse", owner=owner)
        others = [ContactFactory(name=name, owner=other) for name in ("Per", "Anne")]
        client.force_login(office)

        field = client.get(edit_url(project)).context["form"].fields["contact"]

        groups = [(name, [key.value for key, _ in rows]) for name, rows in list(field.choices)[1:]]
        assert groups[0][0] == owner.name
        assert ours.pk in groups[0][1]
        assert groups[1] == ("AAA", [others[1].pk, others[0].pk])

    def test_asks_for_the_owner_before_the_contact(self, client, office, project):
        client.force_login(office)

        names = list(client.get(edit_url(project)).context["form"].fields)

        assert names.index("owner") + 1 == names.index("contact")
