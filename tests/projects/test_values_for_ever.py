"""What a value in an address names: one thing for ever, also when no project has it just now."""

import datetime

import pgtrigger
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, transaction
from django.http import QueryDict
from pytest_django.asserts import assertContains, assertNotContains

from overview.reading import read
from overview.saved.words import StateWords
from overview.sight import Sight
from projects.models import AddressName, Owner, Project, SavedView, Segment, StrategicGoal
from projects.models.address_name import was_given
from tests.factories import (
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    SegmentFactory,
    StrategicGoalFactory,
    StrategyFactory,
    UserFactory,
)
from tests.past import at, day
from tests.portfolio import soup, titles

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]


def strategy(first, last, name=""):
    return StrategyFactory(
        name=name or f"Strategi {first}–{last}",
        starts_on=datetime.date(first, 1, 1),
        ends_on=datetime.date(last, 12, 31),
    )


def goal(number=1, *, of, name="Mål"):
    return StrategicGoalFactory(number=number, strategy=of, name=name)


def address_of(client, project):
    """Where the goal on a project's page leads."""
    return soup(client.get(project.get_absolute_url())).select_one('a[href*="mal="]')["href"]


def remarks(response):
    return [each.text for each in soup(response).select(".results .ds-alert")]


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


KNOWN = {
    "eier": (OwnerFactory, "slug", "owner"),
    "segment": (SegmentFactory, "slug", "segment"),
    "mal": (StrategicGoalFactory, "slug", "main_goal"),
    "leder": (UserFactory, "pk", "managers"),
}


class TestWithoutProjects:
    @pytest.fixture
    def thing(self, name):
        factory, _value, _field = KNOWN[name]
        return factory(name="Uten prosjekt")

    @pytest.fixture
    def asked(self, name, thing):
        return f"{name}={getattr(thing, KNOWN[name][1])}"

    @pytest.mark.parametrize("name", KNOWN)
    def test_a_known_thing_finds_nothing_and_says_so(self, client, staff, asked):
        ProjectFactory.create_batch(2)
        client.force_login(staff)

        response = client.get(f"/?{asked}")

        assert titles(response) == []
        assertContains(response, "0 av 2 prosjekter")
        (remark,) = remarks(response)
        assert "Uten prosjekt» har ingen prosjekter nå." in remark
        (chip,) = soup(response).select(".ds-chip[href]")[:1]
        assert "Uten prosjekt" in chip.text
        assert "visning" in chip["href"] or chip["href"].startswith("/#")

    @pytest.mark.parametrize(("name", "told"), [("eier", False), ("segment", True), ("mal", True)])
    @pytest.mark.parametrize("is_hidden", [True, False])
    def test_finds_nothing_for_readers_who_are_told_no_name_of_an_owner(
        self, client, name, thing, asked, told, is_hidden
    ):
        ProjectFactory()
        if is_hidden:
            ProjectFactory(draft=True, **{KNOWN[name][2]: thing})

        response = client.get(f"/?{asked}")

        assert titles(response) == []
        (remark,) = remarks(response)
        assert remark.endswith("» har ingen publiserte prosjekter nå.")
        assert ("Uten prosjekt" in response.text) == told

    @pytest.mark.parametrize("name", ["eier", "segment", "mal"])
    def test_tells_readers_no_name_of_what_is_gone(self, client, thing, asked):
        ProjectFactory()
        thing.delete()

        response = client.get(f"/?{asked}")

        assert titles(response) == []
        assertNotContains(response, "Uten prosjekt")

    @pytest.mark.parametrize("name", KNOWN)
    def test_is_chosen_in_its_panel_and_offered_no_longer_without(self, client, staff, name, asked):
        ProjectFactory(managers=[staff])
        client.force_login(staff)

        chosen = soup(client.get(f"/?{asked}")).select(f"#choices-{name} input[checked]")
        other = soup(client.get("/")).select(f"#choices-{name} label")

        assert len(chosen) == 1
        assert not [each for each in other if "Uten prosjekt" in each.text]

    @pytest.mark.parametrize("name", KNOWN)
    def test_widens_nothing_beside_another(self, client, staff, name, thing, asked):
        factory, value, field = KNOWN[name]
        used = factory()
        mine = ProjectFactory(**({} if field == "managers" else {field: used}))
        if field == "managers":
            mine.managers.add(used)
        ProjectFactory(owner=None)
        client.force_login(staff)

        response = client.get(f"/?{asked}&{name}={getattr(used, value)}")

        assert titles(response) == [mine.title]

    @pytest.mark.parametrize("name", KNOWN)
    def test_is_told_in_the_words_of_a_saved_view(self, asked):
        assert "Uten prosjekt" in StateWords()(asked)
        assert "borte" not in StateWords()(asked)

    @pytest.mark.parametrize("name", KNOWN)
    def test_is_known_when_it_is_gone(self, client, staff, thing, asked):
        ProjectFactory()
        thing.delete()
        client.force_login(staff)

        response = client.get(f"/?{asked}")

        assert titles(response) == []
        assert "Uten prosjekt (slettet)» har ingen prosjekter nå." in remarks(response)[0]
        assert "Uten prosjekt (slettet)" in StateWords()(asked)

    @pytest.mark.parametrize("name", KNOWN)
    @pytest.mark.parametrize("look", ["tidslinje", "fordeling"])
    def test_finds_nothing_in_any_look(self, client, staff, asked, look):
        ProjectFactory()
        client.force_login(staff)

        assertContains(client.get(f"/?{asked}&vis={look}"), "0 av 1 prosjekt")

    @pytest.mark.parametrize("name", KNOWN)
    def test_finds_nothing_to_change_at_once(self, client, office, asked):
        ProjectFactory(title="Skal ikke endres")
        client.force_login(office)

        response = client.get(
            "/endre-flere/", {"utvalg": asked, "alle": "ja", "felt": "livslop", "til": "avsluttet"}
        )

        assertNotContains(response, "Skal ikke endres")

    def test_counts_on_a_past_day_say_that_day(self, client, staff):
        owner = OwnerFactory(name="Ny eier", slug="ny")
        with at("2026-03-01"):
            ProjectFactory(title="Da")
        Project.objects.update(owner=owner)
        client.force_login(staff)

        assert titles(client.get("/?eier=ny")) == ["Da"]
        then = client.get("/?eier=ny&per=2026-03-02")
        assert titles(then) == []
        assert remarks(then) == ["Eier: «Ny eier» hadde ingen prosjekter denne dagen."]

    def test_a_manager_is_no_filter_for_readers(self, client):
        project = ProjectFactory()

        response = client.get(f"/?leder={UserFactory(name='Uten prosjekt').pk}")

        assert titles(response) == [project.title]
        assertNotContains(response, "Uten prosjekt")

    def test_offers_as_many_queries_for_many(self, django_assert_num_queries):
        OwnerFactory.create_batch(20)
        query = QueryDict("eier=owner-1")

        # What the database has seen, and the register.
        with django_assert_num_queries(2):
            read(query, Sight.of(AnonymousUser(), today=day("2026-07-10")))


