"""Who manages a project; only staff see it."""

import datetime
from functools import lru_cache
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.dimensions.parts import (
    BulkChoice,
    BulkChoices,
    Choices,
    Column,
    Dimension,
    Option,
)
from projects.dimensions.register import Registered
from projects.history.topic import Topic
from projects.models import Project, SharedField
from projects.models.fields import norwegian_order
from projects.models.owner import NONE

MANAGERS_OF = Project.managers.through._default_manager


# The same object each time, so that what is built of it is built once.
@lru_cache(200)
def _selects(pk: int) -> Q:
    return Q(pk__in=MANAGERS_OF.filter(user=pk).values("project"))


def _rows() -> QuerySet[Any]:
    return MANAGERS_OF.values_list("project_id", "user_id")


def _name(user: str = "") -> Coalesce:
    return Coalesce(NullIf(f"{user}name", Value("")), f"{user}email", output_field=CharField())


def _first_name() -> Subquery:
    name = norwegian_order(_name("user__"))
    return Subquery(
        MANAGERS_OF.filter(project=OuterRef("pk")).values(name=name).order_by("name")[:1]
    )


def _offered(today: datetime.date) -> BulkChoices:
    for user in User.objects.filter(is_active=True).order_by(norwegian_order("name"), "pk"):
        yield str(user.pk), f"{user} ({user.email})"


MANAGER = Dimension(
    name="manager",
    value="leder",
    label=_("Project managers"),
    choices=Choices(
        label=_("Project manager"),
        register=Registered(
            model=User,
            used_as=("managers",),
            selects=_selects,
            none=Option(
                NONE,
                _("No project manager"),
                ~Q(pk__in=MANAGERS_OF.values("project")),
                (None,),
                is_used=False,
            ),
            value=Cast("id", CharField()),
            name=_name(),
        ),
        several=_rows,
    ),
    column=Column(
        order=_first_name(),
        ascending=_("Project managers, A to Å"),
        descending=_("Project managers, Å to A"),
    ),
    bulk=BulkChoice(
        field=SharedField.MANAGERS,
        label=_("New project manager, in place of all who are"),
        none=_("None: remove the project managers"),
        offers=_offered,
    ),
    topic=Topic("prosjektleder", _("Project managers"), tables=["manager"]),
    is_for_staff=True,
)
