"""Two people, or two windows of one, at every field of every form that edits a thing."""

from collections.abc import Iterator
from typing import Any

import pytest

from fkj_portfolio.forms import MergingModelForm
from projects.models import SavedView
from tests.merging import CASES, MAKERS, Values, all_forms, open_form, rendered, values_of
from tests.sent import Sent, sent

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]


def fields() -> Iterator[Any]:
    for form_class in CASES:
        names = [*form_class.base_fields]
        for name in names:
            yield pytest.param(form_class, name, id=f"{form_class.__name__}-{name}")


def change(data: Sent, name: str, values: Values) -> Sent:
    others = {key: value for key, value in data.items() if key != name}
    return {**others, name: values} if values else others


def saved(form_class: type[MergingModelForm], thing: Any, name: str) -> Values:
    """Return what the form would be opened with now."""
    return sent(rendered(open_form(form_class, thing))).get(name, [])


def save(form_class: type[MergingModelForm], thing: Any, data: Sent) -> Any:
    """Save as the view does; return the form, which says whether it was."""
    form = open_form(form_class, thing, data)
    if form.is_valid():
        made = form.save()
        if isinstance(made, SavedView):
            made.keep(by=made.owner)
    return form


class Both:
    """One field of a form that two people have opened, as it was before any of them saved."""

    def __init__(self, form_class: type[MergingModelForm], name: str) -> None:
        self.form_class, self.name = form_class, name
        self.thing = CASES[form_class].thing()
        form = open_form(form_class, self.thing)
        if name not in form.fields:
            pytest.skip("The form leaves this field out for such a thing.")
        opened, self.hers, self.mine = values_of(form_class, form[name])
        base = change(sent(rendered(form)), name, opened)
        first = save(form_class, self.thing, base)
        assert not first.errors
        self.opened = sent(rendered(open_form(form_class, self.thing)))
        self.before = self.opened.get(name, [])

    def save(self, values: Values, opened: Sent | None = None, **more: Values) -> Any:
        data = change(opened or self.opened, self.name, values) | more
        return save(self.form_class, self.thing, data)

    @property
    def now(self) -> Values:
        return saved(self.form_class, self.thing, self.name)


@pytest.fixture
def both(form_class, name):
    return Both(form_class, name)


def test_every_form_that_merges_is_tried():
    tried = {form.__name__ for form in CASES} | MAKERS

    assert {form.__name__ for form in all_forms()} == tried


@pytest.mark.parametrize(("form_class", "name"), list(fields()))
class TestEveryField:
    def test_keeps_what_only_a_colleague_has_changed(self, both):
        assert not both.save(both.hers).errors
        changed = both.now
        assert changed != both.before

        assert not both.save(both.before).errors
        assert both.now == changed

        # The other way too: she takes it away again, and I never touch it.
        opened = sent(rendered(open_form(both.form_class, both.thing)))
        both.save(both.before, opened)
        assert not both.save(changed, opened).errors
        assert both.now == both.before

    def test_keeps_what_a_colleague_has_changed_when_another_field_is_to_be_mended(self, both):
        both.save(both.hers)
        changed = both.now

        refused = open_form(both.form_class, both.thing, both.opened)
        refused.full_clean()
        refused.add_error(None, "Another field is to be mended.")

        assert not save(both.form_class, both.thing, sent(rendered(refused))).errors
        assert both.now == changed

    def test_saves_what_only_i_have_changed_and_what_both_made_the_same(self, both):
        assert not both.save(both.mine).errors
        changed = both.now
        assert changed != both.before

        assert not both.save(both.mine).errors
        assert both.now == changed

    def test_asks_where_both_changed_it_differently(self, both):
        if both.hers == both.mine:
            pytest.skip("The field has two values, so that two cannot change it differently.")
        both.save(both.hers)
        changed = both.now

        form = both.save(both.mine)

        assert [conflict.field.name for conflict in form.conflicts] == [both.name]
        assert both.now == changed
        again = sent(rendered(form))
        for choice, expected in (("theirs", changed), ("mine", None)):
            answer = save(
                both.form_class, both.thing, again | {form.conflicts[0].choice_name: [choice]}
            )
            assert not answer.errors
            assert both.now == expected if expected else both.now != changed


@pytest.mark.parametrize("form_class", [each for each in CASES if len(each.base_fields) > 1])
def test_a_field_that_the_form_was_opened_without_stays(form_class):
    thing = CASES[form_class].thing()
    opened = sent(rendered(open_form(form_class, thing)))
    names = [name for name in form_class.base_fields if f"initial-{name}" in opened]
    form = open_form(form_class, thing)
    for name in names[1:]:
        _opened, hers, _mine = values_of(form_class, form[name])
        if not save(form_class, thing, change(opened, name, hers)).errors:
            break
    before = saved(form_class, thing, name)
    others = {key: value for key, value in opened.items() if key not in (name, f"initial-{name}")}

    save(form_class, thing, others)

    assert saved(form_class, thing, name) == before
