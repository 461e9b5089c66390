"""The columns of the overview, sorting by several, and groups."""

import pytest
from pytest_django.asserts import assertRedirects

from projects.dimensions import DEFAULT_COLUMNS, FURTHER_COLUMNS
from projects.models import Lifecycle, Status
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.portfolio import TOMORROW, YESTERDAY, reported, soup, titles

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]

USUAL = ["Status", "Risiko", "Leveranser", "Neste leveranse", "Sist bekreftet", "Eier"]
EVERY = ",".join(
    each.value for each in (*DEFAULT_COLUMNS, *FURTHER_COLUMNS) if not each.is_for_staff
)


def columns_of_readers():
    """The columns after the title that everyone may see."""
    return [each for each in (*DEFAULT_COLUMNS, *FURTHER_COLUMNS) if not each.is_for_staff]


def headers(response):
    return [" ".join(each.text.split()) for each in soup(response).select("thead th")]


def words(element):
    return " ".join(element.text.split())


class TestColumns:
    def test_are_the_usual_ones(self, client):
        ProjectFactory()

        assert headers(client.get("/")) == ["Prosjekt", *USUAL]

    def test_are_shown_as_the_address_orders_them(self, client):
        ProjectFactory()

        assert headers(client.get("/?kolonner=eier,status")) == ["Prosjekt", "Eier", "Status"]

    def test_show_everything_that_can_be_shown(self, client):
        owner = OwnerFactory(short_name="KS")
        project = reported(
            owner=owner,
            main_goal=StrategicGoalFactory(number=4, name="Samhandling"),
            segment=SegmentFactory(name="Samstyre"),
            contact=ContactFactory(name="Kari", owner=owner),
            report_interval_days=30,
            funded_until=TOMORROW,
        )
        MilestoneFactory(project=project, original_due_on=YESTERDAY)

        row = soup(client.get(f"/?kolonner={EVERY}")).select_one("tbody tr")

        assert [words(cell) for cell in row.select("td")][5:] == [
            "KS",
            "4 - Samhandling",
            "Samstyre",
            "Aktiv",
            "Kari",
            "1 leveranse forfalt",
            "01.08.2026",
            "11.07.2026",
        ]

    def test_say_what_there_is_not(self, client):
        ProjectFactory(owner=None, lifecycle=Lifecycle.PLANNED)

        row = soup(client.get(f"/?kolonner={EVERY}")).select_one("tbody tr")

        assert [words(cell) for cell in row.select("td")][5:] == [
            "Uten eier",
            "Uten strategimål",
            "Uten segment",
            "Planlagt",
            "Uten kontaktperson",
            "Ingen",
            "Ventes ikke",
            "Ikke oppgitt",
        ]

    def test_leave_no_cell_empty(self, client, staff):
        ProjectFactory()
        client.force_login(staff)
        every = [each.value for each in (*DEFAULT_COLUMNS, *FURTHER_COLUMNS)]

        cells = soup(client.get(f"/?kolonner={','.join(every)}")).select("tbody td")

        assert len(cells) == len(every)
        assert [cell["data-label"] for cell in cells if not words(cell)] == []

    def test_show_managers_to_staff_only(self, client, staff, project):
        ProjectFactory()

        response = client.get("/?kolonner=leder,status&sorter=leder")
        assert headers(response) == ["Prosjekt", "Status"]
        assert "Leder Larsen" not in response.content.decode()
        # The standard view, which readers open too, may have them.
        assert "Vi kjenner ikke" not in response.content.decode()
        client.force_login(staff)
        response = client.get("/?kolonner=leder,status&sorter=leder")
        assert headers(response) == ["Prosjekt", "Prosjektledere", "Status"]
        assert titles(response)[0] == project.title
        assert "Leder Larsen" in soup(response).select_one("tbody td").text

    @pytest.mark.parametrize(
        "value", ["finnes-ikke", "tittel", "<script>", "a\x00b", ",,,", "x" * 10_000]
    )
    def test_that_are_not_known_are_left_out(self, client, value):
        ProjectFactory()

        response = client.get("/", {"kolonner": f"eier,{value}"})

        assert headers(response) == ["Prosjekt", "Eier"]

    def test_can_be_hidden_and_shown_by_boxes(self, client):
        ProjectFactory()

        boxes = soup(client.get("/?kolonner=eier,status")).select("[type=checkbox][name=kolonner]")

        assert [box["value"] for box in boxes if box.has_attr("checked")] == ["eier", "status"]
        assert {box["form"] for box in boxes} == {"filters"}
        assert len(boxes) == len(columns_of_readers())

    @pytest.mark.parametrize(
        ("sent", "address"),
        [
            ("kolonner=eier&kolonner=mal&eier=", "/?kolonner=eier,mal"),
            ("&".join(f"kolonner={each.value}" for each in DEFAULT_COLUMNS), "/"),
        ],
    )
    def test_have_a_short_address_when_the_form_sends_them(self, client, sent, address):
        assertRedirects(client.get(f"/?{sent}"), address)

    def test_can_be_moved_by_links(self, client):
        ProjectFactory()
        page = soup(client.get("/?kolonner=eier,status"))

        def link(name):
            return page.select_one(f"#{name}")["href"]

        assert link("later-eier") == link("earlier-status") == "/?kolonner=status,eier"
        assert not page.select("#earlier-eier[href], #later-status[href]")
        assert page.select_one("#earlier-eier")["aria-disabled"] == "true"
        assert link("columns-usual") == "/"

    @pytest.mark.parametrize("count", [2, 20])
    def test_need_no_more_queries_for_many_projects(
        self, client, staff, django_assert_num_queries, count
    ):
        client.force_login(staff)
        for number in range(count):
            owner = OwnerFactory()
            project = reported(
                owner=owner,
                main_goal=StrategicGoalFactory(),
                segment=SegmentFactory(),
                contact=ContactFactory(owner=owner),
            )
            project.managers.set([UserFactory(name=f"Leder {number}")])

        # The session, the user and her permissions; the saved views; the snapshot; what there is to
        # choose from; the count; what needs attention and the settings for it; the
        # projects, and their managers.
        with django_assert_num_queries(11):
            client.get("/?kolonner=leder,mal,segment,kontaktperson")


