"""Forms that merge, and the things and values that two people may choose in them."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

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
from tests.sent import Sent

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
    """Return what the field has when it is opened, and what two people make of it."""
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
    if isinstance(bound.field, forms.DateField):
        return [[""], ["01.02.2027"], ["03.04.2027"]]
    opened = str(bound.value() or "")
    return [[opened], ["Hennes"], ["Min"]]
