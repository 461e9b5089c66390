"""Access to milestones: the whole cast, through every command, as page and by htmx."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from milestones.models import Milestone
from projects.models import Project
from tests.cast import cast_but
from tests.factories import MilestoneFactory, ProjectFactory

FORMS = ["milestone_edit", "milestone_deliver", "milestone_move", "milestone_withdraw"]
TAKEN_BACK = ["milestone_reopen", "milestone_restore"]
COMMANDS = [*FORMS, *TAKEN_BACK]
MAY = ["manager", "office"]
MAY_NOT = cast_but("reader", "manager", "office")


def address(name: str, milestone: Milestone, *, project: Project | None = None) -> str:
    return reverse(f"milestones:{name}", args=[(project or milestone.project).slug, milestone.pk])


@pytest.fixture(params=[{}, {"hx-request": "true"}], ids=["page", "htmx"])
def any_client(request) -> Client:
    return Client(headers=request.param)


@pytest.fixture
def create_url(project):
    return reverse("milestones:milestone_create", args=[project.slug])


@pytest.mark.parametrize("who", MAY)
class TestThoseWhoMay:
    @pytest.mark.parametrize("name", FORMS)
    def test_open_a_form(self, any_client, milestone, name, who, log_in):
        log_in(any_client, who)

        assert any_client.get(address(name, milestone)).status_code == 200

    def test_open_the_form_for_a_new_one(self, any_client, create_url, who, log_in):
        log_in(any_client, who)

        assert any_client.get(create_url).status_code == 200

    @pytest.mark.parametrize("name", COMMANDS)
    def test_give_a_command(self, any_client, milestone, name, who, log_in):
        log_in(any_client, who)

        assert any_client.post(address(name, milestone)).status_code in (200, 302, 422)


@pytest.mark.parametrize("who", MAY_NOT)
class TestThoseWhoMayNot:
    @pytest.mark.parametrize("name", FORMS)
    def test_open_no_form(self, any_client, milestone, name, who, log_in):
        log_in(any_client, who)

        assert any_client.get(address(name, milestone)).status_code == 403

    @pytest.mark.parametrize("name", COMMANDS)
    def test_change_nothing(self, any_client, milestone, name, who, log_in):
        log_in(any_client, who)

        response = any_client.post(
            address(name, milestone),
            {"delivered_on": "01.06.2026", "title": "Mine", "reason": "Mine"},
        )

        assert response.status_code == 403
        assert Milestone.objects.outstanding().get(title="Mandat")

    def test_add_nothing(self, any_client, create_url, who, log_in):
        log_in(any_client, who)

        assert any_client.post(create_url, {"title": "Mine"}).status_code == 403
        assert not Milestone.objects.exists()


class TestReaders:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_are_asked_to_log_in_and_led_back_to_the_page(self, client, milestone, name):
        page = milestone.project.get_absolute_url()

        response = client.post(
            address(name, milestone), headers={"referer": f"http://testserver{page}"}
        )

        login = f"{reverse('account_login')}?next={page}"
        assertRedirects(response, login, fetch_redirect_response=False)
        assert Milestone.objects.outstanding().exists()

    @pytest.mark.parametrize("name", FORMS)
    def test_are_asked_to_log_in_before_a_form(self, client, milestone, name):
        url = address(name, milestone)

        login = f"{reverse('account_login')}?next={url}"
        assertRedirects(client.get(url), login, fetch_redirect_response=False)

    def test_are_led_from_htmx_to_the_login_and_back_to_the_page(self, htmx_client, milestone):
        page = milestone.project.get_absolute_url()

        response = htmx_client.post(
            address("milestone_deliver", milestone),
            headers={"hx-current-url": f"http://testserver{page}"},
        )

        assert response["HX-Redirect"] == f"{reverse('account_login')}?next={page}"

    def test_see_no_handles_on_the_page(self, client, milestone):
        response = client.get(milestone.project.get_absolute_url())

        assert b"Mandat" in response.content
        assert b"leveranser/" not in response.content


class TestAddresses:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_of_another_project_lead_nowhere(self, client, milestone, name, office):
        client.force_login(office)
        other = ProjectFactory()

        assert client.post(address(name, milestone, project=other)).status_code == 404

    @pytest.mark.parametrize("name", COMMANDS)
    def test_of_what_is_not_there_lead_nowhere(self, client, project, name, manager):
        client.force_login(manager)

        for pk in (404, 10**30):
            url = reverse(f"milestones:{name}", args=[project.slug, pk])
            assert client.post(url).status_code == 404

    @pytest.mark.parametrize("name", TAKEN_BACK)
    def test_without_a_form_can_not_be_got(self, client, milestone, name, manager):
        client.force_login(manager)

        assert client.get(address(name, milestone)).status_code == 405

    @pytest.mark.parametrize("name", FORMS)
    def test_take_no_other_method(self, client, milestone, name, manager):
        client.force_login(manager)

        assert client.delete(address(name, milestone)).status_code == 405

    def test_are_guarded_against_other_sites(self, milestone, manager):
        client = Client(enforce_csrf_checks=True)
        client.force_login(manager)

        assert client.post(address("milestone_reopen", milestone)).status_code == 403

    def test_of_a_draft_work_for_its_manager(self, client, manager):
        milestone = MilestoneFactory(project=ProjectFactory(draft=True, managers=[manager]))
        client.force_login(manager)

        assert client.get(address("milestone_deliver", milestone)).status_code == 200