class TestSorting:
    def test_goes_by_up_to_three(self, client):
        for title, status, owner in (
            ("C", Status.ON_TRACK, "A"),
            ("B", Status.ON_TRACK, "B"),
            ("A", Status.ON_TRACK, "B"),
            ("D", Status.CHALLENGES, "A"),
        ):
            reported(
                status, title=title, owner=OwnerFactory(name=f"{owner} {title}", short_name=owner)
            )

        response = client.get("/?sorter=-status&sorter=eier&sorter=-tittel&sorter=frist")

        assert titles(response) == ["D", "C", "B", "A"]
        chosen = soup(response).select("select[name=sorter] [selected]")
        assert [option["value"] for option in chosen] == ["-status", "eier", "-tittel"]

    def test_says_in_the_headers_which_comes_first(self, client):
        ProjectFactory()

        page = soup(client.get("/?sorter=-status&sorter=eier"))

        assert words(page.select_one("th:has(#sort-status)")) == "Status 1"
        assert words(page.select_one("th:has(#sort-eier)")) == "Eier 2"
        assert [
            each["aria-sort"] for each in page.select("th[aria-sort]:not([aria-sort=none])")
        ] == ["descending"]

    def test_takes_a_column_once(self, client):
        ProjectFactory()

        page = soup(client.get("/?sorter=status&sorter=-status"))

        chosen = page.select("select[name=sorter] [selected]")
        assert [option["value"] for option in chosen] == ["status", ""]


