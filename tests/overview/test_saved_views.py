"""Saved views: what the database guards, who sees which, and what the overview is given."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import IntegrityError
from django.http import QueryDict
from django.template import engines
from pytest_django.asserts import (
    assertContains,
    assertInHTML,
    assertNotContains,
    assertRedirects,
)

from accounts.models import ADMINISTRATORS
from overview.saved.menu import views_of
from overview.saved.words import StateWords
from projects.addresses import overview_with, state_of
from projects.models import SavedView
from tests.cast import CAST, cast_but
from tests.factories import OwnerFactory, SavedViewFactory, StrategicGoalFactory, UserFactory

pytestmark = pytest.mark.django_db

EVERYTHING = "/?visning=alle"


class TestState:
    @pytest.mark.parametrize(
        ("query", "state"),
        [
            ("", ""),
            ("?risiko=hoy", "risiko=hoy"),
            ("status=a&eier=ks&eier=hdir", "eier=hdir&eier=ks&status=a"),
            ("eier=ks&eier=ks&eier=&sok=+", "eier=ks"),
            (
                "risiko=hoy&fra=2026-1&visning=min&side=2&per=2023-02-01&oppmerksomhet=alle&utm=x",
                "risiko=hoy",
            ),
            ("sorter=-status&sorter=frist", "sorter=-status&sorter=frist"),
            ("sorter=frist&sorter=-status", "sorter=frist&sorter=-status"),
            ("kolonner=status,risiko", "kolonner=status,risiko"),
            ("kolonner=risiko,status", "kolonner=risiko,status"),
            ("sok=%00å%26%3D", "sok=%00%C3%A5%26%3D"),
        ],
    )
    def test_is_one_spelling_of_what_is_shown(self, query, state):
        assert state_of(query) == state
        assert state_of(QueryDict(query.removeprefix("?"))) == state
        assert state_of(state) == state

    def test_is_the_address_with_a_view_or_without(self):
        assert overview_with("") == "/"
        assert overview_with("risiko=hoy") == "/?risiko=hoy"
        assert overview_with("risiko=hoy", "min") == "/?risiko=hoy&visning=min"
        assert overview_with("", "alle") == EVERYTHING
        assert overview_with("", "a&b#c") == "/?visning=a%26b%23c"


class TestWords:
    def test_say_what_a_view_shows(self, project, manager, django_assert_num_queries):
        OwnerFactory(name="KS", slug="ks")
        StrategicGoalFactory(number=1, name="Aktiv medvirkning")
        say = StateWords()

        # Everything in the register.
        with django_assert_num_queries(1):
            words = [
                say("eier=ks&risiko=hoy&risiko=ikke-rapportert&grupper=status"),
                say("mal=1&forfalt=ja&frist-fra=2026-05-01&frist-til=2026-05-31&vis=tidslinje"),
                say(f"leder={manager.pk}&kolonner=frist,status,ukjent&sorter=-status&sorter=eier"),
            ]

        assert words[0] == "Eier: KS. Risiko: Høy eller Ikke rapportert. Gruppert etter status."
        assert words[1] == (
            "Strategimål: 1 - Aktiv medvirkning. Neste leveranse har frist fra 1. mai 2026 til 31. mai"
            " 2026. Med forfalte leveranser. Vist som tidslinje."
        )
        assert words[2] == (
            "Prosjektleder: Leder Larsen. Kolonner: Neste leveranse; Status."
            " Sortert etter: Status, mest alvorlig først; Eier, A til Å."
        )

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("", "Alle prosjekter."),
            ("eier=ingen&leder=ingen", "Eier: Uten eier. Prosjektleder: Uten prosjektleder."),
            ("eier=borte", "Eier: «borte», som ikke finnes lenger."),
            ("sok=a%00b%E2%80%8B", "Søk: «ab»."),
            ("frist-fra=2026-13-45&grupper=ukjent", "Alle prosjekter."),
            ("frist-til=2026-05-31", "Neste leveranse har frist til og med 31. mai 2026."),
            ("frist-fra=2026-05-01", "Neste leveranse har frist fra 1. mai 2026."),
        ],
    )
    def test_bear_what_means_nothing_any_more(self, query, words):
        assert StateWords()(query) == words


class TestTheDatabase:
    @pytest.mark.parametrize(
        ("fields", "truth"),
        [
            ({"name": " "}, "has_a_name"),
            ({"slug": "alle"}, "leaves_the_reserved_addresses"),
            ({"slug": "ny"}, "leaves_the_reserved_addresses"),
            ({"query": "risiko=hoy&visning=a"}, "is_of_any_day_and_page"),
            ({"query": "side=2"}, "is_of_any_day_and_page"),
            ({"query": "per=2023-02-01"}, "is_of_any_day_and_page"),
            ({"is_standard": True}, "standard_view_is_set_by_the_office"),
        ],
    )
    def test_refuses(self, fields, truth):
        with pytest.raises(IntegrityError, match=truth):
            SavedViewFactory(**fields)

    def test_has_one_name_once_for_each_owner(self, staff):
        SavedViewFactory(name="Åpne saker", owner=staff)
        SavedViewFactory(name="Åpne saker")

        with pytest.raises(IntegrityError, match="name_is_unique_to_its_owner"):
            SavedViewFactory(name="åpne SAKER", owner=staff)

    def test_has_one_standard(self, standard_view, office):
        with pytest.raises(IntegrityError, match="there_is_one_standard"):
            SavedViewFactory(owner=office, is_standard=True)

    @pytest.mark.parametrize(
        ("fields", "truth"),
        [("group", "standard_is_for_everyone"), ("query", "standard_names_no_manager")],
    )
    def test_has_a_standard_for_everyone(self, office, office_group, fields, truth):
        value = {"group": office_group, "query": "eier=ks&leder=1"}[fields]
        with pytest.raises(IntegrityError, match=truth):
            SavedViewFactory(owner=office, is_standard=True, **{fields: value})

    def test_lets_nobody_else_change_the_standard(self, standard_view, staff):
        standard_view.changed_by = staff

        with pytest.raises(IntegrityError, match="standard_view_is_set_by_the_office"):
            standard_view.save()

    def test_lets_a_superuser_set_the_standard(self):
        SavedViewFactory(owner=UserFactory(is_superuser=True), is_standard=True)

    def test_lets_a_member_share_with_her_group_and_no_other(self, administrator, office_group):
        own = Group.objects.get(name=ADMINISTRATORS)
        SavedViewFactory(owner=administrator, group=own)

        with pytest.raises(IntegrityError, match="view_is_shared_with_a_group_of_ones_own"):
            SavedViewFactory(owner=administrator, group=office_group)

    def test_keeps_a_view_that_is_shared_when_its_owner_leaves_the_group(self, shared_view, office):
        office.groups.clear()
        shared_view.name = "Et annet navn"
        shared_view.keep(by=office)

        assert SavedView.objects.get(name="Et annet navn").group

    def test_leaves_a_view_to_its_owner_when_the_group_goes(
        self, shared_view, office_group, office
    ):
        office_group.delete()
        shared_view.refresh_from_db()

        assert shared_view.group is None
        assert shared_view.is_editable_by(office)


class TestFreeSlug:
    def test_is_made_of_the_name_and_not_reserved(self):
        SavedViewFactory(slug="hoy-risiko")

        free = SavedView.objects.free_slug
        assert free("Høy risiko") == "hoy-risiko-2"
        assert [free("Alle"), free("Ny"), free("!!!")] == ["alle-2", "ny-2", "visning"]
        assert len(free("Å" * 300)) == 110


class TestVisibility:
    @pytest.mark.parametrize(
        ("who", "names"),
        [
            ("reader", {"Standard"}),
            ("staff", {"Standard", "Egen"}),
            ("manager", {"Standard"}),
            ("other_manager", {"Standard"}),
            ("office", {"Standard", "Delt"}),
            ("administrator", {"Standard"}),
        ],
    )
    def test_is_of_ones_own_of_ones_groups_and_of_the_standard(
        self, request, office, office_group, staff, django_assert_num_queries, who, names
    ):
        SavedViewFactory(name="Standard", owner=office, is_standard=True)
        SavedViewFactory(name="Egen", owner=staff)
        SavedViewFactory(name="Delt", owner=UserFactory(is_superuser=True), group=office_group)
        user = request.getfixturevalue(who)
        views = SavedView.objects.visible_to(user)

        with django_assert_num_queries(1):
            assert {view.name for view in views} == names

    def test_ends_with_the_membership(self, shared_view, office):
        member = UserFactory()
        member.groups.add(shared_view.group)
        assert shared_view in SavedView.objects.visible_to(member)

        member.groups.clear()

        assert shared_view not in SavedView.objects.visible_to(member)


class TestOnTheOverview:
    """Views as the overview is given them; `ask` makes its request."""

    @pytest.fixture
    def ask(self, rf):
        def ask(url, user=None, *, htmx=False, as_of=None):
            request = rf.get(url)
            request.user, request.htmx = user or AnonymousUser(), htmx
            return views_of(request, as_of=as_of)

        return ask

    def show(self, views):
        template = engines["templates"].env.get_template("overview/_views.html")
        return template.module.saved_views(views, views.request, csrf_input="")

    @pytest.mark.parametrize("who", CAST)
    def test_takes_one_query(
        self, request, ask, standard_view, shared_view, django_assert_num_queries, who
    ):
        user = request.getfixturevalue(who)
        SavedViewFactory.create_batch(5, group=shared_view.group, owner=standard_view.owner)

        # The views; what the visitor may do is asked for the whole page.
        user.has_perm("projects.change_project")
        with django_assert_num_queries(1):
            self.show(ask("/?risiko=lav&visning=standard", user))

    def test_leads_a_bare_visit_to_the_standard(self, ask, standard_view, staff):
        assert ask("/").redirect_to == "/?status=x&visning=standard"
        assert ask("/", staff).redirect_to == "/?status=x&visning=standard"

    @pytest.mark.parametrize(
        "url", [EVERYTHING, "/?risiko=hoy", "/?per=2023-02-01", "/?visning=standard", "/?x="]
    )
    def test_leads_nobody_away_who_asks_for_something(self, ask, standard_view, url):
        assert ask(url).redirect_to == ""

    def test_leads_no_request_of_htmx_away(self, ask, standard_view):
        assert ask("/", htmx=True).redirect_to == ""

    def test_leads_nowhere_without_a_default(self, ask, staff, shared_view):
        SavedViewFactory(owner=staff)

        assert ask("/", staff).redirect_to == ""
        assert ask("/").address_of_everything == "/"
        assert ask("/").kept == ""

    def test_leads_to_ones_own_default_before_the_standard(self, ask, standard_view, staff):
        own = SavedViewFactory(owner=staff, slug="min", query="")
        own.open_first(for_user=staff)

        assert ask("/", staff).redirect_to == "/?visning=min"
        assert ask("/").redirect_to == standard_view.address

    def test_falls_back_to_the_standard_with_the_membership(self, ask, standard_view, shared_view):
        member = UserFactory()
        member.groups.add(shared_view.group)
        shared_view.open_first(for_user=member)
        assert ask("/", member).redirect_to == shared_view.address

        member.groups.clear()

        assert ask("/", member).redirect_to == standard_view.address

    def test_marks_the_open_view(self, ask, standard_view, staff):
        own = SavedViewFactory(owner=staff, name="Min egen", slug="min", query="eier=ks&risiko=hoy")

        views = ask("/?risiko=hoy&side=2&eier=ks&visning=min", staff)
        page = self.show(views)

        assert (views.current, views.is_changed, views.kept) == (own, False, "min")
        assertInHTML(
            '<a href="/?eier=ks&amp;risiko=hoy&amp;visning=min" aria-current="true">Min egen</a>',
            page,
        )
        assert "Visning: Min egen" in page
        assert "endret" not in page
        assert "/visninger/min/rediger/" in page

    def test_offers_the_owner_to_save_what_she_has_changed(self, ask, staff):
        SavedViewFactory(owner=staff, slug="min", query="risiko=hoy")

        page = self.show(ask("/?risiko=lav&visning=min", staff))

        assert "Visningen er endret" in page
        assert 'action="/visninger/min/lagre/"' in page
        assertInHTML('<input type="hidden" name="query" value="risiko=lav">', page)
        assertInHTML('<input type="hidden" name="initial-query" value="risiko=hoy">', page)
        assert 'href="/visninger/ny/?risiko=lav"' in page
        assert 'href="/?risiko=hoy&amp;visning=min"' in page

    def test_offers_others_to_save_it_as_their_own(self, ask, standard_view, staff):
        page = self.show(ask("/?visning=standard", staff))

        assert "Visningen er endret" in page
        assert "lagre/" not in page
        assert 'href="/visninger/ny/"' in page

    def test_offers_readers_only_to_open_the_standard(self, ask, standard_view, shared_view):
        page = self.show(ask("/?risiko=lav&visning=standard"))

        assert 'href="/?status=x&amp;visning=standard"' in page
        assertInHTML('<a href="/?visning=alle">Alle prosjekter</a>', page)
        assert "Visningen er endret" in page
        assert "/visninger/" not in page
        assert shared_view.name not in page

    def test_shows_readers_nothing_when_there_is_no_standard(self, ask, shared_view, staff):
        assert "<button" in self.show(ask("/", staff))
        assert "<button" not in self.show(ask("/"))

    def test_offers_to_save_where_no_view_is_open(self, ask, staff):
        page = self.show(ask("/?risiko=hoy", staff))

        assert 'href="/visninger/ny/?risiko=hoy"' in page
        assert "Lagre visning" in page

    @pytest.mark.parametrize("who", cast_but("office"))
    @pytest.mark.parametrize("slug", ["til-motet", "borte", "%00", "x" * 500])
    def test_says_that_a_view_is_gone_or_not_shared(self, request, ask, shared_view, who, slug):
        views = ask(f"/?risiko=hoy&visning={slug}", request.getfixturevalue(who))
        page = self.show(views)

        assert "Visningen finnes ikke lenger, eller er ikke delt med deg." in page
        assert shared_view.name not in page
        assert (views.current, views.kept, views.is_changed) == (None, "", False)

    def test_keeps_to_the_day_that_is_shown(self, ask, standard_view, staff):
        views = ask("/?per=2026-02-01&visning=standard", staff, as_of=datetime.date(2026, 2, 1))

        page = self.show(views)

        assert 'href="/?status=x&amp;visning=standard&amp;per=2026-02-01"' in page
        assert 'href="/?visning=alle&amp;per=2026-02-01"' in page


class TestTheOverview:
    def test_begins_with_the_default(self, client, standard_view, staff):
        assertRedirects(client.get("/"), standard_view.address)
        own = SavedViewFactory(owner=staff, slug="min", query="risiko=lav&sorter=-frist")
        own.open_first(for_user=staff)
        client.force_login(staff)

        assertRedirects(client.get("/"), "/?risiko=lav&sorter=-frist&visning=min")

    def test_shows_everything_to_who_asks_for_it(self, client, project, standard_view):
        response = client.get(EVERYTHING)

        assertContains(response, project.title)
        assertContains(response, "Visninger")

    @pytest.mark.parametrize(
        "view", ["visning=standard", "visning=alle", "visning=borte", "eier=x"]
    )
    def test_stays_where_it_is_without_its_last_filter(self, client, project, standard_view, view):
        state = client.get(f"/?risiko=lav&{view}").context["state"]

        for address in (state.address(risk_level=""), state.address_of_all):
            assert client.get(address).status_code == 200

    @pytest.mark.parametrize("url", ["/?risiko=hoy&visning=til-motet", "/?visning=%00"])
    def test_says_that_a_view_is_gone_and_keeps_the_filters(
        self, client, project, shared_view, url
    ):
        response = client.get(url)

        assertContains(response, "Filtrene i adressen gjelder.")
        assertNotContains(response, shared_view.name)

    def test_sends_htmx_what_has_changed(self, htmx_client, project, staff):
        SavedViewFactory(owner=staff, slug="min")
        htmx_client.force_login(staff)

        response = htmx_client.get("/?risiko=lav&visning=min")

        assertContains(response, 'id="overview-views" hx-disable hx-swap-oob="true"')
        assertContains(response, "Visningen er endret")
