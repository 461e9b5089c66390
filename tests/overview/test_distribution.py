import re
from collections import Counter

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from overview.looks import distribution_words as words
from overview.looks.bars import RISKS, SMALLEST, STATUSES, make_bar, status_bar
from projects.models import Lifecycle, RiskLevel, Status
from tests.factories import (
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
)
from tests.past import at, day
from tests.portfolio import reported, soup, titles

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]

GREEN, YELLOW, RED = Status
NAMES = ["status", "owner", "goal", "segment", "risk"]


def look(client, **query):
    return client.get("/", {"vis": "fordeling", **query})


def picture(response, name):
    return soup(response).select_one(f"section:has(> #distribution-{name})")


def figures(part):
    """The rows of a table: what each is called, and its numbers."""
    return {
        row.th.text: [int(cell.text) for cell in row.select("td")]
        for row in part.select("tbody tr")
    }


def drawn(part):
    """The same from the bars: the words of each part of each bar."""
    return {
        row.select_one(".bars__name > :first-child").text: [
            title.text.split(": ", 1)[1] for title in row.select("svg title")
        ]
        for row in part.select(".bars__row")
    }


def sentence(part):
    return part.select_one(".distribution__sentence").text


def ways(response):
    """The lists that parts and figures lead to, and how many each says there are."""
    return {
        (link["href"], int(re.findall(r"\d+", link["aria-label"])[-1]))
        for link in soup(response).select(".distribution a[aria-label]")
    }


def a_portfolio():
    """Some of everything: statuses, risks, owners, goals, segments, and what is not counted."""
    ks, other = OwnerFactory(name="KS", slug="ks"), OwnerFactory(name="Østfold", slug="ostfold")
    first, second = StrategicGoalFactory(number=1), StrategicGoalFactory(number=2)
    segment = SegmentFactory(name="Samstyre", slug="samstyre")
    reported(GREEN, before=YELLOW, owner=ks, main_goal=first, segment=segment)
    reported(RED, before=GREEN, owner=ks, main_goal=second, risk_level=RiskLevel.HIGH)
    reported(RED, before=YELLOW, owner=other, main_goal=second, segment=segment)
    reported(YELLOW, owner=other, risk_level=RiskLevel.NOT_REPORTED)
    both = reported(YELLOW, before=YELLOW, owner=None, main_goal=first)
    both.further_goals.add(second)
    ProjectFactory(owner=ks)
    reported(RED, before=GREEN, owner=ks, lifecycle=Lifecycle.PAUSED)
    reported(RED, before=GREEN, owner=ks, draft=True, title="Hemmelig")


