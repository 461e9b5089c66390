import re

import pytest
from pytest_django.asserts import (
    assertContains,
    assertNotContains,
)

from projects.models import Lifecycle, Status
from tests.cast import CAST, LOGGED_IN
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
)
from tests.portfolio import TOMORROW, YESTERDAY, overdue, reported, soup, titles

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]


class TestOverview:
    def test_shows_a_project_with_everything_in_its_row(self, client):
        project = reported(
            Status.CHALLENGES,
            before=Status.ON_TRACK,
            title="Felles kommunal journal",
            owner=OwnerFactory(name="Kommunesektorens organisasjon", short_name="KS"),
        )
        MilestoneFactory.create_batch(5, project=project, delivered=True)
        MilestoneFactory.create_batch(3, project=project, original_due_on=TOMORROW)
        milestone = MilestoneFactory(project=project, code="MP5", original_due_on=YESTERDAY)
        MilestoneFactory(project=project, obsolete=True)

        row = soup(client.get("/")).select_one("tbody tr")
        cells = [" ".join(cell.text.split()) for cell in row.select("th, td")]

        assert cells[0] == "Felles kommunal journal"
        assert cells[1] == "Noen utfordringer før: Under kontroll"
        assert cells[2] == "Lav"
        assert cells[3] == "5 av 9 1 utgått"
        assert cells[4] == f"{milestone} 09.07.2026, forfalt for 1 dag siden"
        assert cells[5:] == ["02.07.2026", "KS"]
        assert row.select_one(f"a[href='{project.get_absolute_url()}#leveranse-{milestone.pk}']")

    def test_says_what_there_is_not(self, client):
        ProjectFactory(owner=None)

        row = soup(client.get("/")).select_one("tbody tr")
        cells = [" ".join(cell.text.split()) for cell in row.select("td")]

        assert cells == [
            "Ikke rapportert ennå",
            "Ikke rapportert",
            "Ingen leveranser",
            "Ingen gjenstår",
            "Aldri",
            "Uten eier",
        ]

    def test_says_nothing_of_the_status_before_when_it_is_the_same(self, client):
        reported(Status.ON_TRACK, before=Status.ON_TRACK)

        assertNotContains(client.get("/"), "før:")

    def test_marks_examples_and_what_is_not_active(self, client):
        ProjectFactory(is_example=True, lifecycle=Lifecycle.PAUSED)

        name = soup(client.get("/")).select_one("tbody th").text

        assert "Eksempel" in name
        assert "Satt på pause" in name

    def test_says_when_there_are_no_projects(self, client):
        assertContains(client.get("/"), "Ingen prosjekter ennå")

    def test_sorts_by_the_norwegian_alphabet(self, client):
        for title in ("Ås", "Aasen", "Øst", "Zorro", "Ærlig", "alfa"):
            ProjectFactory(title=title)

        assert titles(client.get("/")) == ["alfa", "Zorro", "Ærlig", "Øst", "Ås", "Aasen"]

    @pytest.mark.parametrize("user", LOGGED_IN)
    def test_shows_all_to_everyone_with_a_login(self, client, user, log_in):
        draft = ProjectFactory(draft=True, title="Hemmelig")
        log_in(client, user)

        response = client.get("/", {"sok": "hemmelig"})

        assert titles(response) == [draft.title]
        assertContains(response, "Ikke publisert")

    def test_hides_from_readers_what_is_not_published(self, client):
        ProjectFactory(title="Åpent")
        owner = OwnerFactory(name="Hemmelig eier")
        hidden = reported(draft=True, title="Hemmelig", owner=owner)
        MilestoneFactory(project=hidden, original_due_on=YESTERDAY)

        response = client.get("/", {"sok": "hemmelig"})

        assert titles(response) == []
        assertContains(response, "0 av 1 prosjekt")
        assertNotContains(response, "Hemmelig eier")
        assert response.context["figures"].overdue_milestones == 0
        assert sum(each.count for each in response.context["figures"].statuses) == 0

    def test_hides_what_is_no_longer_published(self, client):
        ProjectFactory().unpublish()

        assertContains(client.get("/"), "Ingen prosjekter ennå")

    @pytest.mark.parametrize("user", CAST)
    def test_offers_the_office_a_new_project(self, client, user, log_in):
        log_in(client, user)

        response = client.get("/")

        assert ("Nytt prosjekt" in response.content.decode()) == (user == "office")

    def test_sends_htmx_only_the_results(self, htmx_client):
        ProjectFactory.create_batch(2)

        response = htmx_client.get("/")

        assert not soup(response).select("html, .site-header")
        assert "HX-Request" in response.headers["Vary"]
        assert soup(response).select_one("[role=status][hx-swap-oob]").text.strip() == (
            "2 av 2 prosjekter"
        )

    def test_tells_caches_that_the_page_depends_on_htmx(self, client):
        assert "HX-Request" in client.get("/").headers["Vary"]

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_is_only_read(self, client, method):
        assert getattr(client, method)("/").status_code == 405

    def test_offers_the_nearest_titles_that_the_other_filters_leave(self, client):
        ks = OwnerFactory(slug="ks")
        ProjectFactory(title="Felles kommunal journal", owner=ks)
        ProjectFactory(title="Felles journal", owner=OwnerFactory(slug="annen"))

        offer = soup(client.get("/?sok=jurnal&eier=ks")).select(".did-you-mean a")

        assert [each.text for each in offer] == ["Felles kommunal journal"]
        assert offer[0]["href"] == "/?sok=Felles+kommunal+journal&eier=ks"


