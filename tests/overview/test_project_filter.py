import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from projects.models import Lifecycle, RiskLevel, Status
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StrategicGoalFactory,
)
from tests.portfolio import TODAY, YESTERDAY, reported, soup, titles

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]


class TestFilters:
    @pytest.mark.parametrize(
        "text", ["kommunal", "JOURNAL felles", "sikrere hverdag", "KS", "kommunesektor", "mp5",
                 "styringsdokument", "ærfugl"]
    )  # fmt: skip
    def test_search_titles_ingress_owners_and_milestones(self, client, text):
        owner = OwnerFactory(name="Kommunesektorens organisasjon", short_name="KS")
        found = ProjectFactory(
            title="Felles kommunal journal", ingress="En sikrere hverdag. ÆRFUGL", owner=owner
        )
        MilestoneFactory(project=found, code="MP5", title="Styringsdokument")
        MilestoneFactory(project=found, code="MP6")
        ProjectFactory(title="Tekstmelding fra legevakten")

        assert titles(client.get("/", {"sok": text})) == [found.title]

    @pytest.mark.parametrize("text", ["100%", "journal & !journal1", "journal helikopter"])
    def test_search_takes_every_character_as_it_is(self, client, text):
        ProjectFactory(title="Journal")

        assert titles(client.get("/", {"sok": text})) == []

    @pytest.mark.parametrize(
        "query",
        ["eier=ks", "segment=samstyre", "mal=4", "mal=5", "status=noen-utfordringer",
         "risiko=hoy", "livslop=pa-pause", "forfalt=ja"],
    )  # fmt: skip
    def test_each_narrows_down(self, client, query):
        found = reported(
            Status.CHALLENGES,
            risk_level=RiskLevel.HIGH,
            owner=OwnerFactory(slug="ks"),
            segment=SegmentFactory(slug="samstyre"),
            main_goal=StrategicGoalFactory(number=4),
            lifecycle=Lifecycle.PAUSED,
        )
        found.further_goals.set(
            [StrategicGoalFactory(number=5), StrategicGoalFactory(number=3), found.main_goal]
        )
        MilestoneFactory(project=found, original_due_on=YESTERDAY)
        reported()
        ProjectFactory()

        response = client.get(f"/?{query}")

        assert titles(response) == [found.title]
        assertContains(response, "1 av 3 prosjekter")

    def test_count_what_is_not_reported(self, client):
        silent = ProjectFactory(title="A")
        reported(risk_level=RiskLevel.NOT_REPORTED, title="B")
        reported(title="C")

        assert titles(client.get("/?status=ikke-rapportert")) == [silent.title]
        assert titles(client.get("/?risiko=ikke-rapportert")) == ["A", "B"]

    def test_due_today_is_not_overdue(self, client):
        MilestoneFactory(original_due_on=TODAY)

        assert titles(client.get("/?forfalt=ja")) == []

    def test_can_be_removed_one_by_one_and_all(self, client):
        reported(owner=OwnerFactory(slug="ks", name="KS"), title="Journal")

        links = soup(client.get("/?sok=jour&eier=ks&risiko=lav&sorter=-frist")).select(".ds-chip")

        assert [link.text for link in links] == [
            "Fjern filter: Søk: jour",
            "Fjern filter: Eier: KS",
            "Fjern filter: Risiko: Lav",
            "Fjern alle",
        ]
        assert [link["href"] for link in links] == [
            "/?eier=ks&risiko=lav&sorter=-frist#result-count",
            "/?sok=jour&risiko=lav&sorter=-frist#result-count",
            "/?sok=jour&eier=ks&sorter=-frist#result-count",
            "/?sorter=-frist#result-count",
        ]

    def test_offer_a_way_out_when_nothing_matches(self, client):
        ProjectFactory()

        response = client.get("/?sok=helikopter")

        assertContains(response, "Ingen prosjekter passer")
        assert soup(response).select_one(".empty-state a")["href"] == "/#result-count"

    def test_an_older_strategy_says_its_year(self, client):
        ProjectFactory(main_goal=StrategicGoalFactory(number=4))
        old = StrategicGoalFactory(
            number=4,
            strategy__name="Strategi 2017–2022",
            strategy__starts_on=datetime.date(2017, 1, 1),
            strategy__ends_on=datetime.date(2022, 12, 31),
        )
        found = ProjectFactory(main_goal=old)

        assert titles(client.get("/?mal=2017-4")) == [found.title]


