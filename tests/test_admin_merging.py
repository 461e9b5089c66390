"""Two windows at every form of Django's admin: the older one overwrites nothing that it has not shown."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE, SecurityEvent, SecurityEventKind, User
from projects.models import PortfolioSettings, Segment, StrategicGoal, Strategy
from tests.accounts.visitors import log_in_freshly
from tests.factories import SegmentFactory, StrategicGoalFactory, StrategyFactory, UserFactory
from tests.sent import Sent, sent

# Django's own templates use variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

#: How to make what each form changes. The roles are decided in the code and never changed here.
THINGS: dict[type, Callable[[], Any]] = {
    User: UserFactory,
    Strategy: StrategyFactory,
    StrategicGoal: StrategicGoalFactory,
    Segment: SegmentFactory,
    PortfolioSettings: PortfolioSettings.objects.create,
}
READ_ONLY = {Group}
#: What is never changed by these forms.
KEPT = {"slug", "password", "last_login", "date_joined"}
#: What two people make of a field that does not tell it itself.
VALUES = {
    "email": (["hun@ks.no"], ["jeg@ks.no"]),
    "starts_on": (["01.01.2022"], ["01.01.2021"]),
    "ends_on": (["31.12.2031"], ["31.12.2032"]),
    "number": (["11"], ["12"]),
    "position": (["11"], ["12"]),
    "report_interval_days": (["30"], ["60"]),
    "yellow_after_months": (["2"], ["0"]),
    "red_after_months": (["4"], ["5"]),
}
#: What is refused, by the field.
WRONG = {
    "name": [""],
    "email": ["x"],
    "starts_on": ["x"],
    "number": ["x"],
    "position": ["x"],
    "report_interval_days": ["x"],
    "red_after_months": ["x"],
}


@pytest.fixture
def at_work(client: Client) -> Client:
    log_in_freshly(client, User.objects.create_superuser("root@ks.no", name="Root"))
    return client


def url(thing: Any, verb: str = "change") -> str:
    meta = thing._meta
    return f"/admin/{meta.app_label}/{meta.model_name}/{thing.pk}/{verb}/"


def form_in(response: Any, thing: Any) -> Sent:
    """What the browser sends of the form on a page, when nothing is typed."""
    page = BeautifulSoup(response.content, "html.parser")
    form = page.select_one(f"#{thing._meta.model_name}_form, #changelist-form")
    data = sent(form)
    # Each window has a key of its own; here one page stands for several.
    for name in ("action", "csrfmiddlewaretoken", "form-key"):
        data.pop(name, None)
    # The row that scripts copy is not one of the rows.
    return {name: values for name, values in data.items() if "__prefix__" not in name}


def opened(at_work: Client, thing: Any) -> Sent:
    return form_in(at_work.get(url(thing)), thing)


class _Root:
    """As much of a request as says what a superuser may change."""

    GET: dict[str, str] = {}
    user = User(is_superuser=True, is_active=True)


def every_field() -> list[Any]:
    return [
        pytest.param(model, name, id=f"{model.__name__}-{name}")
        for model in THINGS
        for name in _fields(model)
    ]


def _fields(model: type) -> list[str]:
    """What may be changed of one, by the model itself; where the page has no such field, the test fails."""
    return [
        each.name
        for each in model._meta.get_fields()
        if getattr(each, "editable", False) and not each.auto_created and each.name not in KEPT
    ]


def values_of(bound: forms.BoundField) -> tuple[list[str], list[str]]:
    """What two people make of a field that is as it was opened."""
    if bound.name in VALUES:
        return VALUES[bound.name]
    if isinstance(bound.field, forms.BooleanField):
        changed = [] if bound.value() else ["on"]
        return changed, changed
    if isinstance(bound.field, forms.ModelMultipleChoiceField):
        first, second = list(bound.field.queryset.values_list("pk", flat=True)[:2])
        return [str(first)], [str(second)]
    if isinstance(bound.field, forms.ModelChoiceField):
        now = [str(bound.value())]
        others = bound.field.queryset.exclude(pk=bound.value()).values_list("pk", flat=True)
        first, second = others[:2]
        assert now
        return [str(first)], [str(second)]
    return ["Hennes"], ["Min"]


def change(data: Sent, name: str, values: list[str]) -> Sent:
    others = {key: value for key, value in data.items() if key != name}
    return {**others, name: values} if values else others


def test_every_form_of_the_admin_is_tried():
    assert set(admin.site._registry) == set(THINGS) | READ_ONLY
    for model in READ_ONLY:
        assert not admin.site._registry[model].has_change_permission(_Root())


class TestEveryField:
    @pytest.fixture
    def thing(self, model, office):
        StrategyFactory(name="Strategi 2017–2022")
        StrategyFactory(name="Strategi 2031–2036")
        return THINGS[model]()

    @pytest.mark.parametrize(("model", "name"), every_field())
    def test_is_not_overwritten_unseen(self, at_work, thing, model, name):
        page = at_work.get(url(thing))
        before = form_in(page, thing)
        hers, mine = values_of(page.context["adminform"].form[name])
        at_work.post(url(thing), change(before, name, hers))
        saved = opened(at_work, thing)
        assert saved.get(name) != before.get(name)

        # Saved without a change of it: hers stays.
        assert at_work.post(url(thing), before).status_code == 302
        assert opened(at_work, thing) == saved

        # Refused for another field, and mended: hers stays.
        other = next(each for each in WRONG if each in before and each != name)
        page = at_work.post(url(thing), change(before, other, WRONG[other]))
        assert page.status_code == 200
        mended = change(form_in(page, thing), other, before[other])
        assert at_work.post(url(thing), mended).status_code == 302
        assert opened(at_work, thing) == saved

        # Changed to the same: nobody asks.
        assert at_work.post(url(thing), change(before, name, hers)).status_code == 302
        assert opened(at_work, thing) == saved
        if hers == mine:
            return

        # Changed to something else: refused once, in words, with what was typed.
        refused = at_work.post(url(thing), change(before, name, mine))
        assertContains(refused, "Noen andre har endret dette i mellomtiden, til: ")
        assert opened(at_work, thing) == saved
        again = form_in(refused, thing)
        assert again[name] == mine
        assert at_work.post(url(thing), again).status_code == 302
        assert opened(at_work, thing)[name] == mine


class TestUsers:
    def test_a_login_that_was_closed_and_a_role_that_was_taken_stay_so(
        self, at_work, administrator, office
    ):
        old = opened(at_work, office)
        role = Group.objects.get(name=PORTFOLIO_OFFICE)
        assert (old["is_active"], old["groups"]) == (["on"], [str(role.pk)])
        at_work.post(url(office), change(change(old, "is_active", []), "groups", []))

        at_work.post(url(office), change(old, "name", ["Kontor Berg"]))

        office.refresh_from_db()
        assert (office.name, office.is_active) == ("Kontor Berg", False)
        assert not office.groups.exists()

    def test_a_role_that_was_given_stays_where_there_was_none(self, at_work, administrator, staff):
        old = opened(at_work, staff)
        staff.groups.add(Group.objects.get(name=ADMINISTRATORS))

        at_work.post(url(staff), change(old, "name", ["Ny"]))

        assert [str(group) for group in staff.groups.all()] == [ADMINISTRATORS]

    def test_the_log_does_not_name_who_saved_another_field(self, at_work, administrator, staff):
        old = opened(at_work, staff)
        staff.groups.add(Group.objects.get(name=ADMINISTRATORS))
        User.objects.filter(pk=staff.pk).update(is_active=False)

        at_work.post(url(staff), change(old, "name", ["Ny"]))

        assert not SecurityEvent.objects.filter(kind=SecurityEventKind.RIGHTS_CHANGED).exists()

    def test_what_was_closed_in_the_list_stays_closed(self, at_work, staff):
        old = opened(at_work, staff)
        at_work.post(
            "/admin/accounts/user/", {"action": "close", "_selected_action": [str(staff.pk)]}
        )

        at_work.post(url(staff), change(old, "name", ["Ny"]))

        staff.refresh_from_db()
        assert (staff.name, staff.is_active) == ("Ny", False)

    def test_the_mark_of_a_password_is_not_the_password(self, at_work, staff):
        staff.set_password("Ti tynne tiurer")
        staff.save()

        for verb in ("change", "password"):
            content = at_work.get(url(staff, verb)).content.decode()
            assert staff.password not in content
            assert staff.password.split("$")[-1] not in content

    def test_a_password_that_somebody_has_set_meanwhile_is_asked_about(self, at_work, staff):
        old = form_in(at_work.get(url(staff, "password")), staff)
        first = {"password1": ["Ti tynne tiurer"], "password2": ["Ti tynne tiurer"]}
        second = {"password1": ["Ni tjukke tiurer"], "password2": ["Ni tjukke tiurer"]}
        assert at_work.post(url(staff, "password"), old | first).status_code == 302

        refused = at_work.post(url(staff, "password"), old | second)

        assertContains(refused, "Noen andre har satt et passord i mellomtiden")
        assert User.objects.get(pk=staff.pk).check_password("Ti tynne tiurer")
        again = form_in(refused, staff) | second
        assert at_work.post(url(staff, "password"), again).status_code == 302
        assert User.objects.get(pk=staff.pk).check_password("Ni tjukke tiurer")

    def test_a_password_that_was_set_meanwhile_stays_when_the_user_is_saved(self, at_work, staff):
        old = opened(at_work, staff)
        staff.set_password("Ti tynne tiurer")
        staff.save()

        at_work.post(url(staff), change(old, "name", ["Ny"]))

        staff.refresh_from_db()
        assert staff.name == "Ny"
        assert staff.check_password("Ti tynne tiurer")


class TestList:
    URL = "/admin/projects/segment/"

    @pytest.fixture
    def three(self):
        return [
            SegmentFactory(name=name, position=place)
            for place, name in enumerate(["A", "B", "C"], start=1)
        ]

    def read(self):
        return list(Segment.objects.order_by("name").values_list("name", "position", "in_use"))

    def test_merges_row_by_row(self, at_work, three):
        old = form_in(at_work.get(self.URL), three[0]) | {"_save": [""]}
        Segment.objects.filter(name="B").update(in_use=False, position=7)

        at_work.post(self.URL, old | {"form-0-position": ["5"]})

        assert self.read() == [("A", 5, True), ("B", 7, False), ("C", 3, True)]

    def test_asks_where_two_changed_the_same_row(self, at_work, three):
        old = form_in(at_work.get(self.URL), three[0]) | {"_save": [""]}
        # The row comes last in the list from now on, and its form stays where it was.
        Segment.objects.filter(name="A").update(position=9)

        refused = at_work.post(self.URL, old | {"form-0-position": ["5"]})

        assertContains(refused, "Noen andre har endret dette i mellomtiden, til: 9.")
        assert self.read()[0] == ("A", 9, True)
        rows = BeautifulSoup(refused.content, "html.parser").select("#result_list tbody tr")
        places = {
            row.select_one("th a").text: row.select_one("input[name$=position]")["value"]
            for row in rows
        }
        assert places == {"A": "5", "B": "2", "C": "3"}
        at_work.post(self.URL, form_in(refused, three[0]) | {"_save": [""]})
        assert self.read()[0] == ("A", 5, True)

    def test_says_that_a_row_has_been_deleted(self, at_work, three):
        old = form_in(at_work.get(self.URL), three[0]) | {"_save": [""]}
        three[1].delete()

        response = at_work.post(self.URL, old | {"form-0-position": ["5"]}, follow=True)

        assertContains(response, "Noen andre har slettet en rad i mellomtiden.")
        assert self.read() == [("A", 1, True), ("C", 3, True)]


class TestRowsOfAStrategy:
    @pytest.fixture
    def strategy(self):
        strategy = StrategyFactory()
        for number, name in enumerate(["Én", "To", "Tre"], start=1):
            StrategicGoalFactory(strategy=strategy, number=number, name=name)
        return strategy

    def read(self, strategy):
        return [str(goal) for goal in strategy.goals.in_order()]

    def test_merge(self, at_work, strategy):
        old = opened(at_work, strategy)
        strategy.goals.filter(number=2).update(name="Hennes")
        StrategicGoalFactory(strategy=strategy, number=4, name="Ny")

        assert at_work.post(url(strategy), old | {"goals-0-name": ["Mitt"]}).status_code == 302

        assert self.read(strategy) == ["1 - Mitt", "2 - Hennes", "3 - Tre", "4 - Ny"]

    def test_ask_where_two_changed_the_same_and_keep_the_name_beside_its_row(
        self, at_work, strategy
    ):
        old = opened(at_work, strategy)
        strategy.goals.filter(number=1).update(number=9, name="Hennes")

        refused = at_work.post(url(strategy), old | {"goals-0-name": ["Mitt"]})

        assertContains(refused, "til: Hennes.")
        rows = BeautifulSoup(refused.content, "html.parser").select("tr.has_original")
        assert [row.select_one(".original p").text.strip() for row in rows] == [
            "9 - Hennes",
            "2 - To",
            "3 - Tre",
        ]
        at_work.post(url(strategy), form_in(refused, strategy))
        assert self.read(strategy) == ["2 - To", "3 - Tre", "9 - Mitt"]

    def test_leave_out_what_a_colleague_has_deleted(self, at_work, strategy):
        old = opened(at_work, strategy)
        strategy.goals.get(number=2).delete()

        assert at_work.post(url(strategy), old | {"goals-0-name": ["Mitt"]}).status_code == 302

        assert self.read(strategy) == ["1 - Mitt", "3 - Tre"]

    def test_tell_of_a_change_of_what_a_colleague_has_deleted(self, at_work, strategy):
        old = opened(at_work, strategy)
        strategy.goals.get(number=2).delete()
        typed = old | {"goals-1-name": ["Mitt"], "goals-2-name": ["Tre ny"]}

        refused = at_work.post(url(strategy), typed)

        assertContains(refused, "Noen andre har slettet «2, Mitt» i mellomtiden")
        assert self.read(strategy) == ["1 - Én", "3 - Tre"]
        assert at_work.post(url(strategy), form_in(refused, strategy)).status_code == 302
        assert self.read(strategy) == ["1 - Én", "3 - Tre ny"]

    def test_are_not_deleted_unseen(self, at_work, strategy):
        old = opened(at_work, strategy)
        strategy.goals.filter(number=2).update(name="Hennes")

        refused = at_work.post(url(strategy), old | {"goals-1-DELETE": ["on"]})

        assertContains(refused, "Noen andre har endret «2 - Hennes» i mellomtiden")
        assert len(self.read(strategy)) == 3
        at_work.post(url(strategy), form_in(refused, strategy))
        assert self.read(strategy) == ["1 - Én", "3 - Tre"]


class TestDeletion:
    @pytest.mark.parametrize("model", [User, Strategy, StrategicGoal, Segment])
    def test_is_asked_again_when_the_thing_has_changed(self, at_work, model):
        thing = THINGS[model]()
        page = at_work.get(url(thing, "delete"), follow=True)
        shown = page.redirect_chain[-1][0]
        model.objects.filter(pk=thing.pk).update(name="Hennes")

        response = at_work.post(shown, {"post": "yes"}, follow=True)

        assert model.objects.filter(pk=thing.pk).exists()
        assertContains(response, "Noen andre har endret dette. Se over det på nytt.")
        assertContains(response, "Hennes")
        assert at_work.post(response.redirect_chain[-1][0], {"post": "yes"}).status_code == 302
        assert not model.objects.filter(pk=thing.pk).exists()

    def test_is_asked_of_whoever_has_not_seen_the_page(self, at_work):
        segment = SegmentFactory()

        at_work.post(url(segment, "delete"), {"post": "yes"})

        assert Segment.objects.filter(pk=segment.pk).exists()

    def test_of_a_chosen_row_goes_by_its_own_page(self, at_work):
        segments = SegmentFactory.create_batch(2)
        keys = [str(each.pk) for each in segments]
        address = "/admin/projects/segment/"

        one = at_work.post(address, {"action": "delete_selected", "_selected_action": keys[:1]})
        both = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
        several = at_work.post(address, both, follow=True)

        assertRedirects(one, url(segments[0], "delete"), target_status_code=302)
        assertContains(several, "Velg én rad om gangen")
        assert Segment.objects.count() == 2

    def test_sees_that_a_role_was_given(self, at_work, office, staff):
        shown = at_work.get(url(staff, "delete"), follow=True).redirect_chain[-1][0]
        staff.groups.add(Group.objects.get(name=PORTFOLIO_OFFICE))

        at_work.post(shown, {"post": "yes"})

        assert User.objects.filter(pk=staff.pk).exists()

    @pytest.mark.parametrize("model", [User, Strategy, StrategicGoal, Segment])
    def test_meanwhile_is_said_to_who_saves(self, at_work, model):
        thing = THINGS[model]()
        old = opened(at_work, thing)
        address = url(thing)
        thing.delete()

        response = at_work.post(address, old, follow=True)

        assertContains(response, "eksisterer ikke")
        assert not model.objects.filter(name=old["name"][0]).exists()


class TestSettings:
    def test_opened_before_there_were_any_merge_with_those_that_were_set(self, at_work):
        add = "/admin/projects/portfoliosettings/add/"
        old = form_in(at_work.get(add), PortfolioSettings())
        PortfolioSettings.objects.create(report_interval_days=30)

        at_work.post(add, old | {"red_after_months": ["5"]})

        row = PortfolioSettings.objects.get()
        assert (row.report_interval_days, row.red_after_months) == (30, 5)
