"""A new project."""

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from projects.models import Lifecycle, Project
from tests.cast import cast_but
from tests.factories import (
    ProjectFactory,
)
from tests.project_page.project_form.opened import opened

pytestmark = pytest.mark.django_db

CREATE = "/nytt-prosjekt/"


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
