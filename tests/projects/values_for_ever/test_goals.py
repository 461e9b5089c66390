"""Goals that a later strategy no longer has, which old projects keep."""

import datetime

import pytest
from pytest_django.asserts import assertNotContains

from projects.models import Project, StrategicGoal
from tests.factories import (
    ProjectFactory,
)
from tests.past import at
from tests.portfolio import soup, titles
from tests.projects.values_for_ever.strategies import goal, remarks, strategy

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]


def address_of(client, project):
    """Return where the goal on a project's page leads."""
    return soup(client.get(project.get_absolute_url())).select_one('a[href*="mal="]')["href"]


class TestGoal:
    def test_keeps_its_address_whatever_becomes_of_strategies(self, client):
        mine = ProjectFactory(title="Mitt", main_goal=goal(of=strategy(2023, 2030)))
        address = address_of(client, mine)

        ours = mine.main_goal.strategy
        ours.ends_on = datetime.date(2026, 1, 1)
        ours.save()
        newer = strategy(2026, 2035)
        ProjectFactory(title="Nytt", main_goal=goal(of=newer))
        StrategicGoal.objects.filter(pk=mine.main_goal_id).update(number=7, name="Omdøpt")

        assert titles(client.get(address)) == ["Mitt"]
        assert address_of(client, mine) == address

    def test_of_strategies_that_overlap_has_an_address_of_its_own(self, client):
        older, newer = strategy(2023, 2030), strategy(2026, 2035)
        projects = [
            ProjectFactory(title=str(place), main_goal=goal(of=each))
            for place, each in enumerate([older, newer])
        ]

        addresses = [address_of(client, project) for project in projects]

        assert addresses == ["/?mal=1", "/?mal=2026-1"]
        assert [titles(client.get(address)) for address in addresses] == [["0"], ["1"]]

    def test_of_strategies_that_overlap_is_in_the_filter_and_in_its_group(self, client):
        for each in (strategy(2023, 2030), strategy(2026, 2035)):
            ProjectFactory(main_goal=goal(of=each))

        page = soup(client.get("/?grupper=mal"))

        choices = [each.text for each in page.select("#choices-mal label > span:first-of-type")]
        names = ["1 - Mål (Strategi 2026–2035)", "1 - Mål (Strategi 2023–2030)"]
        assert [each for each in choices if each.startswith("1")] == names
        assertNotContains(client.get("/?grupper=mal"), "Ikke valgt")

    def test_of_strategies_that_begin_together_are_grouped_by_strategy(self, client):
        both = [strategy(2023, 2030), strategy(2023, 2028)]
        for number in (1, 2):
            for each in both:
                ProjectFactory.create_batch(2, main_goal=goal(number, of=each, name="x"))

        sections = client.get("/?grupper=mal").context["sections"]

        assert [(section.label[:1], len(section.projects)) for section in sections] == [
            ("1", 2), ("2", 2), ("1", 2), ("2", 2),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("years", "expected"),
        [
            ([(2023, 2030)], ["1"]),
            ([(2023, 2030), (2017, 2022)], ["1", "2017-1"]),
            ([(2023, 2030), (2031, 2035), (2031, 2036)], ["1", "2031-1", "2031-1-2"]),
        ],
    )
    def test_is_named_by_its_number_or_its_year_too(self, years, expected):
        assert [goal(of=strategy(*each)).slug for each in years] == expected

    def test_is_named_several_at_once(self):
        first, second = strategy(2023, 2030), strategy(2031, 2035)
        made = StrategicGoal.objects.bulk_create(
            StrategicGoal(strategy=each, number=number, name="Mål")
            for each in (first, second)
            for number in (1, 2)
        )

        assert [each.slug for each in made] == ["1", "2", "2031-1", "2031-2"]

    def test_that_is_made_where_one_was_deleted_is_another(self, client, staff):
        ours = strategy(2023, 2030)
        goal(of=ours, name="Borte").delete()
        new = goal(of=ours, name="Ny")
        ProjectFactory(main_goal=new)

        response = client.get("/?mal=1")

        assert new.slug == "2023-1"
        assert titles(response) == []
        assert remarks(response) == ["Strategimål: «1» har ingen publiserte prosjekter nå."]
        client.force_login(staff)
        assert remarks(client.get("/?mal=1")) == [
            "Strategimål: «1 - Borte (slettet)» har ingen prosjekter nå."
        ]

    def test_of_a_past_day_is_found_by_the_same_address(self, client):
        ours = strategy(2023, 2030)
        with at("2026-03-01"):
            ProjectFactory(title="Da", main_goal=goal(of=ours))
        Project.objects.update(main_goal=None)

        assert titles(client.get("/?mal=1&per=2026-03-02")) == ["Da"]
        assert titles(client.get("/?mal=1")) == []
