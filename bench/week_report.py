"""What came of a week, as tables, and what it says of the targets."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bench.browser import Answer
from bench.memory import Memory
from bench.people import Lists, Manager
from bench.sides import Side

ALONE = "alone"
READERS = ("reader: overview", "reader: overview, filtered", "reader: project")
OVERVIEWS, PROJECTS = READERS[:2], READERS[2:]

#: Shares and times that are aimed at.
PROJECTS_FROM_MEMORY = 0.85
SHARE_BESIDE, TIME_BESIDE = 0.9, 1.2


@dataclass(frozen=True)
class Asked:
    """Whether an answer came from memory, and its seconds."""

    is_from_memory: bool
    seconds: float


@dataclass
class Measured:
    """What came of the week by itself, or of the one beside which others commit."""

    seconds: float = 0
    answers: dict[str, list[Asked]] = field(default_factory=lambda: defaultdict(list))

    def tell(self, kind: str, answer: Answer) -> None:
        """Keep what is to be known of an answer; also several at once may tell."""
        assert answer.queries >= 0, "The server does not tell its queries."
        self.answers[kind].append(Asked(answer.queries <= 1, answer.seconds))

    def of(self, kinds: Iterable[str]) -> list[Asked]:
        """All answers of these kinds."""
        return [each for kind in kinds for each in self.answers.get(kind, [])]

    def share(self, kinds: Iterable[str]) -> float:
        """The share of these answers that came from memory."""
        asked = self.of(kinds)
        return sum(each.is_from_memory for each in asked) / len(asked) if asked else math.nan

    def percentile(self, kinds: Iterable[str], share: float) -> float:
        """The milliseconds within which this share was answered."""
        times = sorted(each.seconds for each in self.of(kinds))
        return times[math.ceil(share * len(times)) - 1] * 1000 if times else math.nan

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.of(self.answers)) / self.seconds


@dataclass
class Site:
    """A side that is being served, those who use it, and what came of it."""

    side: Side
    port: int
    pid: int
    lists: Lists
    managers: list[Manager]
    office: str
    memory: dict[str, Memory]
    weeks: dict[str, Measured] = field(default_factory=lambda: defaultdict(Measured))


def print_report(sites: list[Site]) -> None:
    """Print a row for each kind of page, for each week the requests and the memory, and the targets."""
    weeks = [(site, name, week) for site in sites for name, week in site.weeks.items()]
    heads = [_head(site, name, sites) for site, name, _week in weeks]
    print(f"| p50 / p95 ms, from memory | {' | '.join(heads)} |\n|{'---|' * (len(heads) + 1)}")
    for kind in sorted({kind for _site, _name, week in weeks for kind in week.answers}):
        print(f"| {kind} | {' | '.join(_cell(week, kind) for _site, _name, week in weeks)} |")
    rates = " | ".join(f"{week.rate:.0f}" for _site, _name, week in weeks)
    print(f"| requests a second | {rates} |")
    print("\n| memory of the workers, MB | RSS at rest | after | PSS at rest | after |")
    print("|---|---|---|---|---|")
    for site in sites:
        rest, after = site.memory["at rest"], site.memory["after"]
        figures = (rest.rss, after.rss, rest.pss, after.pss)
        print(f"| {site.side.name} | {' | '.join(f'{each:.0f}' for each in figures)} |")
    print("\n| Target | Reached | |\n|---|---|---|")
    for target, reached, is_met in _verdicts(sites):
        print(f"| {target} | {reached} | {'met' if is_met else '**missed**'} |")


def _head(site: Site, week: str, sites: list[Site]) -> str:
    beside = week if week == ALONE else f"commits {week}" if week == "elsewhere" else week
    return f"{site.side.name}, {beside}" if len(sites) > 1 else beside


def _cell(week: Measured, kind: str) -> str:
    times = f"{week.percentile([kind], 0.5):.1f} / {week.percentile([kind], 0.95):.1f}"
    return f"{times}, {week.share([kind]):.0%}" if kind in READERS else times


def _verdicts(sites: list[Site]) -> Iterator[tuple[str, str, bool]]:
    now, then = sites[0], sites[1] if len(sites) > 1 else None
    alone = now.weeks[ALONE]
    share = alone.share(PROJECTS)
    earlier = f"; then {then.weeks[ALONE].share(PROJECTS):.0%}" if then else ""
    aim = f"readers' project pages from memory: at least {PROJECTS_FROM_MEMORY:.0%}"
    yield aim, f"{share:.0%}{earlier}", share >= PROJECTS_FROM_MEMORY
    for name, week in now.weeks.items():
        if name == ALONE:
            continue
        for what, kinds in (("project pages", PROJECTS), ("overviews", OVERVIEWS)):
            part = week.share(kinds) / alone.share(kinds)
            earlier = f"; then {_part(then, name, kinds):.2f}" if then else ""
            aim = f"{name}: readers' {what} from memory at least {SHARE_BESIDE} of that alone"
            yield aim, f"{part:.2f}{earlier}", part >= SHARE_BESIDE
        times = week.percentile(READERS, 0.95) / alone.percentile(READERS, 0.95)
        aim = f"{name}: p95 of readers' pages at most {TIME_BESIDE} times that alone"
        yield aim, f"{times:.2f}", times <= TIME_BESIDE
    if then:
        for when in ("at rest", "after"):
            ours, theirs = now.memory[when].pss, then.memory[when].pss
            aim = f"memory of the workers {when} (PSS): at most that of then"
            yield aim, f"{ours:.0f} MB; then {theirs:.0f} MB", ours <= theirs


def _part(site: Site, week: str, kinds: Iterable[str]) -> float:
    return site.weeks[week].share(kinds) / site.weeks[ALONE].share(kinds)
