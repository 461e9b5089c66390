"""Values that no project has any more, in addresses and filters."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from pytest_django.asserts import assertContains, assertNotContains

from overview.reading import read
from overview.saved.words import StateWords
from overview.sight import Sight
from projects.models import Project
from tests.factories import (
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.past import at, day
from tests.portfolio import soup, titles
from tests.projects.values_for_ever.strategies import remarks

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]

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
