"""The choices of each filter, and how many projects each would leave."""

import pytest
from pytest_django.asserts import assertNotContains

from projects.models import Lifecycle, RiskLevel, Status
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StrategicGoalFactory,
)
from tests.portfolio import TOMORROW, YESTERDAY, reported, soup, titles

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]


def choices(response, name):
    """Return what a filter offers, with how many projects each choice leaves."""
    rows = soup(response).select(f"#choices-{name} label")
    return {
        row.select_one("span").text: int(row.select_one(".choices__count").contents[0])
        for row in rows
    }


@pytest.fixture
def portfolio():
    """Six projects of two owners; those of KS are one of each status, the others have no report."""
    ks, other = OwnerFactory(name="KS", slug="ks"), OwnerFactory(name="Åsane", slug="asane")
    risks = [RiskLevel.LOW, RiskLevel.HIGH, RiskLevel.HIGH]
    for status, risk_level in zip(Status, risks, strict=True):
        reported(status, risk_level=risk_level, owner=ks, title=f"KS {status.label}")
    for number in range(3):
        ProjectFactory(owner=other, lifecycle=Lifecycle.PLANNED, title=f"Fremmed {number}")


class TestChoices:
    def test_tell_how_many_projects_each_leaves(self, client, portfolio):
        response = client.get("/")

        assert choices(response, "eier") == {"KS": 3, "Åsane": 3}
        assert choices(response, "status") == {
            "Under kontroll": 1,
            "Noen utfordringer": 1,
            "Betydelige utfordringer": 1,
            "Ikke rapportert": 3,
        }
        assert choices(response, "risiko") == {
            "Lav": 1,
            "Middels": 0,
            "Høy": 2,
            "Ikke rapportert": 3,
        }
        assert choices(response, "livslop") == {
            "Planlagt": 3,
            "Aktiv": 3,
            "Satt på pause": 0,
            "Avsluttet": 0,
        }

    def test_count_within_the_other_filters_but_not_their_own(self, client, portfolio):
        response = client.get("/?eier=ks&risiko=hoy")

        assert choices(response, "eier") == {"KS": 2, "Åsane": 0}
        assert choices(response, "risiko") == {
            "Lav": 1,
            "Middels": 0,
            "Høy": 2,
            "Ikke rapportert": 0,
        }
        assert sum(choices(response, "status").values()) == 2

    def test_count_within_the_search(self, client, portfolio):
        response = client.get("/?sok=fremmed")

        assert choices(response, "eier") == {"KS": 0, "Åsane": 3}

    def test_widen_one_another_within_a_filter(self, client, portfolio):
        query = "status=noen-utfordringer&status=betydelige-utfordringer&risiko=hoy&risiko=lav"

        response = client.get(f"/?{query}")

        assert len(titles(response)) == 2
        assert [box["value"] for box in soup(response).select("#choices-status [checked]")] == [
            "noen-utfordringer",
            "betydelige-utfordringer",
        ]

    def test_count_every_goal_that_a_project_serves_once(self, client):
        goals = [StrategicGoalFactory(number=number, name="Mål") for number in (1, 2, 3)]
        project = ProjectFactory(main_goal=goals[0])
        project.further_goals.set(goals[:2])

        assert choices(client.get("/"), "mal") == {"1 - Mål": 1, "2 - Mål": 1}

    def test_keep_their_promise(self, client, portfolio):
        MilestoneFactory(project=reported(Status.ON_TRACK, title="X"), original_due_on=YESTERDAY)
        page = soup(client.get("/?risiko=hoy&risiko=lav"))

        promised = {
            (box["name"], box["value"]): int(box.parent.select_one(".choices__count").contents[0])
            for box in page.select("#filters [type=checkbox]")
            if box["name"] != "risiko"
        }
        kept = {
            each: len(titles(client.get("/", {"risiko": ["hoy", "lav"], each[0]: each[1]})))
            for each in promised
        }

        assert promised == kept
        assert len(promised) > 12

    def test_offer_nobody_what_only_hidden_projects_have(self, client, staff):
        ProjectFactory(owner=OwnerFactory(name="Åpen"))
        hidden = ProjectFactory(
            draft=True, owner=OwnerFactory(name="Skjult", slug="skjult"), segment=SegmentFactory()
        )
        hidden.managers.add(staff)

        response = client.get("/?eier=skjult")

        assert choices(response, "eier") == {"skjult": 0, "Åpen": 1}
        assert choices(client.get("/"), "eier") == {"Åpen": 1}
        assertNotContains(response, "Skjult")
        assert choices(client.get("/"), "segment") == {"Uten segment": 1}
        assert titles(response) == []
        assert soup(response).select_one(".ds-alert").text == (
            "Eier: «skjult» har ingen publiserte prosjekter nå."
        )

    def test_offer_what_has_none_where_something_has_none(self, client, staff):
        goal = StrategicGoalFactory(number=1, name="Mål")
        ProjectFactory(title="Har", main_goal=goal, segment=SegmentFactory(name="Samstyre"))
        served = ProjectFactory(title="Bidrar", owner=None)
        served.further_goals.set([goal, StrategicGoalFactory(number=2, name="Mål")])
        bare = ProjectFactory(title="Har ikke", owner=None)
        bare.managers.set([staff])
        client.force_login(staff)

        response = client.get("/")

        assert choices(response, "eier")["Uten eier"] == 2
        assert choices(response, "segment") == {"Samstyre": 1, "Uten segment": 2}
        assert choices(response, "mal") == {"1 - Mål": 2, "2 - Mål": 1, "Uten strategimål": 1}
        assert choices(response, "leder")["Uten prosjektleder"] == 2
        assert titles(client.get("/?eier=ingen&mal=ingen")) == ["Har ikke"]
        assert titles(client.get("/?segment=ingen&leder=ingen")) == ["Bidrar"]

    def test_offer_staff_the_managers(self, client, staff, project):
        assert not soup(client.get("/")).select("#choices-leder")
        client.force_login(staff)

        assert choices(client.get("/"), "leder") == {"Leder Larsen": 1}
        manager = project.managers.get()
        assert titles(client.get(f"/?leder={manager.pk}")) == [project.title]

    def test_tell_a_reader_to_log_in_for_the_managers(self, client, project):
        manager = project.managers.get()
        ProjectFactory()

        response = client.get(f"/?leder={manager.pk}")

        assert len(titles(response)) == 2
        assert "Logg inn for å filtrere på prosjektleder." in response.content.decode()
        assert "Leder Larsen" not in response.content.decode()


