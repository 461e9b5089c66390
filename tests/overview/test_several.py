"""Setting one field of several projects at once: choosing, looking over, doing it."""

import datetime
import uuid
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from projects.models import ChangedProject, Lifecycle, Project, ProjectsChange
from tests.cast import cast_but
from tests.factories import (
    ContactFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    SegmentFactory,
    StrategicGoalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

URL = "/endre-flere/"


def address(projects, field="", to="", **more):
    """The address on which these projects are given something."""
    named = [("prosjekt", project.slug) for project in projects]
    chosen = {"felt": field, "til": to, **more}
    return f"{URL}?{urlencode([*named, *((name, each) for name, each in chosen.items() if each)])}"


def yes_to(response, **changes):
    """Return what the page posts when its button is pressed."""
    return {
        "seen": response.context["plan"].seen,
        "token": str(response.context["token"]),
        **changes,
    }


def change(client, projects, field, to):
    """Look over and say yes."""
    url = address(projects, field, to)
    return client.post(url, yes_to(client.get(url)))


@pytest.fixture
def at_work(client, office):
    """A client of the portfolio office."""
    client.force_login(office)
    return client


@pytest.fixture
def ks():
    return OwnerFactory(name="KS")


@pytest.fixture
def three():
    """Three projects of three owners."""
    return [
        ProjectFactory(title=f"Tiltak {letter}", owner__name=f"Eier {letter}") for letter in "ABC"
    ]


class TestChoice:
    def test_says_which_projects(self, at_work, three):
        response = at_work.get(address(three))

        assertContains(response, "3 prosjekter")
        for project in three:
            assertContains(response, f'<a href="/prosjekter/{project.slug}/">{project}</a>')

    def test_takes_all_that_the_filters_find(self, at_work, three, ks):
        state = f"eier={three[0].owner.slug}"
        response = at_work.get(f"{URL}?{urlencode({'utvalg': state, 'alle': 'ja'})}")

        assert response.context["selection"].projects == [three[0]]
        assertContains(response, f'href="/?{state}"')

    def test_carries_the_selection_on(self, at_work, three):
        state = f"eier={three[0].owner.slug}"
        response = at_work.get(f"{URL}?{urlencode({'utvalg': state, 'alle': 'ja'})}&prosjekt=fkj")

        assertContains(response, '<input type="hidden" name="alle" value="ja">', count=6)
        assert response.context["selection"].parameters == [("utvalg", state), ("alle", "ja")]

    @pytest.mark.parametrize(
        "state", ["eier=finnes-ikke", "sok=%00", "status=rosa", "sok=" + "x" * 101]
    )
    def test_takes_none_when_a_filter_makes_no_sense(self, at_work, three, state):
        response = at_work.get(f"{URL}?{urlencode({'utvalg': state, 'alle': 'ja'})}")

        assertContains(response, "Ingen prosjekter er valgt")
        assertContains(response, "ds-alert")

    def test_offers_what_is_in_use(self, at_work, three, ks):
        OwnerFactory(name="Nedlagt", in_use=False)
        SegmentFactory(name="Gammelt segment", in_use=False)
        ContactFactory(name="Sluttet", owner=ks, in_use=False)
        UserFactory(name="Utestengt", is_active=False)

        response = at_work.get(address(three))

        assertContains(response, f'<option value="{ks.pk}">KS</option>', html=True)
        for name in ("Nedlagt", "Gammelt segment", "Sluttet", "Utestengt"):
            assertNotContains(response, name)

    def test_says_how_many_are_not_there(self, at_work, three):
        three[0].delete()

        response = at_work.get(address([three[0], three[1]]) + "&prosjekt=%00")

        assertContains(response, "2 av prosjektene du valgte, finnes ikke lenger.")
        assertContains(response, "1 prosjekt")

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "?prosjekt=",
            "?prosjekt=finnes-ikke",
            "?prosjekt=%00",
            "?utvalg=sok%3D%00",
            "?alle=x",
        ],
    )
    def test_says_that_none_are_chosen(self, at_work, three, query):
        assertContains(at_work.get(f"{URL}{query}"), "Ingen prosjekter er valgt")

    def test_says_when_they_are_too_many(self, at_work, three, monkeypatch):
        monkeypatch.setattr("overview.bulk.forms.Selection.most", 2)

        response = at_work.get(address(three, "livslop", "avsluttet"))

        assertContains(response, "Du kan endre 2 prosjekter om gangen.")
        assert response.context["plan"] is None

    @pytest.mark.parametrize(
        ("field", "to"),
        [
            ("eier", "999999999999999999999"),
            ("eier", "\0"),
            ("livslop", "active"),
            ("livslop", "ingen"),
            ("leder", "ks"),
        ],
    )
    def test_says_what_can_not_be_chosen(self, at_work, three, field, to):
        response = at_work.get(address(three, field, to))

        assertContains(response, "Dette kan ikke velges lenger. Velg noe annet.")

    def test_ignores_a_field_that_can_not_be_set(self, at_work, three):
        response = at_work.get(address(three, "tittel", "Ny"))

        assertContains(response, "Hva skal endres?")


