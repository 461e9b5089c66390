"""The page of a project for its readers, with its reports, published and taken back."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Project, Status
from tests.cast import cast_but
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    ProjectFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.project_page.project_detail.pages import page_of

pytestmark = pytest.mark.django_db


class TestProjectReports:
    def test_stand_one_below_the_other_with_their_first_sentence(self, client, reported):
        StatusReportFactory(
            project=reported,
            reported_on=datetime.date(2026, 1, 5),
            status=Status.CHALLENGES,
            status_text="Vi venter på 1. utkast. Det kommer snart.",
        )

        response = client.get(page_of(reported))

        assertContains(response, "<p>Vi venter på 1. utkast.</p>")
        assertNotContains(response, "Det kommer snart.")

    def test_are_one_link_when_there_is_only_the_current_one(self, client, reported):
        response = client.get(page_of(reported))

        assertNotContains(response, "Statusrapporter")
        assertContains(response, "Les rapporten fra 2. mars 2026")

    def test_fold_away_the_older_ones(self, client, project):
        for month in range(1, 9):
            StatusReportFactory(project=project, reported_on=datetime.date(2025, month, 1))

        assertContains(client.get(page_of(project)), "Vis eldre rapporter", count=1)


class TestWhoSeesWhat:
    def test_a_reader_sees_only_what_of_a_contact_is_public(self, client, staff, project):
        project.contact = ContactFactory(
            email="hakon@example.no", phone="0123 4567", phone_is_public=True
        )
        project.save()

        assertNotContains(client.get(page_of(project)), "hakon@example.no")
        assertContains(client.get(page_of(project)), '<a href="tel:01234567">0123 4567</a>')
        client.force_login(staff)
        assertContains(client.get(page_of(project)), "hakon@example.no")

    def test_only_staff_see_who_manages_and_who_reported(self, client, staff, reported):
        StatusReportFactory(project=reported, reported_by=staff)

        assertNotContains(client.get(page_of(reported)), "Leder Larsen")
        client.force_login(staff)
        assertContains(client.get(page_of(reported)), "Leder Larsen")
        assertContains(client.get(page_of(reported)), "av Ansatt Hansen")

    @pytest.mark.parametrize("page", ["project", "gaps", "overview"])
    def test_who_manages_stands_by_name(self, client, office, project, page):
        StatusReportFactory(project=project)
        MilestoneFactory(project=project, original_due_on=datetime.date(2026, 1, 1))
        project.managers.set([UserFactory(name=name) for name in ("Åse", "Ola", "Anne")])
        client.force_login(office)

        pages = {"project": page_of(project), "gaps": "/avvik/", "overview": "/?kolonner=leder"}
        text = client.get(pages[page]).text.partition("<main")[2]

        names = re.findall("Anne|Ola|Åse", text.replace("Leder: ", ""))
        assert names[-3:] == ["Anne", "Ola", "Åse"]

    def test_a_reader_does_not_see_a_project_before_it_is_published(self, client, staff):
        draft = ProjectFactory(draft=True)

        assert client.get(page_of(draft)).status_code == 404
        client.force_login(staff)
        assertContains(client.get(page_of(draft)), "Prosjektet er ikke publisert.")

    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("reader", []),
            ("staff", []),
            ("other_manager", []),
            ("administrator", []),
            ("manager", ["Rapporter status", "Rediger prosjektet"]),
            ("office", ["Rapporter status", "Rediger prosjektet", "Avpubliser"]),
        ],
    )
    def test_handles_stand_there_for_those_who_may(self, client, log_in, project, who, sees):
        log_in(client, who)

        response = client.get(page_of(project))

        for handle in ["Rapporter status", "Rediger prosjektet", "Avpubliser"]:
            assertContains(response, handle, count=1 if handle in sees else 0)


class TestProjectPublish:
    @pytest.fixture
    def draft(self, db) -> Project:
        return ProjectFactory(draft=True)

    def test_shows_the_project_to_everyone(self, client, office, draft):
        client.force_login(office)

        response = client.post(reverse("projects:project_publish", args=[draft.slug]), follow=True)

        assertRedirects(response, page_of(draft))
        assertContains(response, "er publisert og kan leses av alle.")
        client.logout()
        assert client.get(page_of(draft)).status_code == 200

    def test_keeps_the_first_time_when_two_publish_at_once(self, draft):
        first = timezone.now() - datetime.timedelta(days=1)
        Project.objects.filter(pk=draft.pk).update(is_published=True, published_at=first)

        # It was read before a colleague published it.
        draft.publish()

        assert (draft.is_published, draft.published_at) == (True, first)

    def test_can_be_taken_back(self, client, office, project):
        client.force_login(office)

        response = client.post(
            reverse("projects:project_unpublish", args=[project.slug]), follow=True
        )

        assertContains(response, "er ikke lenger publisert.")
        client.logout()
        assert client.get(page_of(project)).status_code == 404

    @pytest.mark.parametrize("view", ["project_publish", "project_unpublish"])
    @pytest.mark.parametrize("who", cast_but("reader", "office"))
    def test_is_for_the_office_only(self, client, log_in, project, view, who):
        log_in(client, who)

        response = client.post(reverse(f"projects:{view}", args=[project.slug]))

        assert response.status_code == 403
        project.refresh_from_db()
        assert project.is_published

    @pytest.mark.parametrize("view", ["project_publish", "project_unpublish"])
    def test_asks_a_reader_to_log_in(self, client, project, view):
        response = client.post(reverse(f"projects:{view}", args=[project.slug]))

        assert response.status_code == 302
        assert response.url.startswith("/konto/logg-inn/")

    def test_asks_first_and_says_what_is_missing(self, client, office, draft):
        Project.objects.update(main_goal=None, owner=None, contact=None)
        client.force_login(office)

        response = client.get(reverse("projects:project_publish", args=[draft.slug]))

        assertContains(response, f"Publisere {draft}?</h1>")
        for name in ["Strategimål", "Eier", "Kontaktperson", "Leveranser", "Statusrapport"]:
            assertContains(response, f"<li>{name}</li>", html=True)
        draft.refresh_from_db()
        assert not draft.is_published

    def test_says_nothing_of_what_is_there(self, client, office, draft, manager):
        draft.managers.add(manager)
        MilestoneFactory(project=draft)
        StatusReportFactory(project=draft)
        goal, contact = StrategicGoalFactory(), ContactFactory()
        Project.objects.update(ingress="Kort.", main_goal=goal, contact=contact)
        client.force_login(office)

        response = client.get(reverse("projects:project_publish", args=[draft.slug]))

        assertNotContains(response, "Dette mangler")

    def test_asks_before_it_is_taken_back(self, client, office, project):
        client.force_login(office)

        response = client.get(reverse("projects:project_unpublish", args=[project.slug]))

        assertContains(response, f"Avpublisere {project}?</h1>")
        project.refresh_from_db()
        assert project.is_published

    @pytest.mark.parametrize("view", ["project_publish", "project_unpublish"])
    def test_asks_nobody_but_the_office(self, client, manager, project, view):
        client.force_login(manager)

        assert client.get(reverse(f"projects:{view}", args=[project.slug])).status_code == 403
