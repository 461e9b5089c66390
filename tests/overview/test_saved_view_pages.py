"""The pages of saved views, each for the whole cast."""

import pytest
from django.contrib.auth.models import Group
from pytest_django.asserts import (
    assertContains,
    assertNotContains,
    assertRedirects,
)

from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE
from projects.models import DefaultView, SavedView
from tests.cast import CAST, LOGGED_IN, cast_but
from tests.factories import SavedViewFactory, UserFactory

pytestmark = pytest.mark.django_db

EVERYTHING = "/?visning=alle"


def address(view, verb=""):
    return f"/visninger/{view.slug}/{verb}"


def data(**changes):
    return {"name": "Høy risiko", "audience": "bare-eieren", "standard_seen": "", **changes}


def opened(view, **changes):
    """Return what the browser sends of the edit form: what it was opened with, and what was typed."""
    audience = "alle" if view.is_standard else "bare-eieren"
    before = {
        "name": view.name,
        "audience": f"gruppe-{view.group_id}" if view.group_id else audience,
        "opens_first": "",
    }
    initial = {f"initial-{name}": value for name, value in before.items()}
    seen = SavedView.objects.standard().first()
    return {**initial, **before, "standard_seen": str(seen.pk) if seen else "", **changes}


class TestSavedViewList:
    url = "/visninger/"

    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("staff", ["Det kontoret ser på"]),
            ("manager", ["Det kontoret ser på"]),
            ("other_manager", ["Det kontoret ser på"]),
            ("office", ["Det kontoret ser på", "Til møtet"]),
            ("administrator", ["Det kontoret ser på"]),
        ],
    )
    def test_shows_what_one_may_open(self, log_in, client, standard_view, shared_view, who, seen):
        SavedViewFactory(name="En annens")
        log_in(client, who)

        response = client.get(self.url)

        views = {
            line[0].view.name for _whose, lines in response.context["sections"] for line in lines
        }
        assert views == set(seen)
        assertNotContains(response, "En annens")

    def test_says_what_each_shows_and_who_sees_it(self, client, standard_view, shared_view, office):
        SavedViewFactory(name="Bare min", owner=office)
        client.force_login(office)

        response = client.get(self.url)

        assertContains(response, "Risiko: Høy.", count=2)
        assertContains(response, "Delt med gruppen Porteføljekontor.")
        assertContains(response, "Bare du ser den.", count=1)
        assertContains(response, f'href="{shared_view.address.replace("&", "&amp;")}"')
        assertContains(response, "Åpnes når du kommer til porteføljen.", count=1)

    def test_offers_others_only_to_begin_with_it(self, client, standard_view, staff):
        own = SavedViewFactory(owner=staff)
        own.open_first(for_user=staff)
        client.force_login(staff)

        response = client.get(self.url)

        assertContains(response, f'action="{address(standard_view, "start/")}"')
        assertContains(response, f'action="{address(own, "ikke-start/")}"')
        assertNotContains(response, address(standard_view, "rediger/"))
        assertContains(response, address(own, "rediger/"))

    def test_says_when_there_are_none(self, client, staff):
        client.force_login(staff)

        assertContains(client.get(self.url), "Ingen lagrede visninger ennå")

    @pytest.mark.parametrize("count", [1, 20])
    def test_needs_as_many_queries_for_many_views(
        self, client, staff, standard_view, django_assert_num_queries, count
    ):
        SavedViewFactory.create_batch(count, owner=staff)
        client.force_login(staff)

        # The session, the user, the views, what she may do, everything in the register.
        with django_assert_num_queries(5):
            client.get(self.url)

    def test_asks_readers_to_log_in(self, client):
        assertRedirects(client.get(self.url), f"/konto/logg-inn/?next={self.url}")

    def test_refuses_other_methods(self, client, staff):
        client.force_login(staff)

        assert client.post(self.url).status_code == 405