class TestPreview:
    def test_shows_row_by_row_from_and_to(self, at_work, three, ks):
        three[2].owner = ks
        three[2].save()

        response = at_work.get(address(three, "eier", ks.pk))

        assertContains(response, '<h2 id="several-plan">Eier: KS</h2>', html=True)
        assert [(each.project, each.words) for each in response.context["plan"].changed] == [
            (three[0], "Eier A"),
            (three[1], "Eier B"),
        ]
        assertContains(response, "1 prosjekt har dette allerede og blir ikke endret")
        assertContains(response, "Endre 2 prosjekter")
        assert Project.objects.filter(owner=ks).count() == 1

    def test_has_no_button_when_nothing_changes(self, at_work, three):
        response = at_work.get(address(three, "livslop", "aktiv"))

        assertContains(response, "Her er det ingenting å endre.")
        assertContains(at_work.get(address(three, "livslop", "avsluttet")), "Endre 3 prosjekter")
        assertNotContains(response, "Endre 0 prosjekter")

    def test_says_that_closed_projects_leave_the_figures(self, at_work, three):
        response = at_work.get(address(three, "livslop", "avsluttet"))

        assertContains(response, "3 prosjekter er ikke lenger med i tallene for status.")

    def test_says_that_active_projects_are_counted(self, at_work, three):
        Project.objects.update(lifecycle=Lifecycle.PLANNED)

        response = at_work.get(address(three, "livslop", "aktiv"))

        assertContains(response, "3 prosjekter er med i tallene for status fra nå av.")

    def test_says_that_a_contact_belongs_to_another_owner(self, at_work, three, ks):
        Project.objects.filter(pk=three[0].pk).update(
            contact=ContactFactory(name="Ida", owner=three[0].owner)
        )

        response = at_work.get(address(three, "eier", ks.pk))

        assertContains(response, "Kontaktpersonen er fortsatt Ida, som hører til Eier A.")
        assertContains(
            response, "1 prosjekt beholder en kontaktperson som hører til en annen eier."
        )

    def test_leaves_out_where_the_goal_is_a_further_one(self, at_work, three):
        goal = StrategicGoalFactory(number=3, name="Helsedata")
        three[1].further_goals.add(goal)

        response = at_work.get(address(three, "mal", goal.pk))

        assert [each.project for each in response.context["plan"].refused] == [three[1]]
        assertContains(response, "1 prosjekt kan ikke endres og blir stående som det er")
        assertContains(response, "Dette er et av de øvrige målene til prosjektet.")
        assertContains(response, "Endre 2 prosjekter")

    @pytest.mark.parametrize("number", [3, 40])
    @pytest.mark.parametrize("field", ["eier", "kontaktperson", "mal", "leder", "livslop"])
    def test_needs_as_many_queries_for_many_projects(
        self, at_work, field, number, manager, django_assert_max_num_queries
    ):
        contact = ContactFactory()
        projects = [
            ProjectFactory(managers=[manager], contact=ContactFactory(), lifecycle="planned")
            for _ in range(number)
        ]
        to = {
            "eier": contact.owner.pk,
            "kontaktperson": contact.pk,
            "mal": StrategicGoalFactory().pk,
            "leder": UserFactory().pk,
            "livslop": "aktiv",
        }[field]

        # The transaction; the session, the user and her permissions; what five
        # fields can be; the projects, what they have, the names of it, and their further goals.
        with django_assert_max_num_queries(14) as queries:
            response = at_work.get(address(projects, field, to))

        assert len(response.context["plan"].changed) == number
        usual = {"eier": 12, "kontaktperson": 12, "mal": 13, "leder": 13, "livslop": 11}
        assert len(queries.captured_queries) == usual[field]


