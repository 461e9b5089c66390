"""Statements that are built once: what they are made of, and that their answers are those of Django's querysets."""

import datetime
import threading

import pytest
from django.db import connection
from django.db.models import Model
from django.utils import timezone, translation

from fkj_portfolio.compiled import MOST_KEPT, Given, GivenKeys, Sql, Statement, built_once
from fkj_portfolio.history import as_of
from milestones.models import Milestone
from overview.sight import Sight
from overview.state import Narrowing
from projects.models import PortfolioSettings, Project, StatusReport
from projects.models.portfolio_settings import SignalRules
from tests.factories import (
    DateMoveFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
    UserFactory,
)

TODAY = datetime.date(2026, 7, 10)


@pytest.fixture
def built():
    """What a function was called with, each time that it was."""
    return []


@pytest.fixture
def build(monkeypatch, built):
    """A function that is called once for equal arguments."""
    monkeypatch.setitem(globals(), "_built", built)
    return built_once(_build)


def _build(*values):
    _built.append(values)  # noqa: F821
    return object()


class TestBuiltOnce:
    def test_builds_once_what_has_equal_arguments(self, build):
        assert build(1, "a", TODAY) is build(1, "a", datetime.date(2026, 7, 10))

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ((TODAY,), (TODAY + datetime.timedelta(days=1),)),
            ((True,), (False,)),
            # They are equal in Python, and other values in a statement.
            ((True,), (1,)),
            ((SignalRules(1, 3),), (SignalRules(1, 4),)),
            ((Sight(is_for_staff=True, today=TODAY),), (Sight(is_for_staff=False, today=TODAY),)),
            ((Narrowing("a"),), (Narrowing("b"),)),
        ],
    )
    def test_builds_for_each_other_argument(self, build, first, second):
        assert build(*first) is not build(*second)

    def test_builds_for_each_language(self, build):
        found = []
        for language in ("nb", "nn", "en"):
            with translation.override(language):
                found.append(build())

        assert len(set(map(id, found))) == 3

    def test_builds_for_each_time_zone(self, build):
        here = build()

        with timezone.override("America/Santiago"):
            assert build() is not here

    @pytest.mark.django_db
    def test_builds_for_the_past(self, build):
        now = build()

        with as_of(TODAY):
            assert build() is not now

    def test_keeps_no_more_than_a_few(self, build, built):
        for number in range(MOST_KEPT + 1):
            build(number)
        build(MOST_KEPT)
        assert len(built) == MOST_KEPT + 1

        build(0)

        assert len(built) == MOST_KEPT + 2

    def test_refuses_a_function_that_sees_more_than_its_arguments(self):
        day = TODAY

        with pytest.raises(TypeError, match="day_of sees variables"):

            @built_once
            def day_of():
                return day

    @pytest.mark.parametrize("place", ["itself", "within a tuple", "within a dataclass"])
    def test_refuses_rows_which_are_equal_whatever_they_say(self, build, place):
        row = PortfolioSettings()
        value = {"itself": row, "within a tuple": (1, (row,))}.get(place, Narrowing(row))

        with pytest.raises(TypeError, match="is a row"):
            build(value)

    def test_builds_again_what_failed(self, build, built):
        for _time in range(2):
            with pytest.raises(TypeError):
                build(PortfolioSettings())

        assert built == []


def told(rows):
    """All that stands in rows, in the rows that they refer to, and in those that were read with them."""
    return [_told(row) if isinstance(row, Model) else row for row in rows]


def _told(row):
    related = {name: each and _values(each) for name, each in row._state.fields_cache.items()}
    prefetched = getattr(row, "_prefetched_objects_cache", {}).items()
    lists = {name: each for name, each in vars(row).items() if isinstance(each, list)}
    lists |= {name: list(each) for name, each in prefetched}
    return _values(row) | related | {name: told(each) for name, each in lists.items()}


def _values(row):
    kept = vars(row).items()
    return {name: each for name, each in kept if name[0] != "_" and not isinstance(each, list)}