class TestSavedViewDetail:
    @pytest.mark.parametrize("who", CAST)
    def test_leads_everyone_to_the_standard(self, log_in, client, standard_view, who):
        log_in(client, who)

        response = client.get(address(standard_view))

        assert response.status_code == 302
        assert response.url == "/?status=x&visning=standard"

    @pytest.mark.parametrize("who", cast_but("office"))
    def test_is_the_same_for_what_is_not_shared_as_for_what_is_gone(
        self, log_in, client, shared_view, who
    ):
        log_in(client, who)

        answers = [client.get(each) for each in (address(shared_view), "/visninger/borte/")]

        assert [answer.url for answer in answers] == [EVERYTHING] * 2
        response = client.get("/sok/")
        assertContains(response, "Visningen finnes ikke lenger, eller er ikke delt med deg.")
        assertNotContains(response, shared_view.name)

    def test_leads_a_member_to_what_is_shared(self, client, shared_view, office):
        client.force_login(office)

        assert client.get(address(shared_view)).url == "/?risiko=hoy&visning=til-motet"

    def test_refuses_other_methods(self, client, standard_view):
        assert client.post(address(standard_view)).status_code == 405


class TestSavedViewCreate:
    url = "/visninger/ny/?risiko=hoy&side=2&visning=x&eier=ks"

    @pytest.mark.parametrize("who", LOGGED_IN)
    def test_saves_the_state_in_the_address(self, log_in, client, who):
        user = log_in(client, who)

        response = client.post(self.url, data())

        view = SavedView.objects.get()
        assertRedirects(
            response, "/?eier=ks&risiko=hoy&visning=hoy-risiko", fetch_redirect_response=False
        )
        assert (view.name, view.query, view.owner) == ("Høy risiko", "eier=ks&risiko=hoy", user)
        assert (view.group, view.is_standard, view.changed_by) == (None, False, user)
        assert not DefaultView.objects.exists()

    def test_asks_readers_to_log_in(self, client):
        assert client.get(self.url).url.startswith("/konto/logg-inn/")
        assert client.post(self.url, data()).url.startswith("/konto/logg-inn/")
        assert not SavedView.objects.exists()

    def test_says_in_words_what_is_saved(self, client, staff):
        client.force_login(staff)

        response = client.get(f"{self.url}&per=2023-02-01")

        assertContains(response, "Risiko: Høy.")
        assertContains(response, "Datoen følger ikke med.")
        assertContains(response, 'href="/?eier=ks&amp;risiko=hoy&amp;visning=x"')
        assertNotContains(client.get("/visninger/ny/"), "Datoen følger ikke med.")

    def test_makes_it_what_one_begins_with(self, client, staff):
        client.force_login(staff)

        client.post(self.url, data(opens_first="on"))

        assert staff.default_view.view.name == "Høy risiko"

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("", "Fyll ut dette feltet."),
            ("\N{ZERO WIDTH SPACE}\N{BRAILLE PATTERN BLANK}", "Fyll ut dette feltet."),
            ("x" * 101, "100"),
            ("MIN visning", "Det finnes allerede en visning med dette navnet."),
            ("a\0b", "usynlig tegn"),
        ],
    )
    def test_explains_what_is_wrong_with_a_name(self, client, staff, name, said):
        SavedViewFactory(name="Min visning", owner=staff)
        client.force_login(staff)

        response = client.post(self.url, data(name=name))

        assertContains(response, "ds-error-summary")
        assertContains(response, said)
        assert SavedView.objects.count() == 1

    def test_finds_the_name_taken_at_the_second_click(self, client, staff):
        client.force_login(staff)

        client.post(self.url, data())
        response = client.post(self.url, data())

        assertContains(response, "Det finnes allerede en visning med dette navnet.")
        assert SavedView.objects.count() == 1

    def test_refuses_more_filters_than_an_address_bears(self, client, staff):
        client.force_login(staff)
        many = "&".join(f"eier=eier-nummer-{number}" for number in range(150))

        response = client.post(f"/visninger/ny/?{many}", data())

        assertContains(response, "Det er for mange filtre til å lagre.")
        assert not SavedView.objects.exists()

    def test_shares_with_a_group_of_ones_own(self, client, administrator):
        own = Group.objects.get(name=ADMINISTRATORS)
        client.force_login(administrator)

        client.post(self.url, data(audience=f"gruppe-{own.pk}"))

        assert SavedView.objects.get().group == own

    @pytest.mark.parametrize("who", cast_but("reader", "office"))
    def test_shares_neither_with_other_groups_nor_with_everyone(
        self, log_in, client, office_group, who
    ):
        log_in(client, who)

        page = client.get(self.url)
        for audience in (f"gruppe-{office_group.pk}", "alle", "gruppe-0", ""):
            assertContains(client.post(self.url, data(audience=audience)), "ds-error-summary")

        assertNotContains(page, "standardvisning")
        assertNotContains(page, "Porteføljekontor")
        assert not SavedView.objects.exists()

    def test_lets_the_office_share_with_any_group(self, client, office):
        other = Group.objects.get(name=ADMINISTRATORS)
        client.force_login(office)

        client.post(self.url, data(audience=f"gruppe-{other.pk}"))

        assert SavedView.objects.get().group == other

    def test_lets_the_office_set_the_standard(self, client, office):
        client.force_login(office)

        client.post(self.url, data(audience="alle"))

        assert SavedView.objects.standard().get().name == "Høy risiko"

    def test_replaces_the_standard_that_was_seen(self, client, office, standard_view):
        client.force_login(office)
        assertContains(client.get(self.url), "i stedet for «Det kontoret ser på»")

        client.post(self.url, data(audience="alle", standard_seen=standard_view.pk))

        standard_view.refresh_from_db()
        assert not standard_view.is_standard
        assert SavedView.objects.standard().get().name == "Høy risiko"

    def test_asks_again_when_another_standard_was_set_meanwhile(
        self, client, office, standard_view
    ):
        client.force_login(office)

        response = client.post(self.url, data(audience="alle"))

        assertContains(response, "«Det kontoret ser på» er blitt standardvisning imens.")
        assertContains(response, f'name="standard_seen" value="{standard_view.pk}"')
        standard_view.refresh_from_db()
        assert standard_view.is_standard

    def test_names_no_manager_to_everyone(self, client, office):
        client.force_login(office)

        response = client.post("/visninger/ny/?leder=1", data(audience="alle"))

        assertContains(response, "Fjern filteret på prosjektleder først.")
        assert not SavedView.objects.exists()

    def test_refuses_other_methods(self, client, staff):
        client.force_login(staff)

        assert client.put(self.url).status_code == 405


