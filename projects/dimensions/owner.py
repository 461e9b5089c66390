"""Who owns a project."""

import datetime

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from projects.dimensions.parts import (
    BulkChoice,
    BulkChoices,
    Choices,
    Column,
    Dimension,
    Grouping,
    Option,
    Picture,
)
from projects.dimensions.register import Registered
from projects.history.topic import Topic
from projects.models import Owner, Project, SharedField
from projects.models.fields import norwegian_order
from projects.models.owner import NONE

NAME = norwegian_order(Coalesce(NullIf("owner__short_name", Value("")), "owner__name"))


def _name_of(project: Project) -> str:
    return (project.owner.short_name or project.owner.name) if project.owner else ""


def _offered(today: datetime.date) -> BulkChoices:
    for owner in Owner.objects.in_use().in_order():
        yield str(owner.pk), str(owner)


OWNER = Dimension(
    name="owner",
    value="eier",
    label=_("Owner"),
    choices=Choices(
        register=Registered(
            model=Owner,
            used_as=("owner",),
            selects=lambda pk: Q(owner=pk),
            none=Option(NONE, _("No owner"), Q(owner=None), (None,), is_used=False),
            is_public=False,
        ),
        key=F("owner_id"),
    ),
    column=Column(
        order=NAME,
        ascending=_("Owner, A to Å"),
        descending=_("Owner, Å to A"),
        text=_name_of,
        none=_("No owner"),
        related="owner",
    ),
    grouping=Grouping(
        by="owner_id",
        orders=(NAME.asc(nulls_last=True), F("owner_id").asc(nulls_last=True)),
        sentence=_("Grouped by owner."),
    ),
    picture=Picture(title=_("Status by owner"), longest_first=True),
    bulk=BulkChoice(
        field=SharedField.OWNER,
        label=_("New owner"),
        none=_("None: remove the owner"),
        offers=_offered,
    ),
    topic=Topic(
        "eier",
        _("Owner"),
        {"project": ("owner",), "contact": ("owner",), "owner": ("successor",)},
    ),
)
