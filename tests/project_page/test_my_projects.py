import datetime

import pytest
from bs4 import BeautifulSoup
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Lifecycle, Status
from tests.factories import MilestoneFactory, ProjectFactory, StatusReportFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]

URL = "/mine/"
YESTERDAY, TOMORROW = datetime.date(2026, 7, 9), datetime.date(2026, 7, 11)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def titles(response):
    return [heading.text for heading in soup(response).select("main h2")]


class TestMyProjects:
    def test_shows_what_she_manages(self, client, project, manager, other_manager):
        client.force_login(manager)

        assert titles(client.get(URL)) == ["Felles kommunal journal"]

    def test_shows_also_what_is_not_published(self, client, manager):
        ProjectFactory(draft=True, title="Utkast", managers=[manager])
        client.force_login(manager)

        response = client.get(URL)

        assert titles(response) == ["Utkast"]
        assertContains(response, "Ikke publisert")

    def test_puts_first_what_needs_doing(self, client, manager):
        def make(title, *, reported_on=None, status=Status.ON_TRACK, overdue=False, **project):
            made = ProjectFactory(title=title, managers=[manager], **project)
            if reported_on:
                StatusReportFactory(project=made, reported_on=reported_on, status=status)
            if overdue:
                MilestoneFactory(project=made, original_due_on=YESTERDAY)

        make("Fersk", reported_on=datetime.date(2026, 7, 1))
        make("Gammel", reported_on=datetime.date(2026, 1, 1))
        make("Taus")
        make("Forfalt", reported_on=datetime.date(2026, 7, 9), overdue=True)
        make("Rød", reported_on=datetime.date(2026, 7, 9), status=Status.MAJOR_CHALLENGES)
        make("Gul", reported_on=datetime.date(2026, 7, 9), status=Status.CHALLENGES)
        make("Avsluttet", lifecycle=Lifecycle.CLOSED, overdue=True)
        make("På pause", lifecycle=Lifecycle.PAUSED)
        client.force_login(manager)

        assert titles(client.get(URL)) == [
            *["Forfalt", "Taus", "Rød", "Gul", "Gammel", "Fersk"],
            *["På pause", "Avsluttet"],
        ]

    def test_asks_for_no_report_of_what_is_closed(self, client, manager):
        closed = ProjectFactory(lifecycle=Lifecycle.ACTIVE, managers=[manager])
        client.force_login(manager)
        assertContains(client.get(URL), "Rapporter status")

        closed.lifecycle = Lifecycle.CLOSED
        closed.save()

        assertNotContains(client.get(URL), "Rapporter status")

    def test_leads_to_the_milestones_and_the_report(self, client, project, manager):
        late = MilestoneFactory(project=project, original_due_on=YESTERDAY)
        later = MilestoneFactory.create_batch(4, project=project, original_due_on=TOMORROW)
        MilestoneFactory(project=project, delivered=True)
        client.force_login(manager)

        response = client.get(URL)
        links = [link["href"] for link in soup(response).select("main section a")]

        page = project.get_absolute_url()
        assert links == [
            page,
            *(f"{page}#leveranse-{each.pk}" for each in [late, *later[:3]]),
            f"{page}status/",
            page,
        ]
        assertContains(response, "forfalt for 1 dag siden")
        assertContains(response, "Ikke rapportert ennå")

    def test_says_when_it_was_last_reported(self, client, project, manager):
        StatusReportFactory(project=project, reported_on=datetime.date(2026, 3, 2))
        client.force_login(manager)

        text = " ".join(soup(client.get(URL)).select_one("main section").text.split())

        assert (
            "Under kontroll Risiko: Lav Ikke oppdatert siden 2. mars 2026 "
            "· ny rapport skulle kommet innen 30. juni 2026" in text
        )

    @pytest.mark.parametrize("name", ["Ola Nordmann", ""])
    def test_says_who_last_reported(self, client, project, manager, office, name):
        office.name = name
        office.save()
        StatusReportFactory(project=project, reported_by=manager, reported_on=YESTERDAY)
        StatusReportFactory(project=project, reported_by=office, reported_on=YESTERDAY)
        client.force_login(manager)

        text = " ".join(soup(client.get(URL)).select_one("main section").text.split())

        assert f" av {name or office.email} · neste rapport innen" in text

    def test_sends_the_office_to_the_overview_when_there_is_nothing(self, client, office):
        client.force_login(office)

        response = client.get(URL)

        assertContains(response, "Du kan likevel endre alle prosjekter")
        assertNotContains(response, "Porteføljekontoret gir")

    @pytest.mark.parametrize("user", ["staff", "administrator"])
    def test_says_who_gives_access_when_there_is_nothing(self, client, project, user, log_in):
        log_in(client, user)

        response = client.get(URL)

        assertContains(response, "Porteføljekontoret gir prosjektledere tilgang.")
        assert titles(response) == ["Du er ikke prosjektleder for noe prosjekt"]

    def test_asks_a_reader_to_log_in(self, client):
        assertRedirects(client.get(URL), f"/konto/logg-inn/?next={URL}")

    def test_asks_htmx_to_log_in_on_a_page_of_its_own(self, htmx_client):
        response = htmx_client.get(URL)

        assert response.headers["HX-Redirect"].startswith("/konto/logg-inn/")

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_is_only_read(self, client, manager, method):
        client.force_login(manager)

        assert getattr(client, method)(URL).status_code == 405

    @pytest.mark.parametrize("count", [1, 20])
    def test_needs_as_many_queries_for_many_projects(
        self, client, manager, django_assert_num_queries, count
    ):
        for project in ProjectFactory.create_batch(count, managers=[manager]):
            MilestoneFactory.create_batch(2, project=project, original_due_on=YESTERDAY)
            MilestoneFactory.create_batch(2, project=project, original_due_on=TOMORROW)
        client.force_login(manager)

        # The session, the user and, for the navigation, her permissions;
        # the settings; the projects, their overdue milestones, their next ones.
        with django_assert_num_queries(7):
            client.get(URL)
