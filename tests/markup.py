"""A portfolio in which every text of every table holds markup, and how to find markup that came through.

The marker is an attribute that does no harm, `marker`, in an element and after each kind of quotation mark. Where
it comes through as text, no element of the page has such an attribute.
"""

import datetime
import itertools
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from bs4 import BeautifulSoup, Tag
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.signals import pre_save

from accounts.models import User
from fkj_portfolio.history import true_from
from milestones.actions import move_milestone, set_baseline
from milestones.models import Cause, Milestone
from overview.bulk.actions import change_projects
from overview.bulk.fields import locked
from overview.bulk.plan import foresee
from projects.models import (
    Contact,
    DefaultView,
    Owner,
    Project,
    SavedView,
    Segment,
    SharedField,
    StrategicGoal,
    Strategy,
)
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SavedViewFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
    StrategyFactory,
)

EDITED = [Contact, Milestone, Owner, Project, SavedView, Segment, StrategicGoal, Strategy, User]
LOADED_ON = datetime.date(2026, 2, 2)
SHOWN_ON = datetime.date(2026, 3, 1)

#: Texts that nobody writes as she likes, or that no page shows; each with its reason.
NOT_MARKED = {
    "accounts.User.password": "a hash",
    "admin.LogEntry.object_id": "a key",
    "contenttypes": "named by the code",
    "auth.Permission": "named by the code",
    "sessions": "signed, and read by Django alone",
    "account": "tables of django-allauth that stay empty: a user has one e-mail, in our own",
    "pghistory": "copies; what is recorded with a change is marked where the portfolio is made",
    "projects.TitleWord.word": "single words, taken from the titles by the database",
    "projects.Owner.organisation_number": "nine digits, by a constraint",
    "projects.ProjectsChange.value": "the keys and words of choices, which the forms check",
    "projects.ChangedProject.before": "the keys and words of choices, as the database had them",
}
#: What the database allows only together with something else.
ONLY_IF = {"milestones.Milestone.obsolete_reason": lambda milestone: milestone.is_obsolete}


def text_fields() -> list[models.Field]:
    """All columns that hold a text of people's, of all tables; those of new ones too."""
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not isinstance(field, models.SlugField)
        and not field.choices
        and not _is_copy(model)
        and not {model._meta.app_label, model._meta.label, str(field)} & NOT_MARKED.keys()
    ]


def _is_copy(model: type[models.Model]) -> bool:
    """Return whether triggers fill the table with what has been written in another."""
    return issubclass(model, pghistory.models.Event)


NUMBERS = {str(field): number for number, field in enumerate(text_fields(), start=10)}
_rows = itertools.count(1)


def marked(field: models.Field | None = None) -> str:
    """A text with markup that fits into a field; of no field one as people type it into the address."""
    token = f"{NUMBERS[str(field)] if field else 0}.{next(_rows)}"
    if isinstance(field, models.EmailField):
        return f'"<b/marker>{token}"@example.no'
    if isinstance(field, models.URLField):
        return f"https://example.no/\"'><b/marker>{token}"
    if field and field.name == "query":
        return f'sok="><b marker>{token}'
    if field and field.max_length and field.max_length < 150:
        return f'"><b marker>{token}'
    text = f'"\'><b marker>{token}</title></textarea></script><b marker hx-get="/"> marker=1 '
    if isinstance(field, models.TextField):
        text += '\n\n[en](/x"marker) [to](/ "\' marker=1") <b/marker> <javascript:marker>'
    return text


def mark(
    sender: type[models.Model], instance: models.Model, raw: bool = False, **_: object
) -> None:
    """Put markup into every text of what is about to be saved."""
    for field in instance._meta.concrete_fields:
        if str(field) in NUMBERS and ONLY_IF.get(str(field), bool)(instance):
            setattr(instance, field.attname, marked(field))


@contextmanager
def marking() -> Iterator[None]:
    """Within, whatever is saved has markup in all its texts."""
    pre_save.connect(mark)
    try:
        yield
    finally:
        pre_save.disconnect(mark)


def make_marked_portfolio(cast: dict[str, User]) -> None:
    """Make something of everything, since a past day; then change all that can be changed, today."""
    with marking():
        with pghistory.context(command="import_page", file=marked()), true_from(LOADED_ON):
            for user in cast.values():
                user.save()
            project = _make_project(cast)
        with pghistory.context(user=cast["office"].pk, url=f"/?{marked()}"):
            _work_on(project, cast)
            for thing in itertools.chain.from_iterable(model.objects.all() for model in EDITED):
                thing.save()
    for user in cast.values():
        user.refresh_from_db()


