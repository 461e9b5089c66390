"""The signal on the page of a project, its readers, and its change in place."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from projects.models import Lifecycle, PortfolioSettings, Project
from tests.cast import cast_but

pytestmark = pytest.mark.django_db


class TestWhoSeesIt:
    @pytest.mark.parametrize("who", ["manager", "office"])
    def test_is_she_who_may_report(self, client, log_in, late, who):
        log_in(client, who)

        response = client.get(late.get_absolute_url())

        assertContains(response, "Signal fra leveransene: rødt")
        assertContains(response, "dager etter opprinnelig frist")

    @pytest.mark.parametrize("who", cast_but("manager", "office"))
    def test_is_nobody_else(self, client, log_in, late, who):
        log_in(client, who)

        assertNotContains(client.get(late.get_absolute_url()), "Signal fra leveransene")

    def test_is_everyone_when_that_is_set(self, client, late):
        PortfolioSettings.objects.create(signal_is_public=True)

        assertContains(client.get(late.get_absolute_url()), "Signal fra leveransene: rødt")

    def test_is_shown_where_she_works(self, client, late, manager):
        client.force_login(manager)

        assertContains(client.get("/mine/"), "Signal fra leveransene: rødt")

    def test_is_not_shown_of_a_project_that_stands_still(self, client, late, manager):
        Project.objects.update(lifecycle=Lifecycle.PAUSED)
        client.force_login(manager)

        for path in ("/mine/", late.get_absolute_url(), f"{late.get_absolute_url()}status/"):
            assertNotContains(client.get(path), "Signal fra leveransene")


class TestChangeInPlace:
    def test_turns_the_signal_that_stands_beside_the_status(self, htmx_client, late, manager):
        htmx_client.force_login(manager)
        milestone = late.milestones.get()

        response = htmx_client.post(
            reverse("milestones:milestone_deliver", args=[late.slug, milestone.pk]),
            {"delivered_on": "2026-07-01"},
        )

        assertContains(response, '<p id="project-signal" hx-disable hx-swap-oob="true">')
        assertContains(response, "Ingen leveranser er forsinket.")