class TestSavedViewEdit:
    def test_renames_and_shares_and_keeps_the_address(self, client, office, office_group):
        view = SavedViewFactory(name="Gammelt", slug="gammelt", owner=office)
        client.force_login(office)
        changes = {"name": "Nytt", "audience": f"gruppe-{office_group.pk}", "opens_first": "on"}

        response = client.post(address(view, "rediger/"), opened(view, **changes))

        assertRedirects(response, "/visninger/")
        view.refresh_from_db()
        assert (view.name, view.slug, view.group) == ("Nytt", "gammelt", office_group)
        assert office.default_view.view == view

    def test_takes_back_what_was_shared_and_opened_first(self, client, office, shared_view):
        shared_view.open_first(for_user=office)
        client.force_login(office)
        before = opened(shared_view, audience="bare-eieren") | {"initial-opens_first": "True"}

        client.post(address(shared_view, "rediger/"), before)

        shared_view.refresh_from_db()
        assert shared_view.group is None
        assert not DefaultView.objects.exists()

    def test_merges_what_was_changed_in_two_tabs(self, client, office, office_group):
        view = SavedViewFactory(name="Gammelt", owner=office)
        client.force_login(office)
        tab = opened(view, name="Nytt")
        other_tab = opened(view, audience=f"gruppe-{office_group.pk}")

        client.post(address(view, "rediger/"), other_tab)
        client.post(address(view, "rediger/"), tab)

        view.refresh_from_db()
        assert (view.name, view.group) == ("Nytt", office_group)

    def test_asks_when_two_changed_the_name(self, client, standard_view, office):
        colleague = UserFactory(is_superuser=True)
        mine = opened(standard_view, name="Mitt navn")
        standard_view.name = "Kollegaens navn"
        standard_view.keep(by=colleague)
        client.force_login(office)

        response = client.post(address(standard_view, "rediger/"), mine)

        assertContains(response, "Mitt navn")
        assertContains(response, "Kollegaens navn")
        assertContains(response, 'name="choose-name"')

    def test_keeps_a_group_that_one_has_left(self, client, shared_view, office):
        office.groups.clear()
        client.force_login(office)

        client.post(address(shared_view, "rediger/"), opened(shared_view, name="Nytt navn"))

        shared_view.refresh_from_db()
        assert (shared_view.name, shared_view.group.name) == ("Nytt navn", PORTFOLIO_OFFICE)

    def test_gives_the_standard_back_to_who_made_it(self, client, standard_view, office):
        colleague = UserFactory(is_superuser=True)
        client.force_login(colleague)
        url = address(standard_view, "rediger/")
        assertContains(client.get(url), "Bare Kontor Nilsen")

        client.post(url, opened(standard_view, audience="bare-eieren"))

        standard_view.refresh_from_db()
        assert not standard_view.is_standard
        assert (standard_view.owner, standard_view.changed_by) == (office, colleague)

    @pytest.mark.parametrize("verb", ["rediger/", "slett/"])
    @pytest.mark.parametrize("who", cast_but("reader", "office"))
    def test_is_forbidden_to_others(self, log_in, client, standard_view, shared_view, who, verb):
        log_in(client, who)

        for method in (client.get, client.post):
            assert method(address(standard_view, verb)).status_code == 403
            assert method(address(shared_view, verb)).status_code == 404
        assert SavedView.objects.count() == 2

    @pytest.mark.parametrize("verb", ["rediger/", "slett/"])
    def test_is_forbidden_to_a_member_who_does_not_own_it(self, client, shared_view, verb):
        member = UserFactory()
        member.groups.add(Group.objects.create(name="Samarbeidsutvalget"))
        SavedView.objects.update(group=member.groups.get())
        client.force_login(member)

        assert client.get(address(shared_view, verb)).status_code == 403
        assert client.post(address(shared_view, verb)).status_code == 403

    @pytest.mark.parametrize("verb", ["rediger/", "slett/"])
    def test_asks_readers_to_log_in(self, client, standard_view, verb):
        assert client.get(address(standard_view, verb)).url.startswith("/konto/logg-inn/")
        assert client.post(address(standard_view, verb)).url.startswith("/konto/logg-inn/")

    @pytest.mark.parametrize("verb", ["rediger/", "slett/"])
    def test_refuses_other_methods(self, client, standard_view, office, verb):
        client.force_login(office)

        assert client.put(address(standard_view, verb)).status_code == 405