class TestDueDates:
    def test_narrow_down_to_a_period(self, client):
        for title, day in (("A", YESTERDAY), ("B", TOMORROW)):
            MilestoneFactory(project=ProjectFactory(title=title), original_due_on=day)
        ProjectFactory(title="C")

        assert titles(client.get("/?frist-fra=2026-07-10")) == ["B"]
        assert titles(client.get("/?frist-til=10.07.2026")) == ["A"]
        assert titles(client.get("/?frist-fra=2026-07-09&frist-til=2026-07-11")) == ["A", "B"]

    def test_stand_among_the_chips_and_in_the_form(self, client):
        ProjectFactory()

        page = soup(client.get("/?frist-fra=1.7.2026"))

        chip = page.select_one(".chips a")
        assert "Neste frist fra: 01.07.2026" in chip.text
        assert chip["href"] == "/#result-count"
        assert page.select_one("[name=frist-fra]")["value"] == "1.7.2026"

    def test_that_end_before_they_begin_are_told_of(self, client):
        ProjectFactory()

        response = client.get("/?frist-fra=2026-08-01&frist-til=2026-07-01")

        assert titles(response) == []
        assert "Fristene slutter før de begynner" in response.content.decode()

    @pytest.mark.parametrize("value", ["31.02.2026", "i dag", "\x00", "9" * 5000, "1066-10-14"])
    def test_that_are_none_are_left_out(self, client, value):
        project = ProjectFactory()

        response = client.get("/", {"frist-fra": value})

        assert titles(response) == [project.title]
        note = soup(response).select_one(".results .ds-alert").text
        assert note.startswith("Neste frist fra: ")


class TestLateReports:
    def test_can_be_listed(self, client):
        reported(title="Frisk")
        late = reported(title="Sen", report_interval_days=7)

        response = client.get("/?rapport=sen")

        assert titles(response) == [late.title]
        assert choices(response, "rapport") == {"Rapporten er forsinket": 1}
