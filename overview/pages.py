"""The projects that stand on one page of the overview, from one place to another."""

from fkj_portfolio.compiled import Statement, built_once
from fkj_portfolio.content_cache import OpenContentCache
from overview.sight import Sight
from overview.state import Narrowing, Order, State
from projects.dimensions.orders import with_columns
from projects.dimensions.parts import Dimension
from projects.models import Project


def table_rows(
    state: State, sight: Sight, memory: OpenContentCache, start: int, stop: int
) -> list[Project]:
    """Return the projects of a page with what the columns show, in two queries at most."""
    columns = tuple(state.columns)
    statement = _of_table(sight, state.narrowing, state.order, columns, start, stop)
    return statement.rows(**state.given(sight, memory))


def timeline_rows(
    state: State, sight: Sight, memory: OpenContentCache, start: int, stop: int
) -> list[Project]:
    """Return the projects of a page with their milestones, in two queries."""
    statement = _of_timeline(sight, state.narrowing, state.order, start, stop)
    return statement.rows(**state.given(sight, memory))


@built_once
def _of_table(
    sight: Sight,
    narrowing: Narrowing,
    order: Order,
    columns: tuple[Dimension, ...],
    start: int,
    stop: int,
) -> Statement[Project]:
    projects = order.sort(narrowing.narrow(sight.everything))
    return Statement(with_columns(projects, columns)[start:stop])


@built_once
def _of_timeline(
    sight: Sight, narrowing: Narrowing, order: Order, start: int, stop: int
) -> Statement[Project]:
    projects = order.sort(narrowing.narrow(sight.everything))
    return Statement(projects.with_timeline_milestones()[start:stop])
