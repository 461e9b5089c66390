"""The synthetic portfolio: the same each time, and with the past that the triggers would keep."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test import Client

from accounts.models import User
from exchange.examples.synthetic import portfolio
from exchange.examples.synthetic.portfolio import TABLES, make_portfolio
from fkj_portfolio.history import as_of, true_from
from milestones.models import DateMove, Milestone
from projects.models import Lifecycle, Project, RiskLevel, Status, StatusReport
from projects.models.fields import norwegian_slug
from tests.factories import OwnerFactory, StatusReportFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 2)
#: What is of the time at which it was made, and the numbers of the history.
RECORDED = {"pgh_created_at", "recorded_at"}
Row = dict[str, Any]


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def read(table: str, *, without: set[str] = RECORDED) -> list[Row]:
    """All rows of a table as they were inserted; of a history thing by thing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    rows.sort(key=lambda row: (row.get("id", row.get("project_id")), row.get("pgh_id", 0)))
    return [{name: row[name] for name in names if name not in without} for row in rows]


def ask(question: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {answer for (answer,) in cursor.fetchall()}


#: Each model whose history is replayed, in the order in which things come on one day.
REPLAYED: list[tuple[type[Model], str, str]] = [
    (Project, "projects_projectevent", "insert"),
    (Project, "projects_projectevent", "update"),
    (Project.managers.through, "projects_projectmanagerevent", "insert"),
    (Project.further_goals.through, "projects_projectfurthergoalevent", "insert"),
    (Milestone, "milestones_milestoneevent", "insert"),
    (DateMove, "milestones_datemoveevent", "insert"),
    (Milestone, "milestones_milestoneevent", "update"),
    (StatusReport, "projects_statusreportevent", "insert"),
]


def replay(history: dict[str, list[Row]]) -> None:
    """Do day by day what a history tells of, with all guards and triggers on."""
    steps = [
        (event["pgh_true_from"], place, event["pgh_id"], model, event)
        for place, (model, table, label) in enumerate(REPLAYED)
        for event in history[table]
        if event["pgh_label"] == label
    ]
    for time, _place, _number, model, event in sorted(steps, key=lambda step: step[:3]):
        values = {name: value for name, value in event.items() if not name.startswith("pgh_")}
        things = model._default_manager
        with true_from(time.date()):
            if event["pgh_label"] == "insert":
                things.bulk_create([model(**values)])
            else:
                things.filter(pk=values.pop("id")).update(**values)


class TestMakePortfolio:
    def test_tells_how_fast_it_was(self, capsys):
        call_command("make_portfolio", projects=3)

        assert capsys.readouterr().out.startswith("3 prosjekter på ")
        assert Project.objects.count() == 3

    def test_refuses_a_database_that_holds_anything_else(self):
        OwnerFactory()

        with pytest.raises(CommandError, match="eiere"):
            call_command("make_portfolio", projects=3)

        assert not Project.objects.exists()

    def test_refuses_to_make_nothing(self):
        with pytest.raises(CommandError, match="minst ett"):
            call_command("make_portfolio", projects=0)

    def test_gives_each_project_nine_milestones_and_eight_reports(self):
        make_portfolio(30, today=TODAY)

        projects = Project.objects.all()
        assert len(projects) == 30
        for project in projects:
            assert project.milestones.count() == 9
            assert project.status_reports.count() == 8

    def test_is_the_same_each_time(self):
        with undone():
            make_portfolio(30, today=TODAY)
            before = {table: read(table) for table in TABLES}

        make_portfolio(30, today=TODAY)

        assert {table: read(table) for table in TABLES} == before

    def test_calls_no_two_projects_the_same(self):
        make_portfolio(300, today=TODAY)

        titles = dict(Project.objects.values_list("title", "slug"))
        assert len(titles) == 300
        assert titles == {title: norwegian_slug(title) for title in titles}

    def test_has_projects_in_every_state(self):
        make_portfolio(300, today=TODAY)

        projects, milestones = Project.objects, Milestone.objects
        assert set(projects.values_list("lifecycle", flat=True)) == set(Lifecycle.values)
        assert {*StatusReport.objects.values_list("status", flat=True)} == {*Status.values}
        assert {*StatusReport.objects.values_list("risk_level", flat=True)} == {*RiskLevel.values}
        assert projects.filter(is_published=False).exists()
        assert projects.filter(contact=None).exists()
        assert projects.filter(managers=None).exists()
        assert milestones.filter(is_obsolete=True).exists()
        assert milestones.filter(is_delivered=True, delivered_on=None).exists()
        assert 0 < milestones.overdue(today=TODAY).count() < milestones.outstanding().count() / 4
        assert 0 < DateMove.objects.count() < milestones.count() / 2
        assert not StatusReport.objects.filter(reported_on__gt=TODAY).exists()

    def test_has_projects_that_go_better_and_worse_than_at_the_report_before(self):
        make_portfolio(200, today=TODAY)

        changed = ask(
            "SELECT previous_status || ' ' || status FROM projects_projectfigures"
            " WHERE status <> previous_status"
        )

        assert {"on_track challenges", "challenges on_track"} <= changed

    def test_leaves_keys_and_indexes_as_they_were(self, monkeypatch):
        """Of many projects it is quicker to make them anew."""
        monkeypatch.setattr(portfolio, "MANY", 5)
        questions = [
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint",
        ]
        before = [ask(question) for question in questions]

        make_portfolio(5, today=TODAY)

        assert [ask(question) for question in questions] == before


class TestThePast:
    def test_is_what_the_triggers_would_keep(self):
        """Every guard lets the same things happen day by day, and their history is the same."""
        with undone():
            make_portfolio(40, today=TODAY)
            made = {table: read(table) for table in TABLES}
        make_portfolio(0, today=TODAY)

        replay(made)

        # The triggers number the events of all things as they come, day by day.
        numbers = RECORDED | {"pgh_id"}
        for table in TABLES:
            expected = [
                {name: value for name, value in row.items() if name not in numbers}
                for row in made[table]
            ]
            assert read(table, without=numbers) == expected, table

    def test_shows_the_portfolio_as_it_was(self):
        make_portfolio(40, today=TODAY)

        with as_of(TODAY - datetime.timedelta(days=365)):
            assert Project.objects.count() == 40
            closed = Project.objects.filter(lifecycle=Lifecycle.CLOSED).count()
            reports = StatusReport.objects.count()
            delivered = Milestone.objects.filter(is_delivered=True).count()
        assert closed < Project.objects.filter(lifecycle=Lifecycle.CLOSED).count()
        assert 0 < reports < 320
        assert 0 < delivered < Milestone.objects.filter(is_delivered=True).count()

    def test_is_told_on_the_pages(self, client: Client):
        make_portfolio(5, today=TODAY)
        client.force_login(User.objects.earliest("pk"))
        address = Project.objects.published().earliest("pk").get_absolute_url()

        for page in (f"{address}?per=2025-06-02", f"{address}historikk/", "/?per=2025-06-02"):
            assert client.get(page).status_code == 200, page

    def test_leaves_every_guard_in_place(self):
        make_portfolio(5, today=TODAY)

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger"
                " WHERE tgrelid = ANY (%s::regclass[]) AND tgenabled <> 'O'"
                # The fixtures switch these off, for the tests of the real browser.
                " AND tgname NOT IN ('reports_stand', 'history_stands')",
                [TABLES],
            )
            assert cursor.fetchone() == (0,)
        with pytest.raises(IntegrityError, match="reported_on_is_not_in_future"):
            StatusReportFactory(reported_on=datetime.date(2999, 1, 1))
