"""“Krever oppmerksomhet”: what needs looking at, said in words that lead straight to the place."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from fkj_portfolio.addresses import page_address
from fkj_portfolio.compiled import Given, GivenKeys, Sql, Statement, built_once
from fkj_portfolio.content_cache import OpenContentCache
from milestones.models.anchors import milestone_anchor
from overview.sight import Sight
from overview.state import Narrowing, State
from projects.dimensions.lifecycle import LIFECYCLE_VALUES
from projects.dimensions.status import STATUS_VALUES
from projects.models import Lifecycle, PortfolioSettings, Project, Status
from projects.models.attention import Chosen, Concern, read_chosen, to_choose_for_attention
from projects.models.owner import NONE
from projects.models.portfolio_settings import SignalRules
from projects.models.project_queryset import ProjectQuerySet
from projects.words import concern_in_words, concerns_in_words

if TYPE_CHECKING:
    from accounts.models import User

#: How many projects are told of at first, and at most: who needs more wants a list to filter.
FIRST_LINES, MOST_LINES = 5, 100

ACTIVE, PLANNED = LIFECYCLE_VALUES[Lifecycle.ACTIVE], LIFECYCLE_VALUES[Lifecycle.PLANNED]
BEST, WORSE, WORST = (STATUS_VALUES[status] for status in Status)
#: What the filters of the overview have to say to list exactly the projects of a concern.
FILTERS: dict[Concern, dict[str, list[str]]] = {
    Concern.TURNED_RED: {
        "status": [WORST],
        "previous_status": [BEST, WORSE],
        "lifecycle": [ACTIVE],
    },
    Concern.BECAME_WORSE: {
        "status": [WORSE],
        "previous_status": [BEST],
        "lifecycle": [ACTIVE],
    },
    Concern.OVERDUE: {"overdue": ["ja"], "lifecycle": [ACTIVE]},
    Concern.LATE: {"report_due": ["sen"], "lifecycle": [ACTIVE]},
    Concern.NO_OWNER: {"owner": [NONE], "lifecycle": [PLANNED, ACTIVE]},
    Concern.NO_MANAGER: {"manager": [NONE], "lifecycle": [PLANNED, ACTIVE]},
}


@dataclass(frozen=True)
class Matter:
    """One thing to look at: what it is, and where."""

    words: str
    href: str


@dataclass(frozen=True)
class ConcernLine:
    """One project and all that is to be looked at, the most serious first."""

    project: Project
    matters: list[Matter]


@dataclass(frozen=True)
class ConcernKind:
    """How many projects have the same to be looked at, and their list, if there is one."""

    words: str
    count: int
    href: str


@dataclass(frozen=True)
class Attention:
    """What is to be looked at: the first lines, and how many there are in all.

    `kinds` tells what the lines that are not shown are about. `shows_all` is whether as many lines as
    possible were asked for.
    """

    lines: list[ConcernLine]
    total: int
    kinds: list[ConcernKind]
    shows_all: bool

    @property
    def more(self) -> str:
        """What leads to more lines, in words; empty when there are none, or no more are shown."""
        if self.shows_all or self.total <= FIRST_LINES:
            return ""
        if self.total <= MOST_LINES:
            return _("Show all %(count)s") % {"count": number_format(self.total)}
        words = _("Show the first %(count)s of %(total)s")
        return words % {"count": MOST_LINES, "total": number_format(self.total)}

    @property
    def is_cut(self) -> bool:
        """Whether there is more than a page shows."""
        return self.shows_all and self.total > MOST_LINES

    @property
    def can_be_fewer(self) -> bool:
        return self.shows_all and self.total > FIRST_LINES


@dataclass(frozen=True)
class NeedsAttention:
    """What the database answers, which holds until something is changed in it."""

    chosen: Chosen
    projects: Sequence[Project]


def attention(
    state: State, sight: Sight, *, user: "User", shows_all: bool, memory: OpenContentCache
) -> Attention:
    """Tell what needs looking at in the projects that are found, the most serious first.

    It takes three queries, or none as long as nothing changes.
    """
    is_office = user.has_perm("projects.change_project")
    limit = MOST_LINES if shows_all else FIRST_LINES
    # The whole office sees the same.
    key = ("attention", "office" if is_office else user.pk, limit, *sight.key, *state.question)
    found = memory.recall(
        key,
        lambda: find_attention(
            state.narrowing, sight, user=user.pk, is_office=is_office, limit=limit
        ),
    )
    total, lines = found.chosen.total, len(found.projects)
    return Attention(
        [_line(project, is_office=is_office) for project in found.projects],
        total,
        _kinds(found.chosen, state) if lines < total else [],
        shows_all=shows_all,
    )


def find_attention(
    narrowing: Narrowing, sight: Sight, *, user: int, is_office: bool, limit: int
) -> NeedsAttention:
    """Find what this user, by her key, has to look at in the projects that are selected."""
    rules = PortfolioSettings.current()
    sees_all_signals = rules.show_signal_to(may_edit=is_office)
    rules_and_day = (sees_all_signals, rules.signal_rules, sight.today)
    rows = _choosing(sight, narrowing, *rules_and_day).rows(user=user, limit=limit)
    chosen = read_chosen(rows)
    if not chosen.pks:
        return NeedsAttention(chosen, [])
    shown = _shown(*rules_and_day).rows(user=user, chosen=chosen.pks)
    by_pk = {project.pk: project for project in shown}
    # What somebody has seen to since a moment ago is not there any more.
    return NeedsAttention(chosen, [by_pk[pk] for pk in chosen.pks if pk in by_pk])


@built_once
def _choosing(
    sight: Sight,
    narrowing: Narrowing,
    sees_all_signals: bool,
    rules: SignalRules,
    today: datetime.date,
) -> Sql:
    projects = narrowing.narrow(sight.everything)
    return to_choose_for_attention(_with_concerns(projects, sees_all_signals, rules, today))


@built_once
def _shown(sees_all_signals: bool, rules: SignalRules, today: datetime.date) -> Statement[Project]:
    chosen = Project.objects.filter(pk__in=GivenKeys("chosen"))
    projects = _with_concerns(chosen, sees_all_signals, rules, today)
    return Statement(projects.with_attention(today=today))


def _with_concerns(
    projects: ProjectQuerySet, sees_all_signals: bool, rules: SignalRules, today: datetime.date
) -> ProjectQuerySet:
    return projects.with_concerns(
        user=Given("user"), sees_all_signals=sees_all_signals, rules=rules, today=today
    )


def _line(project: Project, *, is_office: bool) -> ConcernLine:
    can_edit = is_office or project.is_managed_by_user
    return ConcernLine(
        project,
        [
            Matter(
                concern_in_words(concern, project),
                _place(concern, project, can_edit=can_edit, is_office=is_office),
            )
            for concern in map(Concern, project.concerns)
        ],
    )


def _kinds(chosen: Chosen, state: State) -> list[ConcernKind]:
    return [
        ConcernKind(concerns_in_words(concern), count, _list_of(concern, state))
        for concern, count in chosen.counts.items()
    ]


def _list_of(concern: Concern, state: State) -> str:
    """Return the address of the projects of a concern, within the filters in force; empty if there is none."""
    if concern not in FILTERS:
        return ""
    return state.address(way="", **_within(FILTERS[concern], state.values))


def _within(
    wanted: Mapping[str, list[str]], state: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    return {
        name: [value for value in values if value in state.get(name, values)]
        for name, values in wanted.items()
    }


def _place(concern: Concern, project: Project, *, can_edit: bool, is_office: bool) -> str:
    """Return where a concern is seen to: on a form for those who may, else on the project's page."""
    page = project.get_absolute_url()
    match concern:
        case Concern.OVERDUE:
            return f"{page}#{milestone_anchor(project.overdue_pks[0])}"
        case Concern.OFTEN_MOVED:
            return f"{page}#{milestone_anchor(project.often_moved_pks[0])}"
        case Concern.LATE | Concern.GAP if can_edit:
            return page_address("projects:status_report_create", project.slug)
        case Concern.NO_CONTACT if can_edit:
            return page_address("projects:project_edit", project.slug) + "#id_contact"
        case Concern.NO_OWNER if is_office:
            return page_address("projects:project_edit", project.slug) + "#id_owner"
        case Concern.NO_MANAGER if is_office:
            return page_address("projects:project_edit", project.slug) + "#id_managers"
    return page