class TestAddress:
    def test_leaves_out_what_is_empty_or_implied(self, client):
        query = {"sok": " ", "eier": "", "risiko": "lav", "sorter": "tittel", "side": "1"}

        assertRedirects(client.get("/", query), "/?risiko=lav")
        assertRedirects(client.get("/", {"sok": ""}), "/")

    def test_is_shortened_for_htmx_too(self, htmx_client):
        response = htmx_client.get("/", {"sok": "", "eier": ""})

        assertRedirects(response, "/", fetch_redirect_response=False)
        assert "HX-Request" in response.headers["Vary"]

    @pytest.mark.parametrize(
        ("name", "label"),
        [("eier", "Eier"), ("segment", "Segment"), ("mal", "Strategimål"), ("status", "Status"),
         ("risiko", "Risiko"), ("livslop", "Livsløp"), ("forfalt", "Leveranser"),
         ("sorter", "Sorter etter")],
    )  # fmt: skip
    @pytest.mark.parametrize("value", ["finnes-ikke", "<script>", "a\x00b", "x" * 10_000])
    def test_with_an_unknown_value_is_used_without_it(self, client, name, label, value):
        project = ProjectFactory()

        response = client.get("/", {name: value})

        assert titles(response) == [project.title]
        note = soup(response).select_one(".results .ds-alert").text
        assert note.startswith(f"{label}: Vi kjenner ikke verdien «")
        assert len(note) < 150
        assertNotContains(response, "<script>alert")

    @pytest.mark.parametrize("text", ["a\x00b", "x" * 10_000, "_", "\\", "'", "&|!<->:*()"])
    def test_with_a_search_that_cannot_be_used_says_so(self, client, text):
        project = ProjectFactory()

        response = client.get("/", {"sok": text})

        assert titles(response) == [project.title]
        assert soup(response).select_one(".results .ds-alert").text.startswith("Søket ")

    @pytest.mark.parametrize(
        ("side", "number"),
        [("2", 2), ("3", 3), ("99999999999999999999", 3), ("9" * 5000, 1), ("abc", 1),
         ("-1", 3), ("1.5", 1), ("\x00", 1)],
    )  # fmt: skip
    def test_names_a_page_or_the_nearest(self, client, side, number):
        ProjectFactory.create_batch(51)

        response = client.get("/", {"side": side})

        assert response.context["page"].number == number
        assert soup(response).select_one("[aria-current=page].pagination__here").text.split() == [
            "Side",
            str(number),
        ]

    def test_keeps_filters_from_page_to_page(self, client):
        owner = OwnerFactory(slug="ks")
        ProjectFactory.create_batch(26, owner=owner)

        following = soup(client.get("/?eier=ks")).select_one("a[rel=next]")["href"]

        assert following == "?eier=ks&side=2"

    def test_does_not_mind_names_that_mean_nothing_here(self, client):
        project = ProjectFactory()

        assert titles(client.get("/?utm_source=brev")) == [project.title]


class TestSorting:
    def test_says_in_the_header_how_it_is_sorted(self, client):
        ProjectFactory()

        headers = soup(client.get("/?sok=project&sorter=-status")).select("thead th")

        assert [header["aria-sort"] for header in headers] == [
            "none", "descending", "none", "none", "none", "none", "none",
        ]  # fmt: skip
        assert [header.a["href"] for header in headers] == [
            "/?sok=project",
            "/?sok=project&sorter=status",
            "/?sok=project&sorter=-risiko",
            "/?sok=project&sorter=leveranser",
            "/?sok=project&sorter=frist",
            "/?sok=project&sorter=-bekreftet",
            "/?sok=project&sorter=eier",
        ]

    def test_turns_the_titles_round(self, client):
        ProjectFactory()

        header = soup(client.get("/")).select_one("thead th")

        assert header["aria-sort"] == "ascending"
        assert header.a["href"] == "/?sorter=-tittel"

    def test_stands_in_the_form_too(self, client):
        ProjectFactory()

        chosen = soup(client.get("/?sorter=-frist")).select_one("select[name=sorter]")

        assert chosen["form"] == "filters"
        assert chosen.select_one("[selected]").text == "Neste leveranse, senest først"