class TestGroups:
    @pytest.fixture
    def portfolio(self):
        ks, other = OwnerFactory(name="KS", slug="ks"), OwnerFactory(name="Avinor", slug="avinor")
        for number in range(3):
            project = reported(Status.CHALLENGES, owner=ks, title=f"Prosjekt {number}")
            MilestoneFactory(project=project, delivered=True)
            MilestoneFactory(project=project)
            MilestoneFactory(project=project, obsolete=True)
        reported(Status.ON_TRACK, owner=ks, lifecycle=Lifecycle.CLOSED, title="Ferdig")
        ProjectFactory(owner=other, title="Flyplass")
        ProjectFactory(owner=None, title="Uten")

    def test_tell_their_totals(self, client, portfolio):
        groups = [
            words(each.select_one(".group-row__facts"))
            for each in soup(client.get("/?grupper=eier")).select(".group-row")
        ]

        assert groups[0].startswith("Avinor: 1 tiltak, 0 av 0 leveranser")
        assert groups[1].startswith("KS: 4 tiltak, 3 av 6 leveranser")
        assert "3 med noen utfordringer" in groups[1]
        # Only active projects are counted by status.
        assert "under kontroll" not in groups[1]
        assert groups[2].startswith("Uten eier: 1 tiltak")

    def test_hold_their_projects_in_the_chosen_order(self, client, portfolio):
        page = soup(client.get("/?grupper=eier&sorter=-tittel"))

        held = [
            [each.text for each in group.select("th.results-table__name > a")]
            for group in page.select("tbody")
        ]

        assert held == [
            ["Flyplass"],
            ["Prosjekt 2", "Prosjekt 1", "Prosjekt 0", "Ferdig"],
            ["Uten"],
        ]

    def test_count_all_their_projects_on_every_page(self, client):
        owner = OwnerFactory(name="KS")
        ProjectFactory.create_batch(30, owner=owner)

        for side in ("", "&side=2"):
            group = soup(client.get(f"/?grupper=eier{side}")).select_one(".group-row")
            assert words(group).startswith("KS: 30 tiltak")

    def test_count_within_the_filters(self, client, portfolio):
        group = soup(client.get("/?grupper=eier&livslop=avsluttet")).select_one(".group-row")

        assert words(group) == "KS: 1 tiltak, 0 av 0 leveranser"

    def test_lead_to_the_group_alone(self, client, portfolio):
        links = soup(client.get("/?grupper=eier&livslop=aktiv")).select(".group-row strong a")

        assert [link["href"] for link in links] == [
            "/?eier=avinor&livslop=aktiv",
            "/?eier=ks&livslop=aktiv",
            "/?eier=ingen&livslop=aktiv",
        ]

    def test_lead_to_all_that_serve_a_goal_and_say_how_many(self, client):
        one, two = StrategicGoalFactory(number=1), StrategicGoalFactory(number=2)
        ProjectFactory(main_goal=two)
        ProjectFactory(main_goal=one).further_goals.add(two)

        first, second = soup(client.get("/?grupper=mal")).select(".group-row")
        [link] = second.select("a")

        assert words(first.select_one("strong a")) == "1 - " + one.name
        assert "1 tiltak" in words(second)
        assert (link["href"], words(link)) == ("/?mal=2", "alle 2 som bidrar til målet")

    @pytest.mark.parametrize("value", ["segment", "mal", "status", "risiko"])
    def test_can_be_by_other_things(self, client, portfolio, value):
        project = reported(
            Status.MAJOR_CHALLENGES,
            segment=SegmentFactory(name="Samstyre"),
            main_goal=StrategicGoalFactory(number=1, name="Mål"),
        )

        page = soup(client.get(f"/?grupper={value}"))

        first = page.select("tbody")[0]
        name = {"segment": "Samstyre", "mal": "1 - Mål", "status": "Betydelige utfordringer"}
        assert words(first.select_one("strong")).rstrip(":") == name.get(value, "Lav")
        assert value == "risiko" or project.title in first.text

    @pytest.mark.parametrize("value", ["tull", "a\x00b", "x" * 10_000])
    def test_that_are_not_known_are_left_out(self, client, value):
        ProjectFactory()

        response = client.get("/", {"grupper": value})

        assert not soup(response).select(".group-row")
        assert "Grupper etter: Vi kjenner ikke" in soup(response).select_one(".ds-alert").text


class TestWays:
    def test_lead_from_one_to_another_with_everything_kept(self, client):
        ProjectFactory(owner=OwnerFactory(slug="ks"))

        page = soup(client.get("/?eier=ks&sorter=-frist&vis=tidslinje"))

        ways = page.select(".tools__ways a")
        assert [(way.text, way["href"]) for way in ways] == [
            ("Tabell", "/?eier=ks&sorter=-frist"),
            ("Tidslinje", "/?eier=ks&sorter=-frist&vis=tidslinje"),
            ("Fordeling", "/?eier=ks&sorter=-frist&vis=fordeling"),
        ]
        assert [way.get("aria-current") for way in ways] == [None, "true", None]

    def test_keep_what_the_form_does_not_show(self, client):
        ProjectFactory()

        kept = soup(client.get("/?vis=tidslinje&akse=ar&fra=2026&kolonner=eier")).select(
            "input[type=hidden][form=filters]"
        )

        assert {(each["name"], each["value"]) for each in kept} == {
            ("vis", "tidslinje"),
            ("akse", "ar"),
            ("fra", "2026"),
            ("kolonner", "eier"),
        }

    @pytest.mark.parametrize("name", ["vis", "akse", "fra"])
    @pytest.mark.parametrize("value", ["tull", "a\x00b", "x" * 10_000, "2026-K9"])
    def test_that_are_not_known_are_left_out(self, client, name, value):
        project = ProjectFactory()

        response = client.get("/", {name: value})

        assert titles(response) == [project.title]
        assert soup(response).select_one(".results .ds-alert")
