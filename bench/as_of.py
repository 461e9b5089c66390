"""What a day in the past costs: the overview as of then, against today's, for 10 and 1,000 projects.

    DATABASE_URL=… python3 do.py manage shell --no-imports --command "import bench.as_of"

The database is migrated and has no projects; `bench.fill` says what is made there. The target: as many queries for 1,000
as for 10, and at most three times the time of today's.
"""

from bench.fill import DAYS, MONTH, measure, run

AS_OF = DAYS[5] + MONTH
ADDRESSES = ["/", "/?sok=mp2+journal", "/?sorter=-frist", "/?risiko=hoy&forfalt=ja&sorter=-status"]


def compare(size: int) -> None:
    """Print what each address costs today and as of a day."""
    for address in ADDRESSES:
        now, now_ms = measure(address)
        then, then_ms = measure(f"{address}{'&' if '?' in address else '?'}per={AS_OF}")
        print(
            f"{size:5} projects   today {now:2} queries {now_ms:7.1f} ms"
            f"   as of {AS_OF} {then:2} queries {then_ms:7.1f} ms"
            f"   {then_ms / now_ms:4.1f} times   {address}"
        )


run(compare)
