"""The page of a project as of a day in the past, with its contact."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django.asserts import assertContains, assertNotContains

from projects.models import Contact, Project
from tests.cast import CAST
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    ProjectFactory,
    StrategicGoalFactory,
)
from tests.past import at
from tests.projects.as_of.pages import banner, soup, titles, words

pytestmark = pytest.mark.django_db

PAGE = "/prosjekter/felles-kommunal-journal/"


class TestProject:
    def test_tells_the_story_of_the_real_project(self, client, story):
        def milestone(code, on):
            page = soup(client.get(f"{PAGE}?per={on}"))
            (row,) = [
                each
                for each in page.select(".milestone:not(.milestone--obsolete)")
                if words(each.select_one("h3")).startswith(code)
            ]
            return words(row)

        assert "01.03.2023" in milestone("MP5", "2023-03-09")
        assert "flyttet" not in milestone("MP5", "2023-03-09")
        assert "92 dager etter opprinnelig frist, flyttet 1 gang" in milestone("MP5", "2023-03-10")
        assert milestone("MP7", "2023-06-14")
        assertContains(client.get(f"{PAGE}?per=2023-02-15"), "5 av 9 leveranser")
        assertContains(client.get(f"{PAGE}?per=2023-06-15"), "5 av 8 leveranser")
        assertContains(client.get(f"{PAGE}?per=2023-04-12"), "Kvalitetssikringen tar lengre tid")
        assertNotContains(client.get(f"{PAGE}?per=2023-04-11"), "Kvalitetssikringen tar lengre tid")

    def test_says_which_day_it_shows_and_when_that_was_recorded(self, client, story):
        response = client.get(f"{PAGE}?per=2023-02-20")

        assert words(banner(response)) == (
            "Slik sto prosjektet 20. februar 2023. Det som er endret siden, vises ikke."
            f" Opplysningene for denne dagen ble lagt inn {date_format(timezone.localdate())}."
            " Vis prosjektet i dag"
        )
        assert banner(response).select_one("a")["href"] == PAGE
        assertContains(response, '<meta name="robots" content="noindex">')

    def test_keeps_to_the_day_in_its_links(self, client, past):
        with at("2026-03-02"):
            goal = StrategicGoalFactory(number=4)
        with at("2026-05-04"):
            past.further_goals.add(goal)

        page = soup(client.get("/prosjekter/alfa/?per=2026-05-04"))

        assert page.select_one(".ds-breadcrumbs a")["href"] == "/?per=2026-05-04"
        assert [each["href"] for each in page.select(".key-info a")] == [
            "/?mal=4&per=2026-05-04",
            "/?eier=eier&per=2026-05-04",
        ]

    @pytest.mark.parametrize("user", CAST)
    def test_has_no_handles(self, client, project, user, log_in):
        with at("2026-03-02"):
            past = ProjectFactory(
                slug="fortid", managers=list(project.managers.all()), contact=ContactFactory()
            )
            MilestoneFactory(project=past)
        log_in(client, user)
        handles = "form, .milestone__actions, a[href*=rediger], a[href*='/status/']"
        handles += ", a[href*='/leveranser/'], a[href*='/kontakter/']"

        then, today = (
            soup(client.get(f"/prosjekter/fortid/{day}")).select_one("main")
            for day in ("?per=2026-04-01", "")
        )

        assert then.select_one(".milestone")
        assert not then.select(handles)
        assert bool(today.select(handles)) == (user != "reader")

    @pytest.mark.parametrize("user", CAST)
    def test_is_for_those_who_could_read_it_then_and_can_today(self, client, past, user, log_in):
        log_in(client, user)

        beta = client.get("/prosjekter/beta/?per=2026-04-01")
        draft = client.get("/prosjekter/utkast/?per=2026-04-01")

        # It was published then, but is so no more.
        assert beta.status_code == (200 if user != "reader" else 404)
        if user != "reader":
            assert banner(beta).select_one("a")["href"] == "/prosjekter/beta/"
        assert draft.status_code == (200 if user != "reader" else 404)
        assert client.get("/prosjekter/beta/?per=2026-06-01").status_code == (
            200 if user != "reader" else 404
        )

    def test_stands_on_the_days_it_existed_when_it_has_been_deleted(self, client):
        with at("2026-03-02"):
            project = MilestoneFactory(project__slug="borte", title="Et løfte").project
        project.delete()

        response = client.get("/prosjekter/borte/?per=2026-04-01")

        assertContains(response, "Et løfte")
        assert words(banner(response)).endswith(
            "Prosjektet vises ikke lenger. Vis porteføljen i dag"
        )
        assert client.get("/prosjekter/borte/").status_code == 404
        assert titles(client.get("/?per=2026-04-01")) == [project.title]

    def test_stands_with_the_milestones_that_have_been_deleted(self, client):
        with at("2026-03-02"):
            milestone = MilestoneFactory(title="Et løfte")
        milestone.delete()
        address = milestone.project.get_absolute_url()

        assertContains(client.get(f"{address}?per=2026-04-01"), "Et løfte")
        assertNotContains(client.get(address), "Et løfte")

    def test_says_nothing_of_when_it_was_recorded_when_that_was_in_time(
        self, client, project, time_machine
    ):
        today = timezone.localdate()
        time_machine.move_to(timezone.now() + datetime.timedelta(days=1))

        response = client.get(f"/prosjekter/fkj/?per={today}")

        assertContains(response, f"Slik sto prosjektet {date_format(today)}")
        assertNotContains(response, "ble lagt inn")

    @pytest.mark.parametrize("count", [1, 9])
    def test_needs_as_many_queries_for_many_milestones(
        self, client, django_assert_num_queries, count
    ):
        with at("2026-03-02"):
            project = ProjectFactory(slug="fortid", contact=ContactFactory())
            MilestoneFactory.create_batch(count, project=project)
        with CaptureQueriesContext(connection) as today:
            client.get("/prosjekter/fortid/")

        # Its first day; into the past and back; into today and back for whether it is there
        # and its contact now; when it was recorded.
        with django_assert_num_queries(len(today) + 5 + 6 + 1):
            client.get("/prosjekter/fortid/?per=2026-04-01")


class TestContact:
    @pytest.fixture
    def contact(self):
        with at("2026-03-02"):
            contact = ContactFactory(
                name="Kari Nordmann",
                email="kari@example.no",
                email_is_public=True,
                phone="40000000",
                phone_is_public=True,
            )
            ProjectFactory(slug="fortid", contact=contact)
        return contact

    def then(self, client):
        return client.get("/prosjekter/fortid/?per=2026-04-01")

    def test_is_reached_as_then_when_that_still_holds(self, client, contact):
        assertContains(self.then(client), "kari@example.no")
        assertContains(self.then(client), "40000000")

    def test_keeps_her_name_and_no_more_when_she_has_withdrawn_the_rest(self, client, contact):
        Contact.objects.update(email_is_public=False, phone="", phone_is_public=False)

        response = self.then(client)

        assertContains(response, "Kari Nordmann")
        assertNotContains(response, "kari@example.no")
        assertNotContains(response, "40000000")

    @pytest.mark.parametrize("user", ["reader", "staff"])
    def test_is_not_reached_at_an_address_that_she_has_no_more(self, client, contact, user, log_in):
        log_in(client, user)
        Contact.objects.update(email="ny@example.no")

        assertNotContains(self.then(client), "kari@example.no")
        assertNotContains(self.then(client), "ny@example.no")

    def test_keeps_private_what_was_private_then(self, client, contact):
        with at("2026-05-04"):
            Contact.objects.update(email_is_public=False)
        Contact.objects.update(email_is_public=True)

        assertNotContains(client.get("/prosjekter/fortid/?per=2026-05-04"), "kari@example.no")

    def test_keeps_her_name_when_she_has_been_deleted(self, client, contact):
        Project.objects.update(contact=None)
        contact.delete()

        assertContains(self.then(client), "Kari Nordmann")
        assertNotContains(self.then(client), "kari@example.no")