def querysets():
    """Querysets of every kind that pages ask by."""
    projects, rules = Project.objects.for_overview(today=TODAY), SignalRules(1, 3)
    return {
        "page of a project": Project.objects.for_page(rules=rules, today=TODAY).in_order(),
        "table": projects.select_related("owner").with_next_milestone().in_order()[:2],
        "timeline": projects.with_timeline_milestones().in_order(),
        "work to do": Project.objects.for_manager(rules=rules, today=TODAY),
        "milestones": Milestone.objects.for_project_page(),
        "reports": StatusReport.objects.for_timeline(),
        "managers": Project.objects.in_order().prefetch_related("managers"),
        "without long texts": Project.objects.in_order().defer("description"),
        "values": projects.in_order().values_list(
            "pk", "is_overdue", "next_due_on", "published_at"
        ),
        "one value": projects.in_order().values_list("report_due_on", flat=True),
        "union": projects.values_list("pk").union(Milestone.objects.values_list("pk")),
        "nothing": Project.objects.none(),
    }


@pytest.fixture
def portfolio(db):
    """Three projects with all that is read beside them."""
    for number in range(3):
        manager = UserFactory()
        project = ProjectFactory(owner=OwnerFactory(), managers=[manager] if number else [])
        for _number in range(number):
            first = StatusReportFactory(project=project, reported_by=manager)
            StatusReportFactory(project=project, corrects=first)
            late, _later = MilestoneFactory.create_batch(2, project=project)
            DateMoveFactory(milestone=late, moved_by=manager)


@pytest.mark.usefixtures("portfolio")
class TestStatement:
    @pytest.mark.parametrize("kind", querysets())
    def test_answers_as_the_queryset_does_each_time(
        self, kind, django_assert_num_queries, django_assert_max_num_queries
    ):
        statement = Statement(querysets()[kind])
        with django_assert_max_num_queries(3) as asked:
            expected = told(list(querysets()[kind]))
        assert expected or kind == "nothing"

        for _time in range(2):
            with django_assert_num_queries(len(asked)):
                assert told(statement.rows()) == expected

    def test_knows_what_its_rows_refer_to(self, django_assert_num_queries):
        rows = Statement(querysets()["timeline"]).rows()

        with django_assert_num_queries(0):
            assert all(each.project is row for row in rows for each in row.timeline_milestones)

    def test_asks_for_what_a_manager_would_when_more_is_wanted(self):
        [row, *_others] = Statement(Milestone.objects.for_project_page()).rows()

        others = DateMoveFactory(milestone=row), DateMoveFactory()

        assert others[0] in row.date_moves.order_by("pk")
        assert others[1] not in row.date_moves.order_by("pk")

    def test_remembers_no_rows(self):
        statement = Statement(Project.objects.in_order().values_list("title", flat=True))
        before = statement.rows()

        ProjectFactory(title="Åpne data")

        assert statement.rows() == [*before, "Åpne data"]

    def test_takes_what_is_given_each_time(self):
        statement = Statement(Project.objects.filter(slug=Given("slug")))

        for project in Project.objects.all():
            assert statement.first(slug=project.slug) == project
        assert statement.first(slug="'; --%s") is None

    def test_takes_keys(self):
        statement = Statement(Project.objects.filter(pk__in=GivenKeys("keys")).order_by("pk"))
        first, second, _third = Project.objects.order_by("pk")

        assert statement.rows(keys=[first.pk, second.pk]) == [first, second]
        assert statement.rows(keys=[]) == []

    def test_misses_what_is_not_given(self):
        with pytest.raises(KeyError, match="slug"):
            Statement(Project.objects.filter(slug=Given("slug"))).rows()

    def test_reads_a_day_in_the_past(self):
        statement = Statement(Project.objects.values_list("title", flat=True))
        assert len(statement.rows()) == 3

        with as_of(timezone.localdate() - datetime.timedelta(days=1)):
            assert statement.rows() == []
        assert len(statement.rows()) == 3


class TestSql:
    @pytest.mark.django_db
    def test_takes_what_is_given_beside_its_own(self):
        sql = Sql("SELECT %s, %s", ["own", Given("name")])

        assert [sql.rows(name=name) for name in ("a", "%s")] == [[("own", "a")], [("own", "%s")]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("portfolio")
class TestThreads:
    def test_each_has_its_own_connection_and_answer(self):
        slugs = [project.slug for project in Project.objects.in_order()]
        made, answers = [], {}

        def compile_it():
            made.append(Statement(Project.objects.filter(slug=Given("slug")).with_next_milestone()))
            connection.close()

        def ask(slug):
            answers[slug] = [made[0].first(slug=slug).slug for _time in range(20)]
            connection.close()

        _run(threading.Thread(target=compile_it))
        _run(*(threading.Thread(target=ask, args=[slug]) for slug in slugs))

        assert answers == {slug: [slug] * 20 for slug in slugs}


def _run(*threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
