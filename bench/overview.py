"""How long the overview takes, and how many queries it needs, for 25 and for 1,000 projects.

    python3 do.py manage shell --no-imports --command "import bench.overview"

What it makes is rolled back. Measured against the same page with fewer projects.
"""

import datetime
import statistics
import time

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from milestones.models import Milestone
from projects.models import Project, RiskLevel, Status, StatusReport

ADDRESSES = ["/", "/?sok=mp2+journal", "/?sorter=-frist", "/?risiko=hoy&forfalt=ja&sorter=-status"]
SIZES = (25, 1_000)
DAY = datetime.date(2026, 1, 1)


def make(count: int) -> None:
    """Make projects with nine milestones and four reports each."""
    start = Project.objects.count()
    projects = Project.objects.bulk_create(
        Project(title=f"Journal {number}", slug=f"bench-{number}", is_published=True,
                published_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        for number in range(start, start + count)
    )  # fmt: skip
    Milestone.objects.bulk_create(
        Milestone(project=project, code=f"MP{number}", title="Styringsdokument",
                  original_due_on=DAY + datetime.timedelta(days=90 * number),
                  due_on=DAY + datetime.timedelta(days=90 * number), is_delivered=number < 3)
        for project in projects
        for number in range(9)
    )  # fmt: skip
    StatusReport.objects.bulk_create(
        StatusReport(project=project, status=Status.values[(project.pk + number) % 3],
                     risk_level=RiskLevel.values[project.pk % 4],
                     reported_on=DAY + datetime.timedelta(days=number))
        for project in projects
        for number in range(4)
    )  # fmt: skip


def measure(address: str) -> tuple[int, float]:
    """Return the queries and the median milliseconds of seven requests."""
    client = Client(SERVER_NAME="localhost")
    with CaptureQueriesContext(connection) as queries:
        client.get(address, secure=True)
    # The next request empties the log.
    count = len(queries)
    times = []
    for _each in range(7):
        began = time.perf_counter()
        client.get(address, secure=True)
        times.append((time.perf_counter() - began) * 1000)
    return count, statistics.median(times)


with transaction.atomic():
    for size in SIZES:
        make(size - Project.objects.count())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for address in ADDRESSES:
            queries, milliseconds = measure(address)
            print(f"{size:5} projects  {queries} queries  {milliseconds:6.1f} ms  {address}")
    transaction.set_rollback(True)
