"""Values that the form refuses, and two who change a project at once."""

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from projects.models import Lifecycle, Owner, Project
from tests.factories import (
    ContactFactory,
    OwnerFactory,
    StrategicGoalFactory,
)
from tests.project_page.project_form.opened import edit_url, opened

pytestmark = pytest.mark.django_db


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
