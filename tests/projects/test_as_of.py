"""The overview and the page of a project as of a day in the past."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.as_of import address_on
from projects.models import Contact, Lifecycle, Project, Status
from tests.cast import CAST
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
)
from tests.past import at, day

pytestmark = pytest.mark.django_db

PAGE = "/prosjekter/felles-kommunal-journal/"


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def words(element):
    return " ".join(element.text.split())


def banner(response):
    return soup(response).select_one(".as-of-banner")


def titles(response):
    return [project.title for project in response.context["page"]]


@pytest.fixture
def past():
    """Two published projects and a draft since March 2026; what they are called has changed since."""
    with at("2026-03-02"):
        owner = OwnerFactory(name="Gammel eier", slug="eier")
        first = ProjectFactory(title="Alfa", slug="alfa", owner=owner, lifecycle=Lifecycle.ACTIVE)
        ProjectFactory(title="Beta", slug="beta", owner=owner)
        ProjectFactory(title="Utkast", slug="utkast", owner=owner, draft=True)
        StatusReportFactory(project=first, reported_on=day("2026-03-02"))
        MilestoneFactory(project=first, original_due_on=day("2026-03-20"))
    with at("2026-05-04"):
        StatusReportFactory(project=first, status=Status.CHALLENGES, reported_on=day("2026-05-04"))
        Project.objects.filter(slug="alfa").update(title="Alfa er ny")
        Project.objects.get(slug="beta").unpublish()
    owner.name = "Ny eier"
    owner.save()
    return first


class TestOverview:
    def test_says_which_day_it_shows_and_leads_back_with_the_filters(self, client, past):
        response = client.get("/?eier=eier&per=2026-04-01")

        assert words(banner(response)) == (
            "Slik sto porteføljen 1. april 2026. Det som er endret siden, vises ikke."
            " Vis porteføljen i dag"
        )
        assert banner(response).select_one("a")["href"] == "/?eier=eier"
        assertContains(response, '<meta name="robots" content="noindex">')
        assert soup(response).title.text == "Porteføljen 1. april 2026"

    def test_says_nothing_of_it_today(self, client, past):
        response = client.get("/")

        assert banner(response) is None
        assertNotContains(response, "noindex")

    def test_shows_what_there_was_and_how_it_was_called(self, client, past):
        response = client.get("/?per=2026-04-01")

        assert titles(response) == ["Alfa"]
        assertContains(response, "Gammel eier")
        assertNotContains(response, "Ny eier")
        figures = response.context["figures"]
        assert [each.count for each in figures.statuses] == [1, 0, 0]
        assert (figures.total, figures.overdue_milestones) == (1, 1)

    @pytest.mark.parametrize(("on", "overdue"), [("2026-03-20", 0), ("2026-03-21", 1)])
    def test_counts_from_that_day(self, client, past, on, overdue):
        assert client.get(f"/?per={on}").context["figures"].overdue_milestones == overdue

    @pytest.mark.parametrize("user", CAST)
    def test_shows_the_cast_what_was_theirs_to_see(self, client, past, user, log_in):
        log_in(client, user)

        then = client.get("/?per=2026-04-01")
        later = client.get("/?per=2026-06-01")

        # Beta was published then, but is so no more.
        assert titles(then) == ["Alfa", *(["Beta", "Utkast"] if user != "reader" else [])]
        assert titles(later) == ["Alfa er ny", *(["Beta", "Utkast"] if user != "reader" else [])]

    @pytest.mark.parametrize("user", CAST)
    def test_has_no_handles(self, client, past, user, log_in):
        log_in(client, user)

        response = client.get("/?per=2026-04-01")

        assertNotContains(response, "Nytt prosjekt")
        main = soup(response).select_one("main")
        assert not main.select("form[method=post]")

    def test_is_filtered_searched_and_sorted(self, client, past):
        client.force_login(past.managers.model.objects.create(email="a@example.no"))

        assert titles(client.get("/?status=under-kontroll&per=2026-04-01")) == ["Alfa"]
        assert titles(client.get("/?sok=gammel&per=2026-04-01&sorter=-tittel")) == [
            "Utkast",
            "Beta",
            "Alfa",
        ]
        assert titles(client.get("/?sok=gammel")) == []

    def test_keeps_to_the_day_in_every_link_of_the_page(self, client):
        with at("2026-03-02"):
            project = ProjectFactory(segment=SegmentFactory())
            MilestoneFactory(project=project)
            for each in ProjectFactory.create_batch(30):
                StatusReportFactory(project=each, reported_on=day("2026-03-02"))

        page = soup(client.get(f"/?eier={project.owner.slug}&per=2026-04-01"))
        pages = soup(client.get("/?per=2026-04-01"))

        links = [each["href"] for part in (page, pages) for each in part.select("main a[href]")]
        here = [
            each for each in links if each.startswith(("/?", "?", "/prosjekter/")) or each == "/"
        ]
        assert len(here) > 50
        # Only the banners lead to today.
        others = [each for each in here if "per=2026-04-01" not in each]
        assert others == [f"/?eier={project.owner.slug}", "/"]
        assert page.select_one("#filters input[name=per]")["value"] == "2026-04-01"
        assert "per" not in str(page.select_one(".site-search"))
        assert len(titles(client.get(pages.select_one("#page-next")["href"]))) == 6

    def test_gives_htmx_the_results_and_the_ways_that_keep_the_filters(self, htmx_client, past):
        page = soup(htmx_client.get("/?eier=eier&per=2026-04-01"))

        assert page.select_one("#overview-results")
        assert page.select_one("#as-of-today[hx-swap-oob]")["href"] == "/?eier=eier"
        kept = page.select_one("#as-of-kept[hx-swap-oob]")
        assert [(each["name"], each["value"]) for each in kept.select("input")] == [
            ("eier", "eier")
        ]

    def test_asks_for_a_day_with_the_filters_kept(self, client, past):
        form = soup(client.get("/?eier=eier&side=2&per=2026-04-01")).select_one(".as-of-form form")

        assert form.get("method", "get") == "get"
        assert form.select_one("#as-of-day")["value"] == "01.04.2026"
        hidden = [(each["name"], each["value"]) for each in form.select("input[type=hidden]")]
        assert hidden == [("eier", "eier")]

    @pytest.mark.parametrize("count", [3, 30])
    def test_needs_as_many_queries_for_many_projects(
        self, client, django_assert_num_queries, count
    ):
        with at("2026-03-02"):
            for each in ProjectFactory.create_batch(count):
                MilestoneFactory.create_batch(2, project=each)
                StatusReportFactory(project=each, reported_on=day("2026-03-02"))
        with CaptureQueriesContext(connection) as today:
            client.get("/")

        # The first day there is; into the past and back, each with a savepoint.
        with django_assert_num_queries(len(today) + 5):
            client.get("/?per=2026-04-01")


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
            ProjectFactory(slug="fortid", managers=list(project.managers.all()))
        log_in(client, user)

        response = client.get("/prosjekter/fortid/?per=2026-04-01")

        page = soup(response).select_one("main")
        assert response.status_code == 200
        assert not page.select("form, .milestone__actions")
        for handle in ("rediger", "/status/", "leveranser", "kontakter"):
            assert handle not in str(page)

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


class TestReport:
    """A report keeps to the day of the page that led to it."""

    @pytest.fixture
    def report(self, past):
        return past.status_reports.get(reported_on=day("2026-03-02"))

    def test_is_led_to_on_that_day(self, client, past, report):
        address = f"/prosjekter/alfa/rapporter/{report.pk}/?per="
        for on in ("2026-03-03", "2026-05-04"):
            page = client.get(f"/prosjekter/alfa/?per={on}")

            assertContains(page, f'href="{address}{on}"')

    def test_says_which_day_it_shows_and_keeps_to_it(self, client, past, report):
        later = past.status_reports.get(reported_on=day("2026-05-04"))
        address = f"/prosjekter/alfa/rapporter/{report.pk}/"

        page = soup(client.get(f"{address}?per=2026-05-03"))

        assert "Slik sto prosjektet 3. mai 2026." in words(page.select_one(".as-of-banner"))
        assert page.select_one("#as-of-today")["href"] == "/prosjekter/alfa/"
        links = [each["href"] for each in page.select(".ds-breadcrumbs a, .lead a")]
        assert links == ["/?per=2026-05-03"] + ["/prosjekter/alfa/?per=2026-05-03"] * 2
        assert "Alfa er ny" not in page.text
        assert not page.select("[rel=next]")
        page = soup(client.get(f"{address}?per=2026-05-04"))
        following = f"/prosjekter/alfa/rapporter/{later.pk}/?per=2026-05-04"
        assert page.select_one("[rel=next]")["href"] == following

    @pytest.mark.parametrize("user", CAST)
    def test_is_for_those_who_could_read_it_then_and_can_today(self, client, past, user, log_in):
        with at("2026-03-10"):
            beta = Project.objects.create(title="Gamma", slug="gamma")
            beta.publish()
            report = StatusReportFactory(project=beta, reported_on=day("2026-03-10"))
        with at("2026-05-04"):
            beta.unpublish()
        log_in(client, user)
        address = f"/prosjekter/gamma/rapporter/{report.pk}/"

        response = client.get(f"{address}?per=2026-04-01")

        assert response.status_code == (200 if user != "reader" else 404)
        if user != "reader":
            assert banner(response).select_one("a")["href"] == "/prosjekter/gamma/"
            assertNotContains(response, "Rett denne rapporten")
        assert client.get(f"{address}?per=2026-06-01").status_code == (
            200 if user != "reader" else 404
        )

    def test_leads_to_the_project_when_it_had_not_come_yet(self, client, past):
        later = past.status_reports.get(reported_on=day("2026-05-04"))
        address = "/prosjekter/alfa/rapporter/{}/?per=2026-05-03"

        response = client.get(address.format(later.pk), follow=True)

        assertRedirects(response, "/prosjekter/alfa/?per=2026-05-03")
        assertContains(response, "Rapporten var ikke kommet 3. mai 2026.")
        for pk in (0, 10**30, StatusReportFactory().pk):
            assert client.get(address.format(pk)).status_code == 404


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


def note(client, address):
    """Ask for an address; return where it leads, and what is said there."""
    response = client.get(address, follow=True)
    assert response.status_code == 200
    path = response.redirect_chain[-1][0] if response.redirect_chain else address
    return path, words(soup(response).select_one("#messages"))


class TestBadInput:
    @pytest.mark.parametrize("typed", ["01.04.2026", "1.4.26", " 2026-04-01 ", "1. 4. 2026"])
    def test_is_none_when_people_write_dates_as_they_do(self, client, past, typed):
        response = client.get("/", {"eier": "eier", "per": typed})

        assertRedirects(response, "/?eier=eier&per=2026-04-01")

    @pytest.mark.parametrize("page", ["/", "/prosjekter/alfa/"])
    def test_leaves_out_what_is_empty_or_today(self, client, past, page):
        today = timezone.localdate()
        for value in ("", " ", today.isoformat(), f"{today:%d.%m.%Y}"):
            assert note(client, f"{page}?per={value}") == (page, "")

    @pytest.mark.parametrize("page", ["/", "/prosjekter/alfa/"])
    @pytest.mark.parametrize(
        "value", ["i-fjor", "31.02.2026", "2026-04-01%00", "%00", "0", "2026-4-1-1", "%C3%A6" * 300]
    )
    def test_says_that_it_is_no_date(self, client, past, page, value):
        path, said = note(client, f"{page}?per={value}")

        assert path == page
        assert said.startswith("Vi forstår ikke datoen «")
        assert said.endswith("». Du ser hvordan det er i dag.")
        assert len(said) < 120

    @pytest.mark.parametrize("page", ["/", "/prosjekter/alfa/"])
    def test_says_that_the_day_has_not_come(self, client, past, page):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        for value in (tomorrow, day("9999-12-31")):
            assert note(client, f"{page}?per={value}") == (
                page,
                f"{date_format(value)} har ikke vært ennå. Du ser hvordan det er i dag.",
            )

    @pytest.mark.parametrize("page", ["/", "/prosjekter/alfa/"])
    @pytest.mark.parametrize("value", ["2026-03-01", "0001-01-01", "1.1.1900"])
    def test_leads_to_the_first_day_there_is(self, client, past, page, value):
        assert note(client, f"{page}?per={value}") == (
            f"{page}?per=2026-03-02",
            "Det finnes ingen opplysninger fra før 2. mars 2026. Du ser hvordan det var den dagen.",
        )

    def test_tells_readers_nothing_of_days_when_nothing_was_public(self, client, past):
        with at("2026-01-01"):
            ProjectFactory(draft=True)

        assert note(client, "/?per=2026-01-01")[0] == "/?per=2026-03-02"

    @pytest.mark.parametrize("page", ["/", "/prosjekter/ny/"])
    def test_leads_to_today_when_that_is_the_first_day(self, client, page):
        ProjectFactory(slug="ny")

        assert note(client, f"{page}?per=2026-04-01") == (
            page,
            "Det finnes ingen opplysninger fra før i dag. Du ser hvordan det er i dag.",
        )

    def test_leads_to_today_when_the_project_was_not_to_be_seen(self, client, past):
        Project.objects.get(slug="beta").publish()

        assert note(client, "/prosjekter/beta/?per=2026-06-01") == (
            "/prosjekter/beta/",
            "Beta ble ikke vist 1. juni 2026. Du ser hvordan det er i dag.",
        )

    def test_shows_an_empty_portfolio_when_there_never_was_one(self, client):
        assertContains(client.get("/?per=2026-04-01"), "Ingen prosjekter ennå")

    @pytest.mark.parametrize("page", ["/prosjekter/finnes-ikke/", "/prosjekter/utkast/"])
    def test_does_not_find_what_is_not_there(self, client, past, page):
        for value in ("2026-04-01", "0001-01-01", "i-fjor", "9999-12-31"):
            assert client.get(f"{page}?per={value}", follow=True).status_code == 404

    def test_uses_the_last_of_several(self, client, past):
        assertRedirects(client.get("/?per=x&per=2026-03-05&per=2026-04-01"), "/?per=2026-04-01")

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    @pytest.mark.parametrize("page", ["/", "/prosjekter/alfa/"])
    def test_is_only_read(self, client, past, page, method):
        assert getattr(client, method)(f"{page}?per=2026-04-01").status_code == 405


class TestAddressOn:
    def test_keeps_the_query_and_the_place_on_the_page(self):
        assert address_on("/a/", None) == "/a/"
        assert address_on("/a/?b=c#d", day("2026-04-01")) == "/a/?b=c&per=2026-04-01#d"
