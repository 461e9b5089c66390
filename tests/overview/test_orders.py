"""Every order of the overview, of its projects and of its groups, asked for by the address."""

import datetime

import pytest

from projects.dimensions import COLUMNS, DIMENSIONS
from projects.models import Lifecycle, RiskLevel, Status
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    StrategyFactory,
    UserFactory,
)
from tests.portfolio import TODAY, TOMORROW, YESTERDAY, reported, soup, titles

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]

#: Of the projects, by what they are sorted by; neither their titles nor when they were made gives that order.
TITLES = ["B", "A", "D", "C"]
#: Of the project that has nothing to be sorted by; sorted by title it would be the first.
NOTHING = "0"


def day(number):
    return datetime.date(2026, 7, number)


def with_status(title, status):
    reported(status, title=title)


def with_risk(title, risk_level):
    reported(risk_level=risk_level, title=title)


def with_deliveries(title, counts):
    delivered, outstanding = counts
    project = ProjectFactory(title=title)
    MilestoneFactory.create_batch(delivered, project=project, delivered=True)
    MilestoneFactory.create_batch(outstanding, project=project)


def with_next_delivery(title, due_on):
    project = ProjectFactory(title=title)
    MilestoneFactory(project=project, original_due_on=due_on)
    MilestoneFactory(project=project, original_due_on=day(31))
    MilestoneFactory(project=project, original_due_on=day(1), delivered=True)


def with_report(title, report):
    reported_on, interval = report
    project = ProjectFactory(title=title, report_interval_days=interval)
    StatusReportFactory(project=project, reported_on=reported_on)


def with_owner(title, names):
    name, short_name = names
    ProjectFactory(title=title, owner=OwnerFactory(name=name, short_name=short_name))


def with_goal(title, goal):
    number, name = goal
    ProjectFactory(title=title, main_goal=StrategicGoalFactory(number=number, name=name))


def with_segment(title, segment):
    position, name = segment
    ProjectFactory(title=title, segment=SegmentFactory(position=position, name=name))


def with_lifecycle(title, lifecycle):
    ProjectFactory(title=title, lifecycle=lifecycle)


def with_contact(title, name):
    contact = ContactFactory(name=name)
    ProjectFactory(title=title, owner=contact.owner, contact=contact)


def with_overdue(title, counts):
    overdue, others = counts
    project = ProjectFactory(title=title)
    MilestoneFactory.create_batch(overdue, project=project, original_due_on=YESTERDAY)
    MilestoneFactory.create_batch(others, project=project, original_due_on=TOMORROW)


def with_funding(title, funded_until):
    ProjectFactory(title=title, funded_until=funded_until)


def with_managers(title, names):
    managers = [UserFactory(email=f"{name.lower()}@ks.no", name=shown) for name, shown in names]
    ProjectFactory(title=title, managers=managers)


#: For each order, by its address: what makes a project, and of what, from what comes first.
CASES = {
    "status": (with_status, [Status.ON_TRACK, Status.CHALLENGES, Status.MAJOR_CHALLENGES]),
    "risiko": (with_risk, [RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH]),
    # By the part that is delivered, neither by how many are nor by how many there are.
    "leveranser": (with_deliveries, [(2, 4), (1, 1), (3, 0)]),
    "frist": (with_next_delivery, [day(9), day(11), day(20)]),
    # When it came, not when the next one is due.
    "bekreftet": (with_report, [(day(2), 30), (day(3), 20), (day(10), 10)]),
    # By the short name, where there is one.
    "eier": (with_owner, [("Åmot", "berg"), ("Ærlig", ""), ("Asker", "Åpen")]),
    "mal": (with_goal, [(2, "Åpent"), (9, "Ærlig"), (10, "Nært")]),
    "segment": (with_segment, [(2, "Åpent"), (9, "Ærlig"), (10, "Nært")]),
    "kontaktperson": (with_contact, ["berit", "Ærlig", "Åse"]),
    # When it is due, not when the last one came.
    "rapport": (with_report, [(day(9), 10), (day(8), 20), (day(7), 30)]),
    "finansiert": (with_funding, [day(9), day(11), day(20)]),
    # By the first of them, and by the address of one who has no name.
    "leder": (
        with_managers,
        [
            [("Ase", "Åse"), ("Berit", "berit")],
            [("Zara", "")],
            [("Arne", "Åpen")],
        ],
    ),
}
#: The same for what every project has.
ALWAYS = {
    "tittel": (lambda _title, own: ProjectFactory(title=own), ["berg", "Zoo", "Ærlig", "Åpen"]),
    "livslop": (
        with_lifecycle,
        [Lifecycle.PLANNED, Lifecycle.ACTIVE, Lifecycle.PAUSED, Lifecycle.CLOSED],
    ),
    "forfalt": (with_overdue, [(0, 4), (1, 1), (2, 2), (10, 0)]),
}


