"""Concerns about projects that somebody has to look at: chosen, put in order and counted by the database."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Count, Exists, Func, OuterRef, Q, SmallIntegerField, Value, When

from fkj_portfolio.compiled import Given, Sql
from milestones.models import Milestone
from projects.models.fields import norwegian_order
from projects.models.figures import is_overdue
from projects.models.lifecycle import Lifecycle
from projects.models.status_report import Status

if TYPE_CHECKING:
    from projects.models.project_queryset import ProjectQuerySet

#: From how many moves on a milestone is looked at.
OFTEN = 2


class Concern(IntEnum):
    """Reasons why somebody has to look at a project, the most serious first."""

    TURNED_RED = auto()
    BECAME_WORSE = auto()
    OVERDUE = auto()
    GAP = auto()
    LATE = auto()
    OFTEN_MOVED = auto()
    NO_OWNER = auto()
    NO_CONTACT = auto()
    NO_MANAGER = auto()


@dataclass(frozen=True)
class Chosen:
    """The projects that come first, how many there are in all, and of each concern."""

    pks: list[int] = field(default_factory=list)
    total: int = 0
    counts: dict[Concern, int] = field(default_factory=dict)


def concern_conditions(managers: Any, *, sees_signal: Q, today: datetime.date) -> dict[Concern, Q]:
    """Return the condition of each concern, of projects that come `for_overview` and with their `gap_place`.

    `managers` are all rows of who manages what. `sees_signal` selects the projects whose signal
    the reader sees. Only active projects have to make progress.
    """
    active = Q(lifecycle=Lifecycle.ACTIVE)
    best, worse, worst = Status
    return {
        Concern.TURNED_RED: active & Q(status=worst, previous_status__in=[best, worse]),
        Concern.BECAME_WORSE: active & Q(status=worse, previous_status=best),
        Concern.OVERDUE: active & is_overdue(today=today),
        Concern.GAP: active & Q(gap_place__isnull=False) & sees_signal,
        Concern.LATE: active & Q(is_report_late=True),
        Concern.OFTEN_MOVED: active & Q(figures__often_moved_count__gt=0),
        Concern.NO_OWNER: Q(owner=None),
        Concern.NO_CONTACT: Q(contact=None),
        Concern.NO_MANAGER: Q(~Exists(managers.filter(project=OuterRef("pk")))),
    }


def concerns_found(conditions: dict[Concern, Q]) -> Func:
    """The concerns that are there, the most serious first, as a list."""
    numbers = SmallIntegerField()
    found = [
        Case(When(condition, then=Value(concern.value)), output_field=numbers)
        for concern, condition in sorted(conditions.items())
    ]
    every = Func(*found, template="ARRAY[%(expressions)s]", output_field=ArrayField(numbers))
    return Func(
        every,
        template="array_remove(%(expressions)s, NULL)",
        output_field=ArrayField(numbers),
    )


def to_choose_for_attention(projects: "ProjectQuerySet") -> Sql:
    """Return what chooses and counts the projects, which come `with_concerns`, in one query; it is given a `limit`.

    The one with the most serious concern comes first, of these the one with the most, then by title.
    Only the titles that may be among the first are put in order.
    """
    # The stubs do not see the annotations of a method.
    rows = projects.order_by().values("pk", "concerns")  # type: ignore[misc]
    inner, of_inner = rows.query.sql_with_params()
    titles = projects.model.objects.values("pk", letters=norwegian_order("title"))
    title, of_title = titles.query.sql_with_params()
    statement = f"""
        WITH looked_at AS MATERIALIZED ({inner}), found AS MATERIALIZED (
            SELECT *, rank() OVER (ORDER BY concerns[1], cardinality(concerns) DESC) AS place
            FROM looked_at WHERE concerns <> '{{}}'
        )
        SELECT concerns, count(*), NULL FROM found GROUP BY concerns
        UNION ALL SELECT '{{}}', 0, ARRAY(
            SELECT pk FROM found WHERE place <= %s ORDER BY
                place, (SELECT letters FROM ({title}) AS titles WHERE titles.pk = found.pk), pk
            LIMIT %s
        )
    """
    limit = Given("limit")
    return Sql(statement, [*of_inner, limit, *of_title, limit])


def read_chosen(rows: Iterable[tuple[Any, ...]]) -> Chosen:
    """Read what the database has chosen and counted."""
    rows = list(rows)
    counts = {
        concern: count
        for concern in Concern
        if (count := sum(count for concerns, count, _pks in rows if concern in concerns))
    }
    pks = [pk for _concerns, _count, pks in rows for pk in pks or []]
    return Chosen(pks, sum(count for _concerns, count, _pks in rows), counts)


def attention_annotations(*, today: datetime.date) -> dict[str, Any]:
    """Annotations for projects: the outstanding milestones that are a concern."""
    mine = Milestone.objects.filter(project=OuterRef("pk"))
    often_moved = mine.outstanding().annotate(moves=Count("date_moves")).filter(moves__gte=OFTEN)
    return {
        "overdue_pks": ArraySubquery(
            mine.overdue(today=today).order_by("due_on", "position", "pk").values("pk")
        ),
        "often_moved_pks": ArraySubquery(often_moved.in_order().values("pk")),
    }
