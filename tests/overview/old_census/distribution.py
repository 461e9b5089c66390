"""Counts projects by what is reported of them, and by owner, segment and goal."""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection

from projects.models.lifecycle import Lifecycle

if TYPE_CHECKING:
    from projects.models.project_queryset import ProjectQuerySet

#: One statement, so that the projects are selected once, however costly the filters are.
#: A project serves its main goal and the further ones; one without any is counted under none.
COUNT = """
WITH chosen AS MATERIALIZED ({projects})
SELECT 'report', NULL::bigint, status, previous_status, risk_level, count(*)
FROM chosen GROUP BY status, previous_status, risk_level
UNION ALL
SELECT 'owner', owner_id, status, NULL, NULL, count(*) FROM chosen GROUP BY owner_id, status
UNION ALL
SELECT 'segment', segment_id, status, NULL, NULL, count(*) FROM chosen GROUP BY segment_id, status
UNION ALL
SELECT 'goal', main_goal_id, status, NULL, NULL, count(*) FROM chosen
WHERE main_goal_id IS NOT NULL
    OR NOT EXISTS (SELECT FROM projects_project_further_goals WHERE project_id = chosen.id)
GROUP BY main_goal_id, status
UNION ALL
SELECT 'goal', strategicgoal_id, status, NULL, NULL, count(*)
FROM chosen JOIN projects_project_further_goals ON project_id = chosen.id
WHERE strategicgoal_id IS DISTINCT FROM main_goal_id
GROUP BY strategicgoal_id, status
"""


class Counted(NamedTuple):
    """How many projects have this status; `by` says of what the number `pk` is, which may be none.

    The projects of a goal come in two parts: those that have it as their main goal, and the others.
    """

    by: str
    pk: int | None
    status: str | None
    previous_status: str | None
    risk_level: str | None
    project_count: int


def count_distribution(projects: "ProjectQuerySet") -> list[Counted]:
    """Count the active ones of these projects, which come `with_latest_report`, in one query."""
    active = projects.filter(lifecycle=Lifecycle.ACTIVE).order_by()
    # The stubs do not see the annotations of a method.
    reported: Any = ("status", "previous_status", "risk_level")
    chosen = active.values("id", "owner_id", "segment_id", "main_goal_id", *reported)
    try:
        selected, parameters = chosen.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(projects=selected), parameters)
        return [Counted(*row) for row in cursor.fetchall()]