class TestSavedViewSave:
    def save(self, client, view, query, opened_with=None):
        initial = view.query if opened_with is None else opened_with
        sent = {"query": query, "initial-query": initial}
        return client.post(address(view, "lagre/"), sent)

    def test_keeps_what_is_shown_now(self, client, staff):
        view = SavedViewFactory(owner=staff, slug="min")
        client.force_login(staff)

        response = self.save(client, view, "visning=min&status=a&eier=ks")

        assert response.url == "/?eier=ks&status=a&visning=min"
        view.refresh_from_db()
        assert view.query == "eier=ks&status=a"
        assertContains(client.get("/visninger/"), "er lagret")

    def test_asks_when_another_saved_it_meanwhile(self, client, standard_view, office):
        colleague = UserFactory(name="Kollega Dahl", is_superuser=True)
        standard_view.query = "risiko=lav"
        standard_view.keep(by=colleague)
        client.force_login(office)

        response = self.save(client, standard_view, "risiko=hoy", opened_with="status=x")

        assertContains(response, "Kollega Dahl lagret visningen")
        assertContains(response, "Risiko: Høy.")
        assertContains(response, "Risiko: Lav.")
        assertContains(response, 'name="initial-query" value="risiko=lav"')
        standard_view.refresh_from_db()
        assert standard_view.query == "risiko=lav"

    @pytest.mark.parametrize(
        ("choice", "query"), [("mine", "risiko=hoy"), ("theirs", "risiko=lav")]
    )
    def test_saves_the_choice_that_was_made(self, client, standard_view, office, choice, query):
        standard_view.query = "risiko=lav"
        standard_view.keep(by=office)
        client.force_login(office)
        sent = {"query": "risiko=hoy", "initial-query": "risiko=lav", "choose-query": choice}

        client.post(address(standard_view, "lagre/"), sent)

        standard_view.refresh_from_db()
        assert standard_view.query == query

    def test_offers_to_save_anew_what_was_changed_in_a_view_that_is_gone(self, client, staff):
        view = SavedViewFactory(owner=staff)
        client.force_login(staff)
        view.delete()

        response = self.save(client, view, "risiko=hoy")

        assertRedirects(response, "/visninger/ny/?risiko=hoy", fetch_redirect_response=False)
        assertContains(client.get(response.url), "Du kan lagre den som en ny.")

    @pytest.mark.parametrize("who", cast_but("reader", "office"))
    def test_is_forbidden_to_others(self, log_in, client, standard_view, shared_view, who):
        log_in(client, who)

        assert self.save(client, standard_view, "risiko=lav").status_code == 403
        response = self.save(client, shared_view, "risiko=lav")
        assert response.url == "/visninger/ny/?risiko=lav"
        assert set(SavedView.objects.values_list("query", flat=True)) == {"status=x", "risiko=hoy"}

    def test_asks_readers_to_log_in(self, client, standard_view):
        assert self.save(client, standard_view, "").url.startswith("/konto/logg-inn/")

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("leder=1", "Fjern filteret på prosjektleder først."),
            ("sok=" + "x" * 2000, "Det er for mange filtre til å lagre."),
        ],
    )
    def test_says_why_it_can_not_be_saved(self, client, standard_view, office, query, said):
        client.force_login(office)

        response = self.save(client, standard_view, query)

        assert response.url == f"/?{query}&visning=standard"
        assertContains(client.get("/visninger/"), said)
        standard_view.refresh_from_db()
        assert standard_view.query == "status=x"

    def test_changes_nothing_when_nothing_was_sent(self, client, standard_view, office):
        client.force_login(office)

        response = client.post(address(standard_view, "lagre/"))

        assert response.url == standard_view.address
        standard_view.refresh_from_db()
        assert standard_view.query == "status=x"

    def test_saves_the_same_at_the_second_click(self, client, staff):
        view = SavedViewFactory(owner=staff)
        client.force_login(staff)

        answers = [self.save(client, view, "risiko=lav", "risiko=hoy") for _click in range(2)]

        assert [answer.status_code for answer in answers] == [302, 302]
        view.refresh_from_db()
        assert view.query == "risiko=lav"

    def test_refuses_other_methods(self, client, standard_view, office):
        client.force_login(office)

        assert client.get(address(standard_view, "lagre/")).status_code == 405


