"""The overview as of a day in the past."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from tests.cast import CAST
from tests.factories import (
    MilestoneFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
)
from tests.past import at, day
from tests.projects.as_of.pages import banner, soup, titles, words

pytestmark = pytest.mark.django_db


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


@pytest.mark.django_db(transaction=True)
class TestSearchOfADay:
    @pytest.mark.parametrize("look", ["", "&vis=fordeling", "&vis=tidslinje", "&sok=finnes+ikke"])
    def test_looks_into_the_texts_once_as_long_as_nothing_changes(self, client, staff, past, look):
        client.force_login(staff)
        counts = []
        for _visit in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/?per=2026-04-01&sok=gammel{look}")
            counts.append(sum("LIKE ANY" in query["sql"] for query in queries))

        assert counts == [1, 0]
