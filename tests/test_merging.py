"""Two people, or two windows of one, at every field of every form that edits a thing."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.http import QueryDict

from accounts.models import User
from fkj_portfolio.forms import MergingModelForm
from milestones.models import Milestone
from overview.saved.forms import SavedViewForm, SavedViewStateForm
from project_page.forms.milestone import MilestoneEditForm, MilestoneForm
from project_page.forms.project import ProjectForm, ProjectOfficeForm
from projects.models import Contact, Lifecycle, Owner, Project, SavedView
from register.forms.contact import ContactForm
from register.forms.owner import OwnerForm
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    SegmentFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.sent import Sent, sent

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-07-10 12:00 +0200")]

TODAY = datetime.date(2026, 7, 10)
Values = list[str]


@dataclass(frozen=True)
class Case:
    """A form: how to make the thing that it edits, and what it takes beside; and three values of
    each field, where the field itself does not tell them: as opened, hers and mine.
    """

    thing: Callable[[], Any]
    options: Callable[[Any], dict[str, Any]] = lambda _thing: {}
    values: dict[str, tuple[Values, Values, Values]] = field(default_factory=dict)


def project() -> Project:
    StrategicGoalFactory.create_batch(3)
    SegmentFactory.create_batch(2)
    UserFactory.create_batch(3)
    ContactFactory.create_batch(2)
    return ProjectFactory(link_url="https://ks.no", lifecycle=Lifecycle.PLANNED)


def contact() -> Contact:
    OwnerFactory.create_batch(2)
    return ContactFactory(email="a@b.no", phone="24132600")


def owner() -> Owner:
    OwnerFactory.create_batch(2)
    return OwnerFactory(in_use=False)


def milestone(**state: Any) -> Milestone:
    project = ProjectFactory(draft=True)
    MilestoneFactory.create_batch(3, project=project)
    return MilestoneFactory(project=project, code="MP1", **state)


def view() -> SavedView:
    view: SavedView = SavedViewFactory()
    # The office may share with every group.
    User.objects.filter(pk=view.owner_id).update(is_superuser=True)
    return SavedView.objects.get(pk=view.pk)


DAYS = (["01.06.2026"], ["02.06.2026"], ["03.06.2026"])
PROJECT_VALUES = {
    "link_url": (["https://ks.no"], ["https://a.no"], ["https://b.no"]),
    "lifecycle": (["planned"], ["active"], ["paused"]),
}
CASES: dict[type[MergingModelForm], Case] = {
    ProjectForm: Case(project, lambda _project: {"today": TODAY}, PROJECT_VALUES),
    ProjectOfficeForm: Case(
        project,
        lambda _project: {"today": TODAY},
        PROJECT_VALUES | {"report_interval_days": ([""], ["30"], ["60"])},
    ),
    OwnerForm: Case(
        owner,
        values={
            "organisation_number": ([""], ["971032146"], ["974760673"]),
            "website": ([""], ["https://a.no"], ["https://b.no"]),
        },
    ),
    ContactForm: Case(
        contact,
        values={
            "email": (["a@b.no"], ["c@d.no"], ["e@f.no"]),
            "phone": (["24132600"], ["24132601"], ["24132602"]),
        },
    ),
    MilestoneForm: Case(milestone, values={"due_on": DAYS}),
    MilestoneEditForm: Case(
        lambda: milestone(delivered=True),
        lambda _milestone: {"today": TODAY},
        {"delivered_on": DAYS, "place": (["4"], ["1"], ["2"])},
    ),
    SavedViewForm: Case(view, lambda view: {"user": view.owner}),
    SavedViewStateForm: Case(
        view, values={"query": (["risiko=hoy"], ["risiko=lav"], ["status=under-kontroll"])}
    ),
}
#: They make things, so that nobody else has them open.
MAKERS = {"ProjectCreateForm"}


def all_forms(base: type[MergingModelForm] = MergingModelForm) -> Iterator[type[MergingModelForm]]:
    for form in base.__subclasses__():
        # Those that Django derives for its admin have tests of their own.
        if form.__module__.partition(".")[0] in ROOMS and not form.__module__.endswith(".admin"):
            yield form
        yield from all_forms(form)


ROOMS = {config.name for config in apps.get_app_configs()} - {"django"}


def open_form(form_class: type[MergingModelForm], thing: Any, data: Sent | None = None) -> Any:
    """The form as the view makes it, from what is saved now."""
    thing = type(thing)._default_manager.get(pk=thing.pk)
    posted = None
    if data is not None:
        posted = QueryDict(mutable=True)
        for name, values in data.items():
            posted.setlist(name, values)
    return form_class(posted, instance=thing, **CASES[form_class].options(thing))


def rendered(form: forms.BaseForm) -> str:
    """Its fields, each with what it was opened with, as the templates show them."""
    return "".join(str(bound) for bound in form)


def choices_of(bound: forms.BoundField) -> list[str]:
    def flat(choices: Any) -> Iterator[str]:
        for key, label in choices:
            yield from flat(label) if isinstance(label, list) else [str(key)]

    return list(flat(bound.field.widget.choices))  # type: ignore[attr-defined]


def values_of(form_class: type[MergingModelForm], bound: forms.BoundField) -> list[Values]:
    """What the field has when it is opened, and what two people make of it."""
    kind = bound.field
    if given := CASES[form_class].values.get(bound.name):
        return list(given)
    if isinstance(kind, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        first, second, *_others = choices_of(bound)
        return [[], [first], [second]]
    if isinstance(kind, forms.ChoiceField):
        opened = str(kind.prepare_value(bound.value()) or "")
        others = [each for each in choices_of(bound) if each not in ("", opened)]
        return [[opened], [others[0]], [others[-1]]]
    if isinstance(kind, forms.BooleanField):
        on = bool(bound.value())
        return [["on"] if on else [], [] if on else ["on"], [] if on else ["on"]]
    opened = str(bound.value() or "")
    return [[opened], ["Hennes"], ["Min"]]


def fields() -> Iterator[Any]:
    for form_class in CASES:
        names = [*form_class.base_fields]
        for name in names:
            yield pytest.param(form_class, name, id=f"{form_class.__name__}-{name}")


def change(data: Sent, name: str, values: Values) -> Sent:
    others = {key: value for key, value in data.items() if key != name}
    return {**others, name: values} if values else others


def saved(form_class: type[MergingModelForm], thing: Any, name: str) -> Values:
    """What the form would be opened with now."""
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
