"""The page of a project."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Lifecycle, Project, RiskLevel, Status
from tests.cast import cast_but
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
    UserFactory,
)

pytestmark = pytest.mark.django_db


def page_of(project: Project) -> str:
    return reverse("projects:project_detail", args=[project.slug])


@pytest.fixture
def reported(project: Project, manager) -> Project:
    """The project with a report that has both texts."""
    StatusReportFactory(
        project=project,
        status_text="Selskapet er under avvikling. Det blir avviklet innen 30.06.2026.",
        risk_text="Uten **finansiering** stopper prosjektet.",
        reported_by=manager,
    )
    return project


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
        script = "<script>alert(1)</script>"
        project = ProjectFactory(title=script, ingress=script, description=script)
        StatusReportFactory(project=project, status_text=script, risk_text=script)
        StatusReportFactory(project=project, status_text=script, risk_text=script)

        assertNotContains(client.get(page_of(project)), script)

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

        # The session, the user, her permissions and her groups'; the settings; the project, whether
        # she manages it, the reports and their corrections, the further goals, the milestones, their
        # moves, their new baselines and the managers.
        with django_assert_num_queries(14):
            client.get(page_of(reported))


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