class TestChange:
    @pytest.mark.parametrize(
        ("field", "name"),
        [
            ("eier", "owner"),
            ("kontaktperson", "contact"),
            ("segment", "segment"),
            ("mal", "main_goal"),
        ],
    )
    def test_sets_what_projects_refer_to(self, at_work, three, field, name):
        factories = {
            "eier": OwnerFactory,
            "kontaktperson": ContactFactory,
            "segment": SegmentFactory,
            "mal": StrategicGoalFactory,
        }
        to = factories[field]()

        response = change(at_work, three, field, to.pk)

        done = ProjectsChange.objects.get()
        assertRedirects(response, f"/endre-flere/{done.pk}/", fetch_redirect_response=False)
        assert Project.objects.filter(**{name: to}).count() == 3
        assert (done.field, done.value, done.projects.count()) == (name, to.pk, 3)

        change(at_work, three, field, "ingen")
        assert Project.objects.filter(**{name: None}).count() == 3

    def test_sets_the_lifecycle(self, at_work, three):
        change(at_work, three, "livslop", "pa-pause")

        assert Project.objects.filter(lifecycle=Lifecycle.PAUSED).count() == 3

    def test_sets_the_manager_in_place_of_all(self, at_work, three, manager):
        kari, ola = UserFactory(), UserFactory()
        three[0].managers.set([manager, kari])
        three[1].managers.set([ola])

        change(at_work, three, "leder", kari.pk)

        assert [list(project.managers.all()) for project in three] == [[kari]] * 3
        assert ChangedProject.objects.get(project=three[0]).before == sorted([manager.pk, kari.pk])

        change(at_work, three, "leder", "ingen")
        assert not User.objects.filter(managed_projects__isnull=False).exists()

    def test_keeps_only_those_that_changed(self, at_work, three, ks):
        Project.objects.filter(pk=three[0].pk).update(owner=ks)

        change(at_work, three, "eier", ks.pk)

        kept = {row.project_id: row.before for row in ChangedProject.objects.all()}
        assert kept == {each.pk: each.owner_id for each in three[1:]}

    def test_leads_back_to_the_overview_as_it_was(self, at_work, three, ks):
        url = address(three, "eier", ks.pk, utvalg="status=under-kontroll")

        response = at_work.post(url, yes_to(at_work.get(url)), follow=True)

        assertContains(response, 'href="/?status=under-kontroll"')

    def test_leads_back_to_the_view_that_was_open(self, at_work, three, ks, office):
        SavedViewFactory(owner=office, is_standard=True, slug="standard", query="risiko=hoy")
        page = at_work.get("/?eier=ks&visning=alle")
        assert page.context["views"].state_and_view == "eier=ks&visning=alle"

        url = address(three, "eier", ks.pk, utvalg="eier=ks&visning=alle")
        response = at_work.post(url, yes_to(at_work.get(url)), follow=True)

        assertContains(response, 'href="/?eier=ks&amp;visning=alle"')

    def test_does_it_once_on_a_double_click(self, at_work, three, ks):
        url = address(three, "eier", ks.pk)
        form = yes_to(at_work.get(url))

        first, second = at_work.post(url, form), at_work.post(url, form)

        assert first["Location"] == second["Location"]
        assert ProjectsChange.objects.count() == 1

    def test_changes_nothing_when_one_was_deleted(self, at_work, three, ks):
        url = address(three, "eier", ks.pk)
        form = yes_to(at_work.get(url))
        three[1].delete()

        response = at_work.post(url, form)

        assertContains(response, "Tiltak B er slettet.", status_code=409)
        assertContains(response, "Endre 2 prosjekter", status_code=409)
        assert not Project.objects.filter(owner=ks).exists()
        assert not ProjectsChange.objects.exists()

        assert at_work.post(url, yes_to(response)).status_code == 302
        assert Project.objects.filter(owner=ks).count() == 2

    def test_changes_nothing_when_all_were_deleted(self, at_work, three, ks):
        url = address(three, "eier", ks.pk)
        form = yes_to(at_work.get(url))
        Project.objects.all().delete()

        response = at_work.post(url, form)

        assertContains(response, "Tiltak C er slettet.", status_code=409)
        assertContains(response, "Ingen prosjekter er valgt", status_code=409)

    def test_changes_nothing_when_one_got_another_value(self, at_work, three, ks):
        url = address(three, "eier", ks.pk)
        form = yes_to(at_work.get(url))
        Project.objects.filter(pk=three[1].pk).update(owner=OwnerFactory(name="Helsedirektoratet"))

        response = at_work.post(url, form)

        assertContains(response, "Tiltak B er endret av noen andre.", status_code=409)
        assertContains(response, "Helsedirektoratet", status_code=409)
        assert not Project.objects.filter(owner=ks).exists()

    def test_does_not_mind_another_field(self, at_work, three, ks):
        url = address(three, "eier", ks.pk)
        form = yes_to(at_work.get(url))
        Project.objects.update(title="Nytt navn")

        assert at_work.post(url, form).status_code == 302

    def test_changes_nothing_when_the_goal_became_a_further_one(self, at_work, three):
        goal = StrategicGoalFactory()
        url = address(three, "mal", goal.pk)
        form = yes_to(at_work.get(url))
        three[1].further_goals.add(goal)

        assert at_work.post(url, form).status_code == 409
        assert not Project.objects.filter(main_goal=goal).exists()

    def test_changes_nothing_when_the_owner_was_retired(self, at_work, three, ks):
        url = address(three, "eier", ks.pk)
        form = yes_to(at_work.get(url))
        ks.in_use = False
        ks.save()

        response = at_work.post(url, form)

        assertContains(response, "Dette kan ikke velges lenger.", status_code=409)
        assertContains(response, "Ingenting er endret", status_code=409)
        assert not Project.objects.filter(owner=ks).exists()

    @pytest.mark.parametrize(
        "changes",
        [
            {"seen": ""},
            {"seen": "{"},
            {"seen": "[1]"},
            {"seen": "{}"},
            {"seen": '{"x": 1}'},
            {"seen": '{"99999999999999999999999": [null, "changed"]}'},
            {"seen": "[" * 100_000},
            {"token": ""},
            {"token": "\0"},
        ],
    )
    def test_changes_nothing_that_nobody_has_seen(self, at_work, three, ks, changes):
        url = address(three, "eier", ks.pk)

        response = at_work.post(url, yes_to(at_work.get(url), **changes))

        assertContains(response, "Ingenting er endret", status_code=409)
        assert not Project.objects.filter(owner=ks).exists()

    @pytest.mark.parametrize("field", ["eier", "leder"])
    def test_needs_as_many_queries_for_many_projects(self, at_work, manager, field):
        to = {"eier": OwnerFactory().pk, "leder": UserFactory().pk}[field]
        counts = []
        for number in (1, 3, 40):
            projects = [ProjectFactory(managers=[manager]) for _ in range(number)]
            url = address(projects, field, to)
            form = yes_to(at_work.get(url))
            with CaptureQueriesContext(connection) as queries:
                at_work.post(url, form)
            counts.append(len(queries))

        # Among them four to do once what is sent twice; the first also forgets what is old.
        assert counts[1] == counts[2] <= 28


