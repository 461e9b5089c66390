"""The page of a project."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from projects.models import Lifecycle, RiskLevel, Status
from tests.factories import (
    ContactFactory,
    DateMoveFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    StrategyFactory,
)
from tests.project_page.project_detail.pages import page_of

pytestmark = pytest.mark.django_db


class TestProjectDetail:
    def test_says_how_the_project_goes_and_since_when(self, client, reported):
        response = client.get(page_of(reported))

        assertContains(response, "<h1>Felles kommunal journal</h1>")
        assertContains(response, "Under kontroll", count=1)
        assertContains(response, "Lav", count=1)
        assertContains(response, "2. mars 2026")
        assertContains(response, "Selskapet er under avvikling.")
        assertContains(response, "<strong>finansiering</strong>")

    def test_says_deliveries_and_nothing_else_in_english(self, client, office, reported):
        MilestoneFactory(project=reported, title="Mandate")
        client.force_login(office)
        client.cookies["django_language"] = "en"

        text = BeautifulSoup(client.get(page_of(reported)).content, "html.parser").main.text

        assert "Deliveries" in text
        assert "milestone" not in text.lower()

    def test_has_the_key_information_after_the_deliveries(self, client, reported):
        MilestoneFactory(project=reported)
        page = client.get(page_of(reported)).content.decode()

        assert page.index('id="milestones"') < page.index('class="key-info"')
        assert page.index('class="key-info"') < page.index("Les rapporten fra")

    def test_says_that_nothing_has_been_reported(self, client, project):
        assertContains(client.get(page_of(project)), "Status er ikke rapportert ennå.")

    @pytest.mark.parametrize(
        ("before", "words"),
        [
            (Status.ON_TRACK, "dårligere enn 5. januar 2026"),
            (Status.CHALLENGES, "uendret siden 5. januar 2026"),
            (Status.MAJOR_CHALLENGES, "bedre enn 5. januar 2026"),
        ],
    )
    def test_compares_the_status_with_the_report_before(self, client, project, before, words):
        StatusReportFactory(project=project, status=before, reported_on=datetime.date(2026, 1, 5))
        StatusReportFactory(project=project, status=Status.CHALLENGES)

        assertContains(client.get(page_of(project)), f"({words})")

    def test_says_that_the_risk_has_not_been_reported(self, client, project):
        StatusReportFactory(project=project, risk_level=RiskLevel.NOT_REPORTED)

        assertContains(client.get(page_of(project)), "Ikke rapportert")

    def test_shows_the_key_information_with_the_way_to_the_like(self, client, project):
        strategy = StrategyFactory()
        project.main_goal = StrategicGoalFactory(strategy=strategy, number=4, name="Samhandling")
        project.owner = OwnerFactory(name="Kommunesektoren", slug="kommunesektoren")
        project.segment = SegmentFactory(name="Koordinere")
        project.contact = ContactFactory(name="Håkon Grimstad", owner=project.owner)
        project.save()
        project.further_goals.add(StrategicGoalFactory(number=2, name="Arbeidshverdag"))

        response = client.get(page_of(project))

        assertContains(response, '<a href="/?mal=4">4 - Samhandling</a>')
        assertContains(response, '<a href="/?mal=2">2 - Arbeidshverdag</a>')
        assertContains(response, '<a href="/?eier=kommunesektoren">Kommunesektoren</a>')
        assertContains(response, "Koordinere")
        assertContains(response, "Håkon Grimstad")

    def test_leaves_out_what_is_empty(self, client):
        project = ProjectFactory(owner=None)

        response = client.get(page_of(project))

        for heading in ["Eier", "Kontaktperson", "Segment", "Strategimål", "Om prosjektet"]:
            assertNotContains(response, f">{heading}</")
        for section in ["status-title", "risk-title", "milestones-title", "reports-title"]:
            assertNotContains(response, section)

    def test_shows_the_long_text_and_the_link(self, client):
        project = ProjectFactory(
            description="# Bakgrunn\n\n- ett\n- to",
            link_url="https://www.ks.no/fkj",
            link_text="Les mer hos KS",
        )

        response = client.get(page_of(project))

        assertContains(response, "<h3>Bakgrunn</h3>")
        assertContains(response, "<li>to</li>")
        assertContains(response, '<a href="https://www.ks.no/fkj">Les mer hos KS</a>')

    def test_shows_html_as_it_was_typed(self, client):
        scripts = [f"<script>alert({number})</script>" for number in range(7)]
        title, ingress, description, *reported = scripts
        project = ProjectFactory(title=title, ingress=ingress, description=description)
        for status_text, risk_text in (reported[:2], reported[2:]):
            StatusReportFactory(project=project, status_text=status_text, risk_text=risk_text)

        response = client.get(page_of(project))

        for script in scripts:
            assertNotContains(response, script)
        # The risk of the report before stands on its own page.
        for script in scripts[:4] + scripts[5:]:
            assertContains(response, escape(script))

    @pytest.mark.parametrize(
        ("lifecycle", "words"),
        [
            (Lifecycle.PLANNED, "Prosjektet er planlagt og har ikke startet ennå."),
            (Lifecycle.PAUSED, "Prosjektet er satt på pause."),
            (Lifecycle.CLOSED, "Prosjektet er avsluttet."),
        ],
    )
    def test_says_when_the_project_is_not_active(self, client, lifecycle, words):
        assertContains(client.get(page_of(ProjectFactory(lifecycle=lifecycle))), words)

    def test_names_the_successor_of_an_owner_that_is_gone(self, client, project):
        heir = OwnerFactory(name="Helsedirektoratet")
        project.owner = OwnerFactory(in_use=False, successor=heir)
        project.save()

        assertContains(client.get(page_of(project)), "Videreført av Helsedirektoratet")

    def test_marks_an_example(self, client):
        assertContains(client.get(page_of(ProjectFactory(is_example=True))), ">Eksempel<")

    def test_is_there_in_nynorsk(self, client, reported):
        client.cookies["django_language"] = "nn"

        assertContains(client.get(page_of(reported)), "Ikkje oppdatert sidan")

    def test_is_not_found_under_another_name(self, client, db):
        assert client.get("/prosjekter/finnes-ikke/").status_code == 404

    def test_only_shows(self, client, project):
        assert client.post(page_of(project)).status_code == 405

    def test_needs_as_many_queries_for_much_as_for_little(
        self, client, manager, reported, django_assert_num_queries
    ):
        client.force_login(manager)
        for milestone in MilestoneFactory.create_batch(9, project=reported):
            DateMoveFactory(milestone=milestone)
        StatusReportFactory.create_batch(12, project=reported)
        reported.further_goals.set(StrategicGoalFactory.create_batch(3))

        # The session, the user, her permissions; the settings; the project, whether
        # she manages it, the reports and their corrections, the further goals, the milestones, their
        # moves, their new baselines and the managers.
        with django_assert_num_queries(13):
            client.get(page_of(reported))
