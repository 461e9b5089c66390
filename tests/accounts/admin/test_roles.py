"""Roles and vocabularies in the admin."""

import pytest
from django.contrib.auth.models import Group
from pytest_django.asserts import assertContains

from accounts.models import ADMINISTRATORS
from projects.models import Segment, StrategicGoal, Strategy
from tests.accounts.visitors import delete, log_in_freshly
from tests.factories import (
    ProjectFactory,
    SegmentFactory,
    StrategicGoalFactory,
)

# Django's own templates use variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


class TestRoleAdmin:
    def test_shows_what_a_role_may_do_and_who_has_it(self, client, administrator):
        role = Group.objects.get(name=ADMINISTRATORS)
        log_in_freshly(client, administrator)

        assertContains(client.get("/admin/auth/group/"), ADMINISTRATORS)
        response = client.get(f"/admin/auth/group/{role.pk}/change/")

        assertContains(response, "Administrator Berg")
        assertContains(response, "Vedlikeholder eiere, kontaktpersoner")

    @pytest.mark.parametrize("verb", ["change", "delete"])
    def test_changes_nothing(self, client, administrator, verb):
        role = Group.objects.get(name=ADMINISTRATORS)
        log_in_freshly(client, administrator)

        response = client.post(f"/admin/auth/group/{role.pk}/{verb}/", {"post": "yes", "name": "x"})

        assert response.status_code == 403
        assert Group.objects.filter(name=ADMINISTRATORS).exists()


class TestVocabularyAdmin:
    def test_makes_a_strategy_with_its_goals(self, client, administrator):
        log_in_freshly(client, administrator)

        client.post(
            "/admin/projects/strategy/add/",
            {
                "name": "Strategi 2031–2036",
                "starts_on": "01.01.2031",
                "ends_on": "31.12.2036",
                "goals-TOTAL_FORMS": "2",
                "goals-INITIAL_FORMS": "0",
                "goals-0-number": "1",
                "goals-0-name": "Først",
                "goals-1-number": "2",
                "goals-1-name": "Så",
            },
        )

        goals = StrategicGoal.objects.filter(strategy__name="Strategi 2031–2036").in_order()
        assert [str(goal) for goal in goals] == ["1 - Først", "2 - Så"]

    def test_says_when_a_strategy_ends_before_it_starts(self, client, administrator):
        log_in_freshly(client, administrator)

        response = client.post(
            "/admin/projects/strategy/add/",
            {
                "name": "Feil",
                "starts_on": "01.01.2031",
                "ends_on": "31.12.2030",
                "goals-TOTAL_FORMS": "0",
                "goals-INITIAL_FORMS": "0",
            },
        )

        assertContains(response, "errornote")
        assert not Strategy.objects.filter(name="Feil").exists()

    def test_makes_a_segment_and_keeps_its_address(self, client, administrator):
        log_in_freshly(client, administrator)
        segment = {"name": "Samstyre", "slug": "samstyre", "position": "1", "in_use": "on"}
        client.post("/admin/projects/segment/add/", segment)
        made = Segment.objects.get()

        url = f"/admin/projects/segment/{made.pk}/change/"
        client.post(url, {**segment, "name": "Styre sammen", "slug": "x"})

        made.refresh_from_db()
        assert (made.name, made.slug) == ("Styre sammen", "samstyre")

    @pytest.mark.parametrize(
        ("path", "make"), [("segment", SegmentFactory), ("strategicgoal", StrategicGoalFactory)]
    )
    def test_explains_why_what_a_project_has_is_kept(self, client, administrator, path, make):
        thing = make()
        ProjectFactory(**{"segment" if path == "segment" else "main_goal": thing})
        log_in_freshly(client, administrator)

        response = delete(client, f"/admin/projects/{path}/{thing.pk}/delete/")

        assertContains(response, "beskyttede")
        assert type(thing).objects.filter(pk=thing.pk).exists()
