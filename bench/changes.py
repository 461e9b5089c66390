"""What Endret siden costs, against today's overview, for 10 and 1,000 projects.

    DATABASE_URL=… python3 do.py manage shell --no-imports --command "import bench.changes"

The database is migrated and has no projects; `bench.fill` says what is made there: between two of
its days every project has got another status, and has delivered one milestone and moved another.
The target: as many queries for 1,000 as for 10, and at most three times the time of the overview.
"""

from bench.fill import DAYS, measure, run

#: A quarter, the year that has passed, and all that is known.
PERIODS = {
    "a quarter": f"?fra={DAYS[4]}&til={DAYS[5]}",
    "until now": f"?fra={DAYS[4]}",
    "two years": f"?fra={DAYS[0]}&til={DAYS[7]}",
}


def compare(size: int) -> None:
    """Print what the overview costs, and Endret siden for shorter and longer periods."""
    overview, overview_ms = measure("/")
    for name, period in PERIODS.items():
        changes, changes_ms = measure(f"/endringer/{period}")
        print(
            f"{size:5} projects   overview {overview:2} queries {overview_ms:7.1f} ms"
            f"   changes {changes:2} queries {changes_ms:7.1f} ms"
            f"   {changes_ms / overview_ms:4.1f} times   {name}"
        )


run(compare)