def _make_project(cast: dict[str, User]) -> Project:
    strategy = StrategyFactory()
    goals = StrategicGoalFactory.create_batch(2, strategy=strategy)
    successor = OwnerFactory(website="x")
    owner = OwnerFactory(in_use=False, successor=successor)
    contact = ContactFactory(owner=successor, email_is_public=True, phone_is_public=True)
    shared = {
        "owner": owner,
        "contact": contact,
        "segment": SegmentFactory(),
        "main_goal": goals[0],
    }
    project = ProjectFactory(slug="merket", managers=[cast["manager"]], **shared)
    project.further_goals.set(goals)
    ProjectFactory(slug="utkast", draft=True, managers=[cast["manager"]])
    ProjectFactory(slug="annet", managers=[cast["other_manager"]], **shared)
    late = datetime.date(2026, 1, 1)
    for more in (
        {"original_due_on": late},
        {"original_due_on": late, "due_on": datetime.date(2027, 6, 1)},
        {"is_delivered": True, "delivered_on": LOADED_ON, "delivered_by": cast["manager"]},
        {"is_obsolete": True, "obsolete_on": LOADED_ON},
    ):
        MilestoneFactory(project=project, **more)
    StatusReportFactory(project=project, reported_on=LOADED_ON, reported_by=cast["manager"])
    return project


def _work_on(project: Project, cast: dict[str, User]) -> None:
    manager, office = cast["manager"], cast["office"]
    wrong = project.report(
        status="on_track", risk_level="low", on=datetime.date(2026, 2, 10), by=manager
    )
    project.report(
        status="on_track",
        risk_level="high",
        on=datetime.date(2026, 2, 10),
        by=manager,
        corrects=wrong,
    )
    moved = project.milestones.get(due_on=datetime.date(2027, 6, 1))
    move_milestone(
        milestone=moved, to=datetime.date(2027, 9, 1), by=manager, cause=Cause.SUPPLIER, reason="x"
    )
    set_baseline(project=project, milestones=[moved], decision="x", decided_on=LOADED_ON, by=office)
    field, value = SharedField.SEGMENT, SegmentFactory().pk
    with transaction.atomic():
        seen = foresee(field, value, locked([project.pk])).seen
    change_projects(field=field, value=value, seen=seen, token=uuid.uuid4(), by=office)
    group = Group.objects.create(name="x")
    for user in cast.values():
        user.groups.add(group)
        view = SavedViewFactory(slug=f"visning-{user.pk}", owner=user, group=group)
        DefaultView.objects.create(user=user, view=view)
    SavedViewFactory(slug="standard", owner=office, is_standard=True)
    LogEntry.objects.create(
        user=cast["superuser"],
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(min(user.pk for user in cast.values())),
        action_flag=CHANGE,
    )


HTMX_OWN = re.compile("^(data-)?hx-(?!disable$|swap-oob$)")
#: Names only: a value that is made at random may have any four letters.
CSRF_TOKEN = re.compile("csrf-?(middleware)?token", re.IGNORECASE)
TOKEN = re.compile(r"marker(?:&gt;|%3E)(\d+)\.")
#: As it stands between the tags; within them it comes as the parser reads it.
MARKED = re.compile("<b[ /]marker")


def faults(html: str, page: BeautifulSoup, *, is_fragment: bool) -> Iterator[str]:
    """Say what is wrong with a page that shows marked texts, or with a part of one."""
    yield from (html[match.start() :][:100] for match in MARKED.finditer(html))
    tags = page.find_all(True)
    for tag in tags:
        if any(name.startswith("marker") for name in tag.attrs):
            yield str(tag)[:200]
        if CSRF_TOKEN.search(str(tag.attrs)) and not _is_token_of_form(tag):
            yield f"A token outside a field of a form: {str(tag)[:200]}"
    if is_fragment or page.find("script", src=re.compile("htmx")):
        yield from _obeyed(page)


def _is_token_of_form(tag: Tag) -> bool:
    return tag.get("name") == "csrfmiddlewaretoken" and tag.find_parent("form") is not None


def _obeyed(page: BeautifulSoup) -> Iterator[str]:
    """Say what htmx would obey among people's texts, and what of ours it would not."""
    shields = page.find_all(attrs={"hx-disable": True})
    shielded = {id(each) for shield in shields for each in [shield, *shield.descendants]}
    if page.head:
        shielded |= {id(each) for each in page.head.descendants}
    for text in page.find_all(string=MARKED):
        if id(text) not in shielded:
            yield f"Outside hx-disable: {str(text.parent)[:200]}"
    for tag in page.find_all(True):
        is_shielded = id(tag) in shielded
        if not is_shielded and any(MARKED.search(str(value)) for value in tag.attrs.values()):
            yield f"Outside hx-disable: {str(tag)[:200]}"
        if is_shielded and any(HTMX_OWN.match(name) for name in tag.attrs):
            yield f"Never obeyed: {str(tag)[:200]}"
        if tag.has_attr("hx-post") and not tag.select_one("[name=csrfmiddlewaretoken]"):
            yield f"Sends no token: {str(tag)[:200]}"
        if tag.has_attr("hx-swap-oob") and tag.parent is not page:
            yield f"Never swapped: {str(tag)[:200]}"
