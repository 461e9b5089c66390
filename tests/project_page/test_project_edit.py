"""Editing a project, and making one."""

import datetime

import pytest
from django.forms import ModelMultipleChoiceField as MultipleChoiceField
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Lifecycle, Owner, Project
from tests.cast import cast_but
from tests.factories import (
    ContactFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StrategicGoalFactory,
    StrategyFactory,
    UserFactory,
)
from tests.sending import fill_in, find_form, standing_in

pytestmark = pytest.mark.django_db

CREATE = "/nytt-prosjekt/"


def edit_url(project: Project) -> str:
    return reverse("projects:project_edit", args=[project.slug])


def opened(client: Client, url: str, **changes: object) -> dict[str, object]:
    """Everything that the form is opened with, hidden fields too, and what is typed over it."""
    form = client.get(url).context["form"]
    data: dict[str, object] = {}
    for bound in form:
        empty = [] if isinstance(bound.field, MultipleChoiceField) else ""
        value = bound.field.prepare_value(bound.initial)
        data[bound.html_name] = data[bound.html_initial_name] = value or empty
    return data | changes


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

        # The session, the user, her permissions and her groups'; the transaction's two; the project
        # twice; its goals and its managers, each as values and as choices; and to choose from the
        # goals twice, the contacts, owners, segments and users.
        with django_assert_num_queries(18):
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


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("title", "", "Fyll ut dette feltet."),
            ("title", "x" * 251, "250"),
            ("title", "a\0b", "usynlig tegn"),
            ("title", "\u200b\u202e", "Fyll ut dette feltet."),
            ("description", "x" * 20_001, "20"),
            (
                "link_url",
                "javascript:alert(1)",
                "Skriv en nettadresse, for eksempel https://www.ks.no.",
            ),
            (
                "link_url",
                "ftp://ks.no/fkj",
                "Skriv en nettadresse, for eksempel https://www.ks.no.",
            ),
            ("link_text", "Les mer", "Skriv adressen som lenken skal gå til."),
            ("lifecycle", "dead", "Velg noe fra listen."),
            ("lifecycle", "", "Fyll ut dette feltet."),
            ("main_goal", "999999999999999999999", "Velg noe fra listen."),
            ("contact", "a\0b", "usynlig tegn"),
            ("further_goals", ["999999999999999999999"], "Velg noe fra listen."),
            ("further_goals", ["a\0b"], "usynlig tegn"),
        ],
    )
    def test_is_said_and_nothing_is_saved_or_lost(
        self, client, manager, project, field, value, words
    ):
        client.force_login(manager)
        data = opened(client, edit_url(project), ingress="Det jeg skrev.") | {field: value}

        response = client.post(edit_url(project), data)

        assertContains(response, "ds-error-summary")
        assertContains(response, words)
        assertContains(response, "Det jeg skrev.")
        project.refresh_from_db()
        assert project.ingress == ""

    def test_is_that_the_main_goal_is_a_further_goal_too(self, client, manager, project):
        goal = StrategicGoalFactory()
        client.force_login(manager)
        changes = {"main_goal": goal.pk, "further_goals": [goal.pk]}

        response = client.post(edit_url(project), opened(client, edit_url(project), **changes))

        assertContains(response, "Dette målet er allerede valgt som strategimål.")

    def test_is_that_too_much_was_sent(self, client, manager, project):
        client.force_login(manager)

        response = client.post(edit_url(project), {"description": "x" * 10_000_000})

        assertContains(response, "Det som ble sendt, var for stort", status_code=413)

    def test_is_not_a_long_text_with_line_ends_as_browsers_send_them(
        self, client, manager, project
    ):
        text = "\n".join(["x" * 9] * 2000)
        client.force_login(manager)

        client.post(
            edit_url(project),
            opened(client, edit_url(project), description=text.replace("\n", "\r\n")),
        )

        project.refresh_from_db()
        assert project.description == text