class TestDistribution:
    def test_counts_statuses_now_and_in_the_report_before(self, client):
        a_portfolio()

        part = picture(look(client), "status")

        assert figures(part) == {
            "Nå": [1, 2, 2, 1, 6],
            "Nå, de med to rapporter": [1, 1, 2, 0, 4],
            "Forrige rapport": [1, 3, 0, 0, 4],
        }
        assert sentence(part) == (
            "Av 6 aktive prosjekter er 1 under kontroll, 2 har noen utfordringer, 2 har betydelige"
            " utfordringer og 1 er ikke rapportert. Det er 2 flere med betydelige utfordringer"
            " og 2 færre med noen utfordringer enn ved forrige rapport."
        )
        assert "2 prosjekter som ikke har to rapporter" in part.text

    def test_counts_by_owner_goal_and_segment(self, client):
        a_portfolio()

        response = look(client)

        assert figures(picture(response, "owner")) == {
            "KS": [1, 0, 1, 1, 3],
            "Østfold": [0, 1, 1, 0, 2],
            "Uten eier": [0, 1, 0, 0, 1],
        }
        assert list(figures(picture(response, "goal")).values()) == [
            [1, 1, 0, 0, 2],
            [0, 1, 2, 0, 3],
            [0, 1, 0, 1, 2],
        ]
        assert figures(picture(response, "segment")) == {
            "Samstyre": [1, 0, 1, 0, 2],
            "Uten segment": [0, 2, 1, 1, 4],
        }

    def test_does_not_take_those_without_an_owner_for_an_owner(self, client):
        ks = OwnerFactory(name="KS")
        reported(GREEN, owner=ks)
        for _each in range(3):
            reported(RED, owner=None)

        part = picture(look(client), "owner")

        assert list(figures(part)) == ["KS", "Uten eier"]
        assert sentence(part).startswith("KS (1) har flest")

    def test_counts_risks_by_status(self, client):
        a_portfolio()

        part = picture(look(client), "risk")

        assert figures(part) == {
            "Under kontroll": [1, 0, 0, 0, 1],
            "Noen utfordringer": [1, 0, 0, 1, 2],
            "Betydelige utfordringer": [1, 0, 1, 0, 2],
            "Ikke rapportert": [0, 0, 0, 1, 1],
        }
        assert sentence(part) == (
            "1 av 6 aktive prosjekter har høy risiko: 1 med betydelige utfordringer."
            " For 2 er risikoen ikke rapportert."
        )

    @pytest.mark.parametrize("name", NAMES)
    def test_says_the_same_in_the_picture_and_the_table(self, client, name):
        a_portfolio()

        part = picture(look(client), name)
        kinds = RISKS if name == "risk" else STATUSES
        in_table = {
            label: [
                kind.count_in_words(number)
                for kind, number in zip(kinds, numbers[:-1], strict=True)
                if number
            ]
            for label, numbers in figures(part).items()
        }

        assert in_table
        assert drawn(part) == in_table
        for label, numbers in figures(part).items():
            assert sum(numbers[:-1]) == numbers[-1], label

    @pytest.mark.parametrize("user", ["reader", "staff"])
    def test_leads_from_every_part_to_a_list_of_as_many(self, client, user, log_in):
        a_portfolio()
        log_in(client, user)

        links = ways(look(client))

        assert len(links) > 25
        for href, count in links:
            assert len(titles(client.get(href))) == count, href

    def test_leads_to_those_that_are_left_out_of_the_comparison(self, client):
        a_portfolio()

        note = picture(look(client), "status").select_one("p.muted a")

        assert len(titles(client.get(note["href"]))) == 2

    @pytest.mark.parametrize(
        "query",
        [
            {"mal": "1"},
            {"status": ["betydelige-utfordringer", "noen-utfordringer"]},
            {"forrige-status": ["ikke-rapportert", "noen-utfordringer"]},
            {"eier": "ks", "livslop": ["aktiv", "pa-pause"]},
            {"sok": "project"},
        ],
    )
    def test_keeps_to_the_filters(self, client, query):
        a_portfolio()

        links = ways(look(client, **query))

        assert links
        for href, count in links:
            assert len(titles(client.get(href))) == count, href

    def test_shows_nothing_of_what_is_not_published(self, client):
        ProjectFactory()
        owner = OwnerFactory(name="Hemmelig eier")
        reported(RED, before=GREEN, draft=True, owner=owner)

        response = look(client)

        assertNotContains(response, "Hemmelig eier")
        assert figures(picture(response, "status")) == {"Nå": [0, 0, 0, 1, 1]}

    def test_shows_the_portfolio_of_a_day_in_the_past(self, client):
        with at("2026-03-02"):
            project = ProjectFactory(owner=OwnerFactory(name="KS"))
            StatusReportFactory(project=project, reported_on=day("2026-03-02"))
        with at("2026-05-04"):
            StatusReportFactory(project=project, status=RED, reported_on=day("2026-05-04"))

        part = picture(look(client, per="2026-03-10"), "status")

        assert figures(part) == {"Nå": [1, 0, 0, 0, 1]}
        links = part.select("a[href]")
        assert links
        for link in links:
            assert "per=2026-03-10" in link["href"]
            assert len(titles(client.get(link["href"]))) == 1

    def test_says_when_there_is_nothing_to_distribute(self, client):
        ProjectFactory(lifecycle=Lifecycle.PLANNED)

        response = look(client)

        assertContains(response, "Ingen aktive prosjekter å fordele")
        assert not soup(response).select(".distribution svg")

    def test_says_when_the_filters_find_nothing(self, client):
        ProjectFactory()

        assert look(client, sok="finnes-ikke").status_code == 200

    def test_draws_the_greatest_owners_and_lists_them_all(self, client):
        for number in range(14):
            owner = OwnerFactory(name=f"Eier {number:02}")
            ProjectFactory.create_batch(2 if number == 13 else 1, owner=owner)

        part = picture(look(client), "owner")

        names = list(drawn(part))
        assert (len(names), names[:2]) == (12, ["Eier 13", "Eier 00"])
        assert len(figures(part)) == 14
        assert "Andre: 2 til, med 2 aktive prosjekter til sammen." in part.text

    def test_says_how_many_owners_the_table_has_no_room_for(self, client):
        for number in range(42):
            ProjectFactory(owner=OwnerFactory(name=f"Eier {number:02}"))

        part = picture(look(client), "owner")

        assert len(figures(part)) == 40
        assert "Tabellen har de første 40; 2 med færre prosjekter er utelatt." in part.text

    def test_gives_htmx_the_same_figures(self, client, htmx_client):
        a_portfolio()

        found = figures(picture(look(client), "owner"))
        assert found
        assert figures(picture(look(htmx_client), "owner")) == found

    def test_has_neither_style_nor_script_of_its_own(self, client):
        a_portfolio()

        page = soup(look(client)).select_one(".distribution")

        assert not page.select("[style], script, style")
        assert not page.select("[onclick], [onload]")


