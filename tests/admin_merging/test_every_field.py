"""Two who change a thing in the admin at once: every field of every form."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from pytest_django.asserts import assertContains

from accounts.models import User
from tests.admin_merging.forms import THINGS, change, form_in, opened, url
from tests.factories import StrategyFactory

# Django's own templates use variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

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


class _Root:
    """Part of a request that says what a superuser may change."""

    GET: dict[str, str] = {}
    user = User(is_superuser=True, is_active=True)


def every_field() -> list[Any]:
    return [
        pytest.param(model, name, id=f"{model.__name__}-{name}")
        for model in THINGS
        for name in _fields(model)
    ]


def _fields(model: type) -> list[str]:
    """Return what may be changed of one, by the model itself; where the page has no such field, the test fails."""
    return [
        each.name
        for each in model._meta.get_fields()
        if getattr(each, "editable", False) and not each.auto_created and each.name not in KEPT
    ]


def values_of(bound: forms.BoundField) -> tuple[list[str], list[str]]:
    """Return what two people make of a field that is as it was opened."""
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


def test_every_form_of_the_admin_is_tried():
    assert set(admin.site._registry) == set(THINGS) | READ_ONLY
    for model in READ_ONLY:
        assert not admin.site._registry[model].has_change_permission(_Root())


def test_no_day_is_filled_in_by_the_browser(at_work):
    for address in ("/admin/projects/strategy/add/", url(StrategyFactory())):
        page = BeautifulSoup(at_work.get(address).content, "html.parser")

        days = page.select(".vDateField")
        assert {each["name"] for each in days} == {"starts_on", "ends_on"}
        assert {each.get("autocomplete") for each in days} == {"off"}


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