class TestSavedViewDelete:
    def test_says_who_loses_it_and_deletes_it(self, client, shared_view, office, staff):
        shared_view.open_first(for_user=office)
        shared_view.open_first(for_user=staff)
        client.force_login(office)

        response = client.get(address(shared_view, "slett/"))
        assertContains(response, "Alle i gruppen Porteføljekontor mister den.")
        assertContains(response, "1 annen har valgt å begynne med den.")
        assertRedirects(client.post(address(shared_view, "slett/")), "/visninger/")

        assert not SavedView.objects.exists()
        assert not DefaultView.objects.exists()

    def test_says_what_it_means_for_everyone(self, client, standard_view, office):
        client.force_login(office)

        assertContains(client.get(address(standard_view, "slett/")), "Alle mister den")

    def test_says_that_nobody_else_has_it(self, client, staff):
        view = SavedViewFactory(owner=staff)
        client.force_login(staff)

        assertContains(client.get(address(view, "slett/")), "Ingen andre har den.")

    def test_is_not_found_when_it_is_gone(self, client, staff):
        client.force_login(staff)

        assert client.post("/visninger/borte/slett/").status_code == 404


class TestDefaultView:
    @pytest.mark.parametrize("who", LOGGED_IN)
    def test_is_chosen_and_left_again(self, log_in, client, standard_view, who):
        user = log_in(client, who)

        assertRedirects(client.post(address(standard_view, "start/")), "/visninger/")
        assert user.default_view.view == standard_view
        assertRedirects(client.post(address(standard_view, "ikke-start/")), "/visninger/")
        assert not DefaultView.objects.exists()

    def test_takes_the_place_of_the_one_before(self, client, staff, standard_view):
        own = SavedViewFactory(owner=staff)
        client.force_login(staff)

        client.post(address(standard_view, "start/"))
        client.post(address(own, "start/"))
        client.post(address(standard_view, "ikke-start/"))

        assert DefaultView.objects.get(user=staff).view == own

    @pytest.mark.parametrize("verb", ["start/", "ikke-start/"])
    def test_is_only_what_one_may_open(self, client, shared_view, staff, verb):
        client.force_login(staff)

        assert client.post(address(shared_view, verb)).status_code == 404
        assert client.post("/visninger/borte/" + verb).status_code == 404
        assert client.get(address(shared_view, verb)).status_code == 405
        client.logout()
        assert client.post(address(shared_view, verb)).url.startswith("/konto/logg-inn/")
        assert not DefaultView.objects.exists()