class TestNames:
    @pytest.mark.parametrize(
        "factory", [OwnerFactory, SegmentFactory, ProjectFactory, SavedViewFactory]
    )
    def test_are_given_once(self, factory):
        thing = factory(slug="styret")
        model = type(thing)
        thing.delete()

        assert was_given("styret", among=model)
        assert model.objects.free_slug("Styret") == "styret-2"
        with pytest.raises(IntegrityError, match="name_is_given_once"):
            factory(slug="styret")

    def test_are_kept_once_each(self):
        AddressName.objects.create(kind="projects_owner", slug="styret")

        with pytest.raises(IntegrityError, match="addressname_is_given_once"):
            AddressName.objects.create(kind="projects_owner", slug="styret")

    def test_of_goals_are_given_by_the_database(self):
        ours, unnamed = strategy(2023, 2030), "projects.StrategicGoal:goal_gets_its_name"

        with (
            pgtrigger.ignore(unnamed),
            pytest.raises(IntegrityError, match="has_a_slug"),
            transaction.atomic(),
        ):
            goal(of=ours)

    @pytest.mark.parametrize("model", [Owner, Segment, StrategicGoal, Project, SavedView])
    def test_stay(self, model):
        factories = {
            Owner: OwnerFactory,
            Segment: SegmentFactory,
            StrategicGoal: StrategicGoalFactory,
            Project: ProjectFactory,
            SavedView: SavedViewFactory,
        }
        thing = factories[model]()

        with pytest.raises(DatabaseError, match="name_in_addresses_stays"):
            model.objects.filter(pk=thing.pk).update(slug="noe-annet")

    @pytest.mark.parametrize("factory", [OwnerFactory, SegmentFactory, StrategicGoalFactory])
    def test_leave_the_word_for_none(self, factory):
        with pytest.raises(IntegrityError, match=r"leaves_the_word_for_none|has_a_slug"):
            factory(slug="ingen")

    @pytest.mark.ignore_template_errors
    @pytest.mark.parametrize("slug", ["ingen", "brukt"])
    def test_are_refused_in_words_where_an_administrator_writes_one(
        self, client, administrator, slug
    ):
        SegmentFactory(slug="brukt").delete()
        client.force_login(administrator)

        response = client.post(
            "/admin/projects/segment/add/",
            {"name": "Ny", "slug": slug, "position": "1", "in_use": "on"},
        )

        assertContains(response, "er, eller har vært, i adressene til et annet segment")
        assert not Segment.objects.exists()


class TestHistory:
    def test_of_somebody_who_has_done_nothing_is_empty(self, client, staff, project):
        idle = UserFactory(name="Har ikke gjort noe")
        client.force_login(staff)

        for address in ("/historikk/", f"{project.get_absolute_url()}historikk/"):
            response = client.get(address, {"person": idle.pk})
            assert not response.context["filter_form"].notes
            assertContains(response, "Har ikke gjort noe")
            assertNotContains(response, "history__facts")