class TestTwoAtOnce:
    def test_changes_to_different_fields_merge(self, client, manager, project):
        client.force_login(manager)
        mine = opened(client, edit_url(project), title="Min tittel")
        Project.objects.update(ingress="En annens ingress", lifecycle=Lifecycle.PAUSED)

        client.post(edit_url(project), mine)

        project.refresh_from_db()
        assert (project.title, project.ingress) == ("Min tittel", "En annens ingress")
        assert project.lifecycle == Lifecycle.PAUSED

    def test_the_same_field_shows_both(self, client, manager, project):
        client.force_login(manager)
        mine = opened(client, edit_url(project), ingress="Min ingress")
        Project.objects.update(ingress="En annens ingress")

        response = client.post(edit_url(project), mine)

        assertContains(response, "Min ingress")
        assertContains(response, "En annens ingress")
        project.refresh_from_db()
        assert project.ingress == "En annens ingress"

    def test_a_choice_that_was_retired_meanwhile_can_be_made_anew(self, client, office, project):
        client.force_login(office)
        mine = opened(client, edit_url(project))
        Owner.objects.update(in_use=False)
        heir = OwnerFactory()
        Project.objects.update(owner=heir)

        assertContains(client.post(edit_url(project), mine), "Velg noe fra listen.")
        response = client.post(edit_url(project), mine | {"owner": heir.pk})

        assertRedirects(response, "/prosjekter/fkj/")

    def test_the_same_contact_shows_both_names(self, client, manager, project):
        client.force_login(manager)
        mine, theirs = ContactFactory(name="Min"), ContactFactory(name="Deres")
        data = opened(client, edit_url(project), contact=mine.pk)
        Project.objects.update(contact=theirs)

        conflict = client.post(edit_url(project), data).context["form"].conflicts[0]

        assert conflict.mine.startswith("Min (")
        assert conflict.theirs.startswith("Deres (")

    def test_a_text_of_several_lines_from_a_file_is_no_change(self, client, manager, project):
        Project.objects.update(description="En\n\nTo")
        client.force_login(manager)
        sent = {"description": "En\r\n\r\nTo\r\n\r\nTre", "initial-description": "En\r\n\r\nTo"}

        client.post(edit_url(project), opened(client, edit_url(project), **sent))

        project.refresh_from_db()
        assert project.description == "En\n\nTo\n\nTre"


class TestProjectCreate:
    def test_makes_a_project_that_only_staff_see(self, client, office):
        client.force_login(office)

        response = client.post(
            CREATE, opened(client, CREATE, title="Én vei inn på Ås"), follow=True
        )

        assertRedirects(response, "/prosjekter/en-vei-inn-pa-as/")
        assertContains(response, "Prosjektet er ikke publisert.")
        client.logout()
        assert client.get("/prosjekter/en-vei-inn-pa-as/").status_code == 404

    def test_is_planned_at_first(self, client, office):
        client.force_login(office)

        assert client.get(CREATE).context["form"]["lifecycle"].value() == Lifecycle.PLANNED

    def test_gives_a_name_of_its_own_to_one_with_a_like_title(self, client, office):
        ProjectFactory(title="En vei inn", slug="en-vei-inn")
        client.force_login(office)

        client.post(CREATE, opened(client, CREATE, title="Én vei inn"))

        assert Project.objects.get(title="Én vei inn").slug == "en-vei-inn-2"

    def test_makes_an_address_of_the_longest_title(self, client, office):
        client.force_login(office)

        client.post(CREATE, opened(client, CREATE, title="Ord " * 62))

        assert len(Project.objects.get().slug) <= 90

    def test_asks_once_when_the_title_is_taken(self, client, office):
        client.force_login(office)
        data = opened(client, CREATE, title="Helsekort for gravide")
        client.post(CREATE, data)

        response = client.post(CREATE, data)

        assertContains(response, "Det finnes allerede et prosjekt med denne tittelen.")
        assertContains(response, 'type="checkbox" name="same_title_is_meant"')
        client.post(CREATE, data | {"same_title_is_meant": "on"})
        slugs = Project.objects.values_list("slug", flat=True).order_by("pk")
        assert list(slugs) == ["helsekort-for-gravide", "helsekort-for-gravide-2"]

    @pytest.mark.parametrize("who", cast_but("reader", "office"))
    def test_is_for_the_office_only(self, client, log_in, who):
        log_in(client, who)

        assert client.get(CREATE).status_code == 403
        assert client.post(CREATE, {"title": "Kapret"}).status_code == 403
        assert not Project.objects.filter(title="Kapret").exists()

    def test_asks_a_reader_to_log_in(self, client):
        assert client.get(CREATE).url.startswith("/konto/logg-inn/")

    def test_refuses_other_methods(self, client, office):
        client.force_login(office)

        assert client.delete(CREATE).status_code == 405
