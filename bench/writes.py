"""Compare what it costs to save with what it cost at another commit, in one run on the same data.

    .venv/bin/python -m bench.writes c085319 [--projects 1000] [--rounds 60]

Each form is opened and sent through its view, by a process for each commit; only the sending is timed. They take
turns, and another begins each round. The third is this checkout without the marks of the content (ADR 34).
The figures are the medians by the clock and of the time of the process, the rest of which the database
takes; and the medians of the ratios of each round.
"""

import argparse
import contextlib
import datetime
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import psycopg

from bench.forms import find_form
from bench.machine import describe
from bench.sides import OFFICE, Side, sides
from bench.workers import Made, Worker, in_turns, working

#: So many projects are changed at once.
SEVERAL = 25
WARM_UP = 3


@dataclass(frozen=True)
class Writer:
    """A side, the process that saves, and what there is to save."""

    worker: Worker
    manager: str
    page: str
    milestones: list[int]
    segments: list[int]
    several: list[str]

    def send(self, who: str, address: str, field: str, **filled: str) -> Made:
        """Open the form that has this field, fill it in and send it; it leads to another page."""
        page = self.worker.ask(who, address, shows_page=True).page
        form = find_form(page, f'name="{field}"')
        if form is None:
            raise RuntimeError(f"{address} has no form with {field}.")
        known = {name: value for name, value in filled.items() if name in form.fields}
        made = self.worker.ask(
            who, form.action or address, fields=form.fields | known, status=302, shows_page=True
        )
        # What is told on the next page does not pile up.
        self.worker.ask(who, made.leads_to.partition("#")[0])
        return made


def report(writer: Writer, number: int) -> Made:
    """Report status."""
    return writer.send(
        writer.manager,
        f"{writer.page}status/",
        "status_text",
        status_text=f"Arbeidet går videre, uke {number}.",
        gap_reason="Leveransene er snart i rute.",
    )


def move(writer: Writer, number: int) -> Made:
    """Move the due date of a milestone."""
    milestone = writer.milestones[number % len(writer.milestones)]
    to = datetime.date.today() + datetime.timedelta(days=1000 + number)  # noqa: DTZ011
    return writer.send(
        writer.manager,
        f"{writer.page}leveranser/{milestone}/flytt/",
        "to",
        to=f"{to:%d.%m.%Y}",
        cause="other",
        reason="Venter på avklaring.",
    )


def deliver(writer: Writer, number: int) -> Made:
    """Deliver a milestone, which is taken back afterwards."""
    address = f"{writer.page}leveranser/{writer.milestones[0]}/"
    made = writer.send(writer.manager, f"{address}lever/", "delivered_on")
    writer.worker.ask(writer.manager, f"{address}gjenapne/", fields={}, status=302)
    writer.worker.ask(writer.manager, writer.page)
    return made


def change_several(writer: Writer, number: int) -> Made:
    """Give several projects another segment."""
    segment = writer.segments[number % len(writer.segments)]
    chosen = {"felt": "segment", "til": segment, "prosjekt": writer.several}
    return writer.send(OFFICE, f"/endre-flere/?{urlencode(chosen, doseq=True)}", "token")


DEEDS: dict[str, Callable[[Writer, int], Made]] = {
    "a status report": report,
    "moving a milestone": move,
    "delivering a milestone": deliver,
    f"the segment of {SEVERAL} projects": change_several,
}


def main() -> None:
    """Measure deed by deed; print the medians and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m bench.writes", description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--projects", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    with sides(options.commit, projects=options.projects) as both, contextlib.ExitStack() as stack:
        print(describe(both[0]))
        three = [*both, without_marks(both[0])]
        writers = [prepare(side, stack.enter_context(working(side))) for side in three]
        print("| saving | | now, ms | then, ms | ratio | without marks, ms | ratio |")
        print("|---|---|---|---|---|---|---|")
        for name, deed in DEEDS.items():
            made = compare(writers, deed, options.rounds)
            for what in ("seconds", "worked"):
                figures = tell(*([getattr(each, what) for each in done] for done in made))
                kind = "by the clock" if what == "seconds" else "the process"
                print(f"| {name} | {kind} | {' | '.join(figures)} |", flush=True)


def without_marks(side: Side) -> Side:
    """Copy a side, and let nothing there add to the marks."""
    copied = side.copied("unmarked")
    with psycopg.connect(copied.database) as connection:
        connection.execute("DROP FUNCTION projects_mark_content CASCADE")
    return copied


def prepare(side: Side, worker: Worker) -> Writer:
    """Find what can be saved; a milestone that nobody has been told of is moved without a reason."""
    project, manager = side.find_manager()
    milestones = side.find(
        "SELECT milestones_milestone.id FROM milestones_milestone JOIN projects_project"
        " ON projects_project.id = project_id WHERE slug = %s AND delivered_on IS NULL"
        " AND NOT is_delivered AND NOT is_obsolete AND due_on IS NOT NULL ORDER BY 1",
        project,
    )
    segments = side.find("SELECT id FROM projects_segment WHERE in_use ORDER BY id LIMIT 2")
    several = side.find("SELECT slug FROM projects_project ORDER BY id LIMIT %s", SEVERAL)
    return Writer(
        worker,
        manager,
        f"/prosjekter/{project}/",
        *([each for (each,) in found] for found in (milestones, segments, several)),
    )


def compare(
    writers: list[Writer], deed: Callable[[Writer, int], Made], rounds: int
) -> list[list[Made]]:
    """Return what each side took, round by round."""
    made: list[list[Made]] = [[] for _writer in writers]
    for number in range(rounds + WARM_UP):
        for writer, taken in in_turns(list(zip(writers, made, strict=True)), number):
            done = deed(writer, number)
            if number >= WARM_UP:
                taken.append(done)
    return made


def tell(now: list[float], then: list[float], unmarked: list[float]) -> list[str]:
    """Put into words: the medians in milliseconds, and the medians of the ratios."""
    told = [f"{statistics.median(now) * 1000:.1f}"]
    for other in (then, unmarked):
        ratios = [mine / its for mine, its in zip(now, other, strict=True)]
        told += [f"{statistics.median(other) * 1000:.1f}", f"{statistics.median(ratios):.2f}"]
    return told


if __name__ == "__main__":
    main()