class TestKeyFigures:
    def test_count_only_active_projects(self, client):
        reported(Status.CHALLENGES)
        for lifecycle in (Lifecycle.PLANNED, Lifecycle.PAUSED, Lifecycle.CLOSED):
            MilestoneFactory(
                project=reported(Status.CHALLENGES, lifecycle=lifecycle),
                original_due_on=YESTERDAY,
            )

        figures = client.get("/").context["figures"]

        assert [each.count for each in figures.statuses] == [0, 1, 0]
        assert (figures.overdue_milestones, figures.total) == (0, 4)

    def test_compare_the_projects_that_have_two_reports(self, client):
        reported(Status.ON_TRACK, before=Status.CHALLENGES)
        reported(Status.ON_TRACK, before=Status.CHALLENGES)
        reported(Status.MAJOR_CHALLENGES, before=Status.CHALLENGES)
        reported(Status.ON_TRACK)

        numbers = [
            " ".join(each.text.split())
            for each in soup(client.get("/")).select(".key-figure__number")
        ]

        assert numbers == ["3 (+2)", "0 (−3)", "1 (+1)", "0"]

    def test_compare_nothing_before_there_is_a_second_report(self, client):
        reported(Status.ON_TRACK)

        assert soup(client.get("/")).select_one(".key-figure__number").text == "1"

    @pytest.mark.parametrize("user", ["reader", "staff"])
    def test_lead_to_a_list_of_as_many(self, client, user, log_in):
        for status in Status:
            reported(status)
            reported(status, lifecycle=Lifecycle.PAUSED)
            reported(status, draft=True)
        ProjectFactory.create_batch(2)
        MilestoneFactory.create_batch(3, project=overdue(), original_due_on=YESTERDAY)
        overdue(lifecycle=Lifecycle.CLOSED)
        log_in(client, user)

        figures = soup(client.get("/")).select(".key-figure")
        counts = [
            int(re.findall(r"\d+", each.select_one(".key-figure__number").text)[-1])
            for each in figures
        ]
        lists = [len(titles(client.get(each["href"]))) for each in figures]

        assert lists == counts
        assert counts[0] == (1 if user == "reader" else 2)
        assert "4 i 1 prosjekt" in " ".join(figures[-1].text.split())


class TestQueries:
    @pytest.mark.parametrize("count", [3, 30])
    @pytest.mark.parametrize(
        ("query", "queries"),
        [
            ("", 6),
            ("?sok=project&risiko=lav&forfalt=ja&sorter=-frist&sorter=eier", 7),
            ("?kolonner=mal,segment,kontaktperson,rapport,forfalt", 5),
            ("?grupper=eier", 6),
            ("?vis=tidslinje", 6),
            ("?vis=fordeling", 4),
        ],
    )
    def test_are_as_many_for_many_projects(
        self, client, django_assert_num_queries, count, query, queries
    ):
        for _each in range(count):
            MilestoneFactory.create_batch(2, project=reported(), original_due_on=YESTERDAY)

        # The saved views; the snapshot; what there is to choose from; the count, of everything and with
        # filters of what they find; the projects, and their next milestones when that column is shown, or
        # all on the timeline. The distribution needs nothing but the count.
        with django_assert_num_queries(queries):
            client.get(f"/{query}")
