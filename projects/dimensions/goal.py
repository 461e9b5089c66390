"""Which strategic goals a project serves: one main goal, and further ones."""

import datetime
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
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
from projects.models import Project, SharedField, StrategicGoal
from projects.models.owner import NONE

NUMBER = F("main_goal__number")
FURTHER = Project.further_goals.through._default_manager
#: The key of what has further goals though no main one; no goal has it.
ONLY_FURTHER = 0


# The same object each time, so that what is built of it is built once.
@lru_cache(200)
def _selects(pk: int) -> Q:
    return Q(main_goal=pk) | Q(pk__in=FURTHER.filter(strategicgoal=pk).values("project"))


def _further() -> QuerySet[Any]:
    return FURTHER.values_list("project_id", "strategicgoal_id")


def _name_of(project: Project) -> str:
    return str(project.main_goal or "")


def _offered(today: datetime.date) -> BulkChoices:
    for goal in StrategicGoal.objects.current(today=today).in_order():
        yield str(goal.pk), str(goal)


GOAL = Dimension(
    name="goal",
    value="mal",
    label=_("Strategic goal"),
    choices=Choices(
        register=Registered(
            model=StrategicGoal,
            used_as=("main_goal", "further_goals"),
            selects=_selects,
            none=Option(
                NONE,
                _("No strategic goal"),
                Q(main_goal=None) & ~Q(pk__in=FURTHER.values("project")),
                (None,),
                is_used=False,
            ),
            number="number",
            has_strategy=True,
        ),
        key=Case(
            When(main_goal__isnull=False, then=F("main_goal_id")),
            When(Exists(FURTHER.filter(project=OuterRef("pk"))), then=Value(ONLY_FURTHER)),
            output_field=BigIntegerField(),
        ),
        several=_further,
    ),
    column=Column(
        order=NUMBER,
        ascending=_("Strategic goal, first to last"),
        descending=_("Strategic goal, last to first"),
        text=_name_of,
        none=_("No strategic goal"),
        related="main_goal",
    ),
    grouping=Grouping(
        by="main_goal_id",
        orders=(
            F("main_goal__strategy__starts_on").desc(nulls_last=True),
            F("main_goal__strategy").asc(nulls_last=True),
            NUMBER.asc(nulls_last=True),
        ),
        sentence=_("Grouped by strategic goal."),
        none_keys=(None, ONLY_FURTHER),
    ),
    picture=Picture(
        title=_("Status by strategic goal"),
        counts_several=_("A project that serves several goals is counted under each of them."),
    ),
    bulk=BulkChoice(
        field=SharedField.MAIN_GOAL,
        label=_("New strategic goal"),
        none=_("None: remove the strategic goal"),
        offers=_offered,
    ),
    topic=Topic("mal", _("Strategic goals"), {"project": ("main_goal",)}, tables=["further_goal"]),
)