class TestOrders:
    def test_have_a_case_each(self):
        assert CASES.keys() | ALWAYS.keys() == {each.value for each in COLUMNS}
        assert set(COLUMNS) == {each for each in DIMENSIONS if each.column}

    @pytest.mark.parametrize("order", CASES)
    def test_go_both_ways_and_what_has_nothing_is_last(self, client, staff, order):
        client.force_login(staff)
        make, values = CASES[order]
        # What is only planned owes no report.
        ProjectFactory(title=NOTHING, owner=None, lifecycle=Lifecycle.PLANNED)
        for title, value in reversed(list(zip(TITLES, values, strict=False))):
            make(title, value)

        assert titles(client.get(f"/?sorter={order}")) == ["B", "A", "D", NOTHING]
        assert titles(client.get(f"/?sorter=-{order}")) == ["D", "A", "B", NOTHING]

    @pytest.mark.parametrize("order", ALWAYS)
    def test_go_both_ways_where_every_project_has_something(self, client, order):
        make, values = ALWAYS[order]
        for title, value in reversed(list(zip(TITLES, values, strict=True))):
            make(title, value)
        expected = values if order == "tittel" else TITLES

        # What it is sorted by anyway is left out of the address.
        assert titles(client.get(f"/?sorter={order}", follow=True)) == expected
        assert titles(client.get(f"/?sorter=-{order}")) == expected[::-1]

    def test_take_a_risk_that_is_not_reported_for_none(self, client):
        with_risk("0", RiskLevel.NOT_REPORTED)
        with_risk("A", RiskLevel.LOW)

        assert titles(client.get("/?sorter=risiko")) == ["A", "0"]
        assert titles(client.get("/?sorter=-risiko")) == ["A", "0"]

    @pytest.mark.parametrize("way", ["", "-"])
    def test_leave_what_is_alike_in_the_order_of_the_alphabet(self, client, way):
        for title in ("Ål", "berg", "Ærlig"):
            reported(title=title)

        assert titles(client.get(f"/?sorter={way}status")) == ["berg", "Ærlig", "Ål"]


def groups(client, value):
    response = client.get(f"/?grupper={value}")
    return [
        " ".join(each.text.split()).rstrip(":")
        for each in soup(response).select(".group-row strong")
    ]


def by_owner():
    # By their short names; two that have the same are still two.
    others = OwnerFactory(name="Andre", short_name="KS")
    ks = OwnerFactory(name="Åmot", short_name="KS")
    for owner in (None, OwnerFactory(name="Åpen"), ks, others, ks, others, OwnerFactory(name="ål")):
        ProjectFactory(owner=owner)
    return ["Andre", "Åmot", "ål", "Åpen", "Uten eier"]


def by_segment():
    # Two in the same place are still two.
    nine, another = SegmentFactory(name="Ni", position=9), SegmentFactory(name="Åtte", position=9)
    last, first = SegmentFactory(name="Alle", position=10), SegmentFactory(name="Øst", position=2)
    for segment in (None, last, another, nine, another, nine, first):
        ProjectFactory(segment=segment)
    return ["Øst", "Ni", "Åtte", "Alle", "Uten segment"]


def by_goal():
    """The newest strategy first, and each strategy's goals together, by their numbers."""
    old = StrategyFactory(name="Gammel", starts_on=YESTERDAY)
    new, newer = (StrategyFactory(name=name, starts_on=TODAY) for name in "ÅA")
    goals = [(old, 1), (old, 3), (newer, 10), (newer, 2), (new, 4), (new, 1)]
    ProjectFactory()
    for strategy, number in goals:
        goal = StrategicGoalFactory(strategy=strategy, number=number, name=strategy.name)
        ProjectFactory(main_goal=goal)
    return [
        *("1 - Å", "4 - Å", "2 - A", "10 - A", "1 - Gammel", "3 - Gammel"),
        "Uten strategimål",
    ]


def by_status():
    ProjectFactory()
    for status in Status:
        reported(status)
    return ["Betydelige utfordringer", "Noen utfordringer", "Under kontroll", "Ikke rapportert"]


def by_risk():
    ProjectFactory()
    for risk_level in (RiskLevel.NOT_REPORTED, RiskLevel.LOW, RiskLevel.HIGH, RiskLevel.MEDIUM):
        reported(risk_level=risk_level)
    return ["Høy", "Middels", "Lav", "Ikke rapportert"]


GROUPED = {
    "eier": by_owner,
    "segment": by_segment,
    "mal": by_goal,
    "status": by_status,
    "risiko": by_risk,
}


class TestGroups:
    def test_have_a_case_each(self):
        assert GROUPED.keys() == {each.value for each in DIMENSIONS if each.grouping}

    @pytest.mark.parametrize("grouping", GROUPED)
    def test_stand_in_their_order_and_what_has_none_is_last(self, client, grouping):
        expected = GROUPED[grouping]()

        assert groups(client, grouping) == expected

    @pytest.mark.parametrize("grouping", GROUPED)
    def test_stand_in_their_order_however_their_projects_do(self, client, grouping):
        expected = GROUPED[grouping]()

        assert groups(client, f"{grouping}&sorter=-tittel&sorter=eier") == expected
