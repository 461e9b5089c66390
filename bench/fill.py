"""What the measurements share: a portfolio with a past of two years, and a stopwatch.

Each project has nine milestones and eight reports. What is made is rolled back.
"""

import datetime
import statistics
import time
from collections.abc import Callable, Iterable

from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fkj_portfolio.history import true_from
from milestones.models import DateMove, Milestone
from projects.models import (
    Lifecycle,
    Owner,
    Project,
    RiskLevel,
    Segment,
    Status,
    StatusReport,
    StrategicGoal,
    Strategy,
)

SIZES = (10, 1_000)
MONTH = datetime.timedelta(days=30)
#: The days of the reports, a quarter apart.
DAYS = [datetime.date(2024, 1, 15) + 3 * MONTH * number for number in range(8)]
TIMES = 9


def run(compare: Callable[[int], None]) -> None:
    """Compare with few projects, then with many, in a database that has none."""
    if Project.objects.exists():
        raise CommandError("This database has projects. Name an empty one by DATABASE_URL.")
    with transaction.atomic():
        make_registers()
        for size in SIZES:
            make_projects(size - Project.objects.count())
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            compare(size)
        transaction.set_rollback(True)


def make_registers() -> None:
    """Make what projects name."""
    strategy = Strategy.objects.create(
        name="Strategi", starts_on=datetime.date(2023, 1, 1), ends_on=datetime.date(2030, 12, 31)
    )
    for number in range(1, 6):
        StrategicGoal.objects.create(strategy=strategy, number=number, name=f"Mål {number}")
    for number in range(1, 4):
        Segment.objects.create(name=f"Segment {number}", slug=f"segment-{number}")
    for number in range(40):
        Owner.objects.create(name=f"Eier {number}", slug=f"eier-{number}")


def make_projects(count: int) -> None:
    """Make projects as of the first day, and let them live through the others."""
    begun = datetime.datetime.combine(DAYS[0], datetime.time(12), datetime.UTC)
    owners, segments = list(Owner.objects.all()), list(Segment.objects.all())
    goals = list(StrategicGoal.objects.all())
    start = Project.objects.count()
    with true_from(DAYS[0]):
        projects = Project.objects.bulk_create(
            Project(title=f"Journal {number}", slug=f"bench-{number}", is_published=True,
                    published_at=begun, owner=owners[number % 40], segment=segments[number % 3],
                    main_goal=goals[number % 5])
            for number in range(start, start + count)
        )  # fmt: skip
        Milestone.objects.bulk_create(
            Milestone(project=project, code=f"MP{number}", title="Styringsdokument",
                      position=number, original_due_on=DAYS[0] + 4 * MONTH * number,
                      due_on=DAYS[0] + 4 * MONTH * number)
            for project in projects
            for number in range(1, 10)
        )  # fmt: skip
    for number, day in enumerate(DAYS):
        with true_from(day):
            live_on(projects, number, day)
    Project.objects.filter(pk__in=[each.pk for each in projects[::9]]).update(
        lifecycle=Lifecycle.CLOSED
    )


def live_on(projects: Iterable[Project], number: int, day: datetime.date) -> None:
    """Report on every project; deliver one milestone of each and move another."""
    StatusReport.objects.bulk_create(
        StatusReport(project=project, status=Status.values[(project.pk + number) % 3],
                     status_text="Arbeidet går etter planen. " * 20,
                     risk_level=RiskLevel.values[(project.pk + number) % 4], reported_on=day)
        for project in projects
    )  # fmt: skip
    mine = Milestone.objects.filter(project__in=projects)
    if number and number < 7:
        mine.filter(position=number).update(is_delivered=True, delivered_on=day)
    moved = list(mine.filter(position=number + 2))
    DateMove.objects.bulk_create(
        DateMove(milestone=each, from_date=each.due_on, to_date=each.due_on + MONTH,
                 moved_at=datetime.datetime.combine(day, datetime.time(12), datetime.UTC))
        for each in moved
    )  # fmt: skip
    mine.filter(position=number + 2).update(due_on=F("due_on") + MONTH)


def measure(address: str) -> tuple[int, float]:
    """Return the queries and the median milliseconds of some requests."""
    client = Client(SERVER_NAME="localhost")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, secure=True)
    assert response.status_code == 200, response
    # The next request empties the log.
    count = len(queries)
    times = []
    for _each in range(TIMES):
        began = time.perf_counter()
        client.get(address, secure=True)
        times.append((time.perf_counter() - began) * 1000)
    return count, statistics.median(times)