class TestBar:
    def test_is_as_long_as_its_share(self):
        bar = make_bar("KS", {GREEN: 30, RED: 20}, STATUSES, greatest=100)

        assert [(part.x, part.width) for part in bar.drawn] == [
            ("0.0%", "30.0%"),
            ("30.0%", "20.0%"),
        ]

    def test_shows_the_smallest_parts_within_its_room(self):
        bar = status_bar("KS", {GREEN: 100_000, YELLOW: 1, RED: 1, None: 1})

        lengths = [part.length for part in bar.drawn]

        assert lengths[1:] == [SMALLEST] * 3
        assert sum(lengths) == pytest.approx(100)

    def test_of_nothing_is_empty(self):
        bar = status_bar("KS", {})

        assert (bar.total, bar.drawn) == (0, [])


class TestWords:
    @pytest.mark.parametrize(
        ("counts", "said"),
        [
            ({GREEN: 1}, "Det ene aktive prosjektet er under kontroll."),
            ({RED: 3}, "Alle de 3 aktive prosjektene har betydelige utfordringer."),
            ({None: 2}, "Ingen av de 2 aktive prosjektene har statusrapport."),
            (
                {GREEN: 7, RED: 4},
                "Av 11 aktive prosjekter er 7 under kontroll og 4 har betydelige utfordringer.",
            ),
            (
                {RED: 1, None: 1},
                "Av 2 aktive prosjekter har 1 betydelige utfordringer og 1 er ikke rapportert.",
            ),
        ],
    )
    def test_say_the_statuses(self, counts, said):
        assert words.statuses(counts) == said

    @pytest.mark.parametrize(
        ("now", "before", "said"),
        [
            ({RED: 1}, {}, "Det finnes ingen forrige rapport å sammenligne med."),
            ({RED: 1}, {RED: 1}, "Like mange har utfordringer som ved forrige rapport."),
            (
                {RED: 2},
                {GREEN: 2},
                "Det er 2 flere med betydelige utfordringer enn ved forrige rapport.",
            ),
        ],
    )
    def test_say_the_change(self, now, before, said):
        assert words.change(now, before) == said

    def test_name_the_one_that_has_the_most_of_both(self):
        bars = [status_bar("KS", {GREEN: 3, RED: 2}), status_bar("Hdir", {RED: 1})]

        assert words.groups(bars) == (
            "KS har flest aktive prosjekter (5) og flest med betydelige utfordringer (2)."
        )

    def test_name_nobody_when_many_have_as_many(self):
        bars = [status_bar(f"Eier {number}", {RED: 1}) for number in range(5)]

        assert words.groups(bars) == (
            "5 av dem har 1 aktivt prosjekt hver, og ingen har flere. 5 av dem har 1 prosjekt hver"
            " med betydelige utfordringer, og ingen har flere."
        )

    def test_say_the_only_risk(self):
        assert words.risks({GREEN: Counter({None: 1})}) == (
            "Risikoen i det ene aktive prosjektet er ikke rapportert."
        )
        assert words.risks({GREEN: Counter({RiskLevel.LOW: 2})}) == (
            "Ingen av 2 aktive prosjekter har høy risiko."
        )