class TestAccess:
    @pytest.fixture(params=["/endre-flere/", "/endre-flere/1/", "/endre-flere/1/angre/"])
    def url(self, request):
        return request.param

    @pytest.mark.parametrize("person", cast_but("reader", "office"))
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_for_the_office_only(self, client, log_in, person, url, method):
        log_in(client, person)

        not_by_this_method = [("get", "/endre-flere/1/angre/"), ("post", "/endre-flere/1/")]
        expected = 405 if (method, url) in not_by_this_method else 403
        assert getattr(client, method)(url).status_code == expected

    def test_sends_readers_to_the_login(self, client, url):
        response = client.post(url) if url.endswith("angre/") else client.get(url)

        assert response.status_code == 302
        assert response["Location"].startswith("/konto/logg-inn/")

    def test_is_open_to_the_office(self, at_work):
        assert at_work.get(URL).status_code == 200
        assert at_work.get("/endre-flere/1/").status_code == 404
        assert at_work.get("/endre-flere/1/angre/").status_code == 405
        assert at_work.post("/endre-flere/1/angre/").status_code == 404

    @pytest.mark.parametrize("person", cast_but("reader", "office"))
    def test_is_offered_to_the_office_only(self, client, log_in, person, project, office):
        assertNotContains(client.get("/"), URL)
        log_in(client, person)
        assertNotContains(client.get("/"), URL)

        client.force_login(office)
        assertContains(client.get("/"), f'action="{URL}"')
        assertNotContains(client.get("/?vis=fordeling"), URL)


class TestDatabase:
    @pytest.fixture
    def made(self, office):
        return ProjectsChange(field="owner", token=uuid.uuid4(), changed_by=office)

    @pytest.mark.parametrize(
        ("fields", "truth"),
        [
            ({"field": "title"}, "projectschange_field_is_known"),
            ({"undone_at": "2026-11-01T12:00Z"}, "undone_at_and_by_together"),
        ],
    )
    def test_refuses(self, made, fields, truth):
        vars(made).update(fields)

        with pytest.raises(IntegrityError, match=truth):
            made.save()

    @pytest.mark.parametrize("minutes", [-1, 10])
    def test_refuses_to_undo_outside_of_ten_minutes(self, made, office, minutes):
        made.save()
        made.refresh_from_db()
        made.undone_at = made.changed_at + datetime.timedelta(minutes=minutes)
        made.undone_by = office

        with pytest.raises(IntegrityError, match="undone_within_ten_minutes"):
            made.save()

    def test_has_a_project_once(self, made, project):
        made.save()
        made.projects.create(project=project)

        with pytest.raises(IntegrityError, match="changedproject_is_in_a_change_once"):
            made.projects.create(project=project)

    def test_keeps_what_was_set_and_what_was_before(self, made, project):
        made.save()
        made.projects.create(project=project, before=1)

        with (
            transaction.atomic(),
            pytest.raises(DatabaseError, match="Cannot update rows from projects_projectschange"),
        ):
            ProjectsChange.objects.update(value=2)
        with pytest.raises(DatabaseError, match="Cannot update rows from projects_changedproject"):
            ChangedProject.objects.update(before=2)
