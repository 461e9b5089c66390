"""Names of values in addresses, and in the history."""

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains

from projects.models import AddressName, Owner, Project, SavedView, Segment, StrategicGoal
from projects.models.address_name import was_given
from tests.factories import (
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    SegmentFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.projects.values_for_ever.strategies import goal, strategy

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]


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
