"""Undoing what was set for several projects at once, and what the history tells of both."""

import datetime

import pghistory
import pgtrigger
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import PORTFOLIO_OFFICE
from projects.actions import digest_of, hand_over_projects
from projects.models import Lifecycle, Project, ProjectsChange
from tests.factories import (
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.overview.test_several import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(client, office):
    """A client of the portfolio office."""
    client.force_login(office)
    return client


@pytest.fixture
def colleague(office):
    """Another member of the office."""
    user = UserFactory(name="Kollega Moe")
    user.groups.add(Group.objects.get(name=PORTFOLIO_OFFICE))
    return user


@pytest.fixture
def ks():
    return OwnerFactory(name="KS")


@pytest.fixture
def five():
    """Five projects of five owners."""
    return [
        ProjectFactory(title=f"Tiltak {letter}", owner__name=f"Eier {letter}") for letter in "ABCDE"
    ]


@pytest.fixture
def given_to_ks(at_work, five, ks):
    """The change that gave all five to KS."""
    change(at_work, five, "eier", ks.pk)
    return ProjectsChange.objects.get()


def undo(client, change, **form):
    return client.post(f"/endre-flere/{change.pk}/angre/", form)


def make_older(change, minutes):
    with pgtrigger.ignore("projects.ProjectsChange:what_was_set_stands"):
        change.changed_at -= datetime.timedelta(minutes=minutes)
        change.save(update_fields=["changed_at"])


def owners():
    return sorted(Project.objects.values_list("owner__name", flat=True))


def told(response):
    return [
        f"{story.who} {sentence.text}"
        for story in response.context["stories"]
        for sentence in story.sentences
    ]


class TestDetail:
    def test_sorts_by_the_norwegian_alphabet(self, at_work, ks):
        titles = ["Zero", "Ærlig", "Øst", "Aa", "Åpne"]
        projects = [ProjectFactory(title=title) for title in reversed(titles)]
        change(at_work, projects, "eier", ks.pk)

        response = at_work.get(ProjectsChange.objects.get().get_absolute_url())

        assert [str(step.thing) for step in response.context["undoing"].steps] == titles

    def test_is_found_again_while_it_can_be_undone(self, at_work, given_to_ks):
        link = f'<a href="{given_to_ks.get_absolute_url()}">eier for 5 prosjekter</a>'
        assertContains(at_work.get("/endre-flere/"), link, html=True)

        make_older(given_to_ks, 10)
        assertNotContains(at_work.get("/endre-flere/"), link, html=True)

    def test_says_what_was_set_and_until_when_it_can_be_undone(self, at_work, given_to_ks):
        response = at_work.get(given_to_ks.get_absolute_url())

        until = timezone.localtime(given_to_ks.changed_at) + datetime.timedelta(minutes=10)
        assertContains(response, "<h1>Eier: KS</h1>", html=True)
        assertContains(response, f"Kan angres til kl. {until:%H:%M}.")
        assertContains(response, "Av Kontor Nilsen")
        assertContains(response, "Eier C")

    def test_says_when_it_is_too_late(self, at_work, given_to_ks):
        make_older(given_to_ks, 10)

        response = at_work.get(given_to_ks.get_absolute_url())

        assertContains(response, "Endringen kunne angres til")
        assertNotContains(response, "/angre/")

    def test_says_which_can_not_be_set_back(self, at_work, given_to_ks, five):
        Project.objects.filter(pk=five[0].pk).update(owner=OwnerFactory(name="Helsedirektoratet"))
        five[1].delete()

        response = at_work.get(given_to_ks.get_absolute_url())

        assertContains(response, "2 prosjekter kan ikke settes tilbake:")
        assertContains(response, "Tiltak A: er endret siden, og er nå: Helsedirektoratet")
        assertContains(response, "Tiltak B: er slettet")
        assertContains(response, "Angre for de 3 andre")

    def test_needs_as_many_queries_for_many_projects(self, at_work, ks):
        counts = []
        for number in (3, 40):
            change(at_work, ProjectFactory.create_batch(number), "eier", ks.pk)
            url = ProjectsChange.objects.latest("pk").get_absolute_url()
            with CaptureQueriesContext(connection) as queries:
                at_work.get(url)
            counts.append(len(queries))

        # The session, the user and her permissions; the change; its projects, as
        # they are now, what they are called, also when deleted, and the names of the owners.
        assert counts == [8, 8]


class TestUndo:
    def test_sets_all_back(self, at_work, given_to_ks, office):
        response = undo(at_work, given_to_ks)

        assertRedirects(response, given_to_ks.get_absolute_url(), fetch_redirect_response=False)
        assert owners() == [f"Eier {letter}" for letter in "ABCDE"]
        given_to_ks.refresh_from_db()
        assert given_to_ks.undone_by == office
        response = at_work.get(given_to_ks.get_absolute_url())
        assertContains(response, "Angret for 5 prosjekter av Kontor Nilsen")
        assertContains(response, "Endringen er angret.")

    @pytest.mark.parametrize(
        ("field", "name", "factory"),
        [("segment", "segment", SegmentFactory), ("mal", "main_goal", StrategicGoalFactory)],
    )
    def test_sets_back_what_was_none(self, at_work, five, field, name, factory):
        before, after = factory(), factory()
        Project.objects.filter(pk=five[0].pk).update(**{name: before})
        change(at_work, five, field, after.pk)

        undo(at_work, ProjectsChange.objects.get())

        assert Project.objects.get(**{name: before}) == five[0]
        assert Project.objects.filter(**{name: None}).count() == 4

    def test_sets_the_lifecycle_back(self, at_work, five):
        Project.objects.filter(pk=five[0].pk).update(lifecycle=Lifecycle.PLANNED)
        change(at_work, five, "livslop", "avsluttet")

        undo(at_work, ProjectsChange.objects.get())

        assert Project.objects.get(lifecycle=Lifecycle.PLANNED) == five[0]
        assert Project.objects.filter(lifecycle=Lifecycle.ACTIVE).count() == 4

    def test_sets_the_managers_back(self, at_work, five, manager):
        kari, ola = UserFactory(), UserFactory()
        five[0].managers.set([manager, kari])
        five[1].managers.set([ola])
        change(at_work, five, "leder", ola.pk)

        undo(at_work, ProjectsChange.objects.get())

        assert set(five[0].managers.all()) == {manager, kari}
        assert set(five[1].managers.all()) == {ola}
        assert not five[2].managers.exists()

    def test_changes_nothing_when_one_has_been_changed_since(self, at_work, given_to_ks, five):
        Project.objects.filter(pk=five[0].pk).update(owner=OwnerFactory(name="Helsedirektoratet"))
        five[1].delete()

        response = undo(at_work, given_to_ks)

        assertContains(response, "Ingenting er angret nå.", status_code=409)
        assertContains(
            response, "Tiltak A: er endret siden, og er nå: Helsedirektoratet", status_code=409
        )
        assertContains(response, "Tiltak B: er slettet", status_code=409)
        assert owners() == ["Helsedirektoratet", "KS", "KS", "KS"]

    def test_sets_the_others_back_when_that_is_chosen(self, at_work, given_to_ks, five):
        Project.objects.filter(pk=five[0].pk).update(owner=OwnerFactory(name="Helsedirektoratet"))

        response = undo(at_work, given_to_ks, uten=[five[0].pk])

        assert response.status_code == 302
        assert owners() == [*(f"Eier {letter}" for letter in "BCDE"), "Helsedirektoratet"]
        response = at_work.get(given_to_ks.get_absolute_url())
        assertContains(response, "Angret for 4 prosjekter")
        assertContains(response, "Ikke angret", count=1)

    def test_asks_again_when_yet_another_has_been_changed(self, at_work, given_to_ks, five):
        other = OwnerFactory(name="Helsedirektoratet")
        Project.objects.filter(pk__in=[five[0].pk, five[1].pk]).update(owner=other)

        response = undo(at_work, given_to_ks, uten=[five[0].pk, "x", "-1", "9" * 5000])

        assertContains(response, "Angre for de 3 andre", status_code=409)
        assert owners().count("KS") == 3

    def test_says_so_when_none_is_left(self, at_work, given_to_ks, five):
        Project.objects.update(owner=OwnerFactory(name="Helsedirektoratet"))

        response = undo(at_work, given_to_ks, uten=[project.pk for project in five])

        assertContains(response, "Ingenting er angret nå.", status_code=409)
        assert not BeautifulSoup(response.content, "html.parser").select("main form")

    def test_does_not_mind_another_field(self, at_work, given_to_ks):
        Project.objects.update(lifecycle=Lifecycle.PAUSED)

        assert undo(at_work, given_to_ks).status_code == 302

    def test_says_so_when_the_owner_before_is_deleted(self, at_work, given_to_ks, five):
        owner = five[0].owner
        owner.delete()

        response = undo(at_work, given_to_ks)

        assertContains(response, "Tiltak A: det som sto der før, er slettet", status_code=409)

    def test_says_so_when_the_goal_before_is_a_further_one_now(self, at_work, five):
        before, after = StrategicGoalFactory(), StrategicGoalFactory()
        Project.objects.update(main_goal=before)
        change(at_work, five, "mal", after.pk)
        five[0].further_goals.add(before)

        response = undo(at_work, ProjectsChange.objects.get())

        assertContains(response, "Tiltak A: målet er nå et av de øvrige målene", status_code=409)

    def test_refuses_after_ten_minutes(self, at_work, given_to_ks):
        make_older(given_to_ks, 10)

        response = undo(at_work, given_to_ks)

        assertContains(response, "Endringen kunne angres til", status_code=409)
        assert owners() == ["KS"] * 5

    def test_works_until_then(self, at_work, given_to_ks):
        make_older(given_to_ks, 9)

        assert undo(at_work, given_to_ks).status_code == 302

    def test_does_it_once_on_a_double_click(self, at_work, given_to_ks, five, ks):
        undo(at_work, given_to_ks)
        Project.objects.update(owner=ks)

        response = undo(at_work, given_to_ks)

        assertRedirects(response, given_to_ks.get_absolute_url())
        assert owners() == ["KS"] * 5

    def test_may_be_done_by_a_colleague_and_only_once(
        self, at_work, client, given_to_ks, colleague
    ):
        client.force_login(colleague)
        undo(client, given_to_ks)
        assert owners()[0] == "Eier A"

        client.force_login(given_to_ks.changed_by)
        response = undo(client, given_to_ks)

        assertContains(response, "Angret for 5 prosjekter av Kollega Moe", status_code=409)

    @pytest.mark.parametrize("field", ["eier", "leder"])
    def test_needs_as_many_queries_for_many_projects(self, at_work, ks, manager, field):
        to = {"eier": ks.pk, "leder": UserFactory().pk}[field]
        counts = []
        for number in (3, 40):
            projects = [ProjectFactory(managers=[manager]) for _ in range(number)]
            change(at_work, projects, field, to)
            with CaptureQueriesContext(connection) as queries:
                undo(at_work, ProjectsChange.objects.latest("pk"))
            counts.append(len(queries))

        # Among them seven to do once what is sent twice.
        assert counts[0] == counts[1] <= 28


class TestHistory:
    def test_is_one_entry_from_and_to(self, at_work, given_to_ks, five):
        response = at_work.get("/historikk/", {"felt": "eier"})

        assert told(response) == ["Kontor Nilsen endret eier til «KS» for 5 prosjekter"]
        assert response.context["page"].paginator.count == 1
        link = f'<a href="{given_to_ks.get_absolute_url()}">5 prosjekter</a>'
        assertContains(response, f'<h2 class="history__about">{link}</h2>', html=True)
        part = f'<a href="/prosjekter/{five[0].slug}/">Tiltak A</a>'
        assertContains(response, f"{part}: endret eier fra «Eier A» til «KS»")

    def test_leads_only_the_office_to_the_change(self, given_to_ks, client, staff):
        client.force_login(staff)

        response = client.get("/historikk/", {"felt": "eier"})

        assertContains(response, '<h2 class="history__about">5 prosjekter</h2>', html=True)

    def test_says_from_what_when_that_is_the_same(self, at_work, given_to_ks, five):
        other = OwnerFactory(name="Helsedirektoratet")
        change(at_work, five, "eier", other.pk)

        response = at_work.get("/historikk/", {"felt": "eier"})

        expected = "Kontor Nilsen endret eier fra «KS» til «Helsedirektoratet» for 5 prosjekter"
        assert expected in told(response)

    def test_tells_a_project_its_part(self, at_work, given_to_ks, five):
        for url in (
            f"/prosjekter/{five[1].slug}/historikk/",
            f"/historikk/?prosjekt={five[1].slug}",
        ):
            response = at_work.get(url)

            assert "Kontor Nilsen endret eier fra «Eier B» til «KS»" in told(response)
            assertContains(response, "sammen med 4 andre prosjekter")

    def test_tells_that_it_was_undone(self, at_work, given_to_ks, five):
        undo(at_work, given_to_ks)

        response = at_work.get("/historikk/", {"felt": "eier"})

        assert sorted(told(response)) == [
            "Kontor Nilsen angret endringen av eier for 5 prosjekter",
            "Kontor Nilsen endret eier til «KS» for 5 prosjekter",
        ]
        response = at_work.get(f"/prosjekter/{five[1].slug}/historikk/")
        assert "Kontor Nilsen endret eier fra «KS» til «Eier B»" in told(response)
        assertContains(response, "angret sammen med 4 andre prosjekter")

    def test_tells_of_managers_and_of_deleted_projects(self, at_work, five, manager):
        five[0].managers.set([UserFactory(name="Ola")])
        change(at_work, five, "leder", manager.pk)
        with pghistory.context(user=manager.pk):
            five[4].delete()

        response = at_work.get("/historikk/", {"felt": "prosjektleder", "slag": "prosjekt"})

        assert "Kontor Nilsen endret prosjektledere for 5 prosjekter" in told(response)
        assertContains(response, "fjernet Ola som prosjektleder")
        assertContains(response, "Tiltak E: la til Leder Larsen som prosjektleder")

    def test_tells_as_usual_of_one(self, at_work, five, ks):
        change(at_work, five[:1], "eier", ks.pk)

        response = at_work.get("/historikk/", {"felt": "eier"})

        assert told(response) == ["Kontor Nilsen endret eier fra «Eier A» til «KS»"]
        assertNotContains(response, "sammen med")

    def test_finds_it_by_person_and_has_right_pages(self, at_work, five, ks, office):
        ProjectFactory.create_batch(30)
        change(at_work, five, "eier", ks.pk)

        hers = at_work.get("/historikk/", {"person": office.pk})
        pages = [at_work.get("/historikk/", {"slag": "prosjekt", "side": n}) for n in (1, 2)]

        assert told(hers) == ["Kontor Nilsen endret eier til «KS» for 5 prosjekter"]
        # One for each project that was made, and one for the five.
        assert pages[0].context["page"].paginator.count == 36
        assert [len(page.context["stories"]) for page in pages] == [25, 11]

    def test_tells_once_that_projects_were_handed_over(self, at_work, office, ks):
        giver = OwnerFactory(name="Direktoratet for e-helse")
        projects = ProjectFactory.create_batch(3, owner=giver)
        hand_over_projects(giver=giver, taker=ks, seen=digest_of(projects), by=office)

        response = at_work.get("/historikk/", {"felt": "eier"})

        assert told(response) == [
            "Kontor Nilsen endret eier fra «Direktoratet for e-helse» til «KS» for 3 prosjekter"
        ]

    def test_needs_as_many_queries_for_many_projects(self, at_work, ks):
        counts = []
        for number in (3, 40):
            change(at_work, ProjectFactory.create_batch(number), "eier", ks.pk)
            with CaptureQueriesContext(connection) as queries:
                at_work.get("/historikk/", {"felt": "eier"})
            counts.append(len(queries))

        # The session, the user; who has changed something (their keys, the users, and those who
        # have been deleted), the projects to choose from, and those that have been deleted; the
        # number of entries, their keys and events; and the names of projects, owners and users.
        assert counts[0] == counts[1]
