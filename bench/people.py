"""Those who use the site in a week of reporting: readers, managers and the office, each in a thread."""

import datetime
import itertools
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from bench.browser import Answer, Browser
from bench.forms import find_form

#: The overview as readers narrow it down and look at it.
FILTERED = [
    "/?status=betydelige-utfordringer&risiko=hoy&sorter=-status",
    "/?status=betydelige-utfordringer",
    "/?risiko=hoy",
    "/?sok=felles+journal",
    "/?grupper=eier",
    "/?sorter=-frist",
    "/?vis=tidslinje",
    "/?vis=fordeling",
]
PROJECT = re.compile(r'href="/prosjekter/([-\w]+)/"')
#: What a form says that was refused.
REFUSED = re.compile(r'class="ds-validation-message"[^>]*>([^<]*)')
SECONDS_BETWEEN_SAVES = 2

#: The projects that each state of the overview shows, the first at the top.
Lists = Mapping[str, Sequence[str]]
Tell = Callable[[str, Answer], None]


def look_around(browser: Browser) -> Lists:
    """Read which projects each state of the overview shows."""
    shown = {
        address: list(dict.fromkeys(PROJECT.findall(browser.open(address).page)))
        for address in ("/", *FILTERED)
    }
    # The distribution names none.
    return {address: projects or shown["/"] for address, projects in shown.items()}


def visits(lists: Lists, random: Random) -> Iterator[tuple[str, str]]:
    """What readers open, page by page: the overview, half of them a part of it, then some of the projects there.

    The first of a list is opened most, as often as the second and the third together.
    """
    while True:
        state = "/"
        yield "overview", state
        if random.random() < 0.5:
            state = random.choice(FILTERED)
            yield "overview, filtered", state
        projects = lists[state]
        weights = [1 / place for place in range(1, len(projects) + 1)]
        for project in random.choices(projects, weights, k=random.randint(1, 4)):
            yield "project", f"/prosjekter/{project}/"


@dataclass(frozen=True)
class Manager:
    """A manager with her session, the names of her projects, and her milestones with theirs."""

    session: str
    projects: Sequence[str]
    outstanding: list[tuple[str, int]]
    #: Delivered by mistake, and taken back the next time.
    delivered: list[tuple[str, int]] = field(default_factory=list)
    #: So that she never saves the same twice.
    saves: Iterator[int] = field(default_factory=itertools.count)


class Week:
    """A part of the week: where it takes place, how long readers look at a page, and what came of it."""

    def __init__(self, port: int, lists: Lists, *, pause: float, tell: Tell) -> None:
        self.port, self.lists, self.pause, self.tell = port, lists, pause, tell
        self.is_over = threading.Event()

    def be_reader(self, random: Random, *, pages: int | None = None) -> None:
        """Read page by page, so many or until it is over."""
        browser = Browser(self.port)
        for kind, address in itertools.islice(visits(self.lists, random), pages):
            if self.is_over.wait(random.uniform(0.5, 1.5) * self.pause):
                return
            self.tell(f"reader: {kind}", browser.open(address))

    def be_manager(self, manager: Manager, random: Random) -> None:
        """Save every two seconds: report, move or deliver, each through its form."""
        browser = Browser(self.port, session=manager.session)
        for _turn in self._turns(random):
            deed = random.choice([self._report, self._move, self._deliver])
            saved = deed(browser, manager, random)
            if saved.status != 302:
                raise RuntimeError(
                    f"{deed.__name__}: {saved.status}: {' '.join(REFUSED.findall(saved.page))}"
                )
            self.tell("manager: saving", saved)
            self.tell("manager: project", browser.open(saved.leads_to))

    def be_office(self, session: str, random: Random) -> None:
        """Look at the overview, open a project, and confirm what it reports."""
        browser = Browser(self.port, session=session)
        for _turn in self._turns(random):
            state = random.choice(["/", "/", *FILTERED])
            self.tell("office: overview", browser.open(state))
            page = f"/prosjekter/{random.choice(self.lists[state])}/"
            answer = browser.open(page)
            self.tell("office: project", answer)
            if confirm := find_form(answer.page, "/bekreft/"):
                self.tell("office: confirming", browser.send(page, confirm))

    def _turns(self, random: Random) -> Iterator[int]:
        """Count the turns, one every two seconds; not all at once."""
        began = time.monotonic() - random.random() * SECONDS_BETWEEN_SAVES
        for number in itertools.count(1):
            due = began + number * SECONDS_BETWEEN_SAVES
            if self.is_over.wait(max(0, due - time.monotonic())):
                return
            yield number

    def _report(self, browser: Browser, manager: Manager, random: Random) -> Answer:
        address = f"/prosjekter/{random.choice(manager.projects)}/status/"
        return self._send(
            browser,
            address,
            'name="status_text"',
            status_text=f"Arbeidet går videre. {next(manager.saves)} brukere er med.",
            gap_reason="Leveransene er snart i rute.",
        )

    def _move(self, browser: Browser, manager: Manager, random: Random) -> Answer:
        project, milestone = random.choice(manager.outstanding)
        address = f"/prosjekter/{project}/leveranser/{milestone}/flytt/"
        day = datetime.date.today() + datetime.timedelta(days=1000 + next(manager.saves))  # noqa: DTZ011
        words = {"to": f"{day:%d.%m.%Y}", "cause": "other", "reason": "Venter på avklaring."}
        return self._send(browser, address, 'name="to"', **words)

    def _deliver(self, browser: Browser, manager: Manager, random: Random) -> Answer:
        if manager.delivered:
            project, milestone = manager.delivered.pop()
            manager.outstanding.append((project, milestone))
            return self._send(browser, f"/prosjekter/{project}/", f"/{milestone}/gjenapne/")
        project, milestone = random.choice(manager.outstanding)
        manager.outstanding.remove((project, milestone))
        manager.delivered.append((project, milestone))
        address = f"/prosjekter/{project}/leveranser/{milestone}/lever/"
        return self._send(browser, address, 'name="delivered_on"')

    def _send(self, browser: Browser, address: str, having: str, **filled: str) -> Answer:
        opened = browser.open(address)
        kind = "form" if filled else "project"
        self.tell(f"manager: {kind}", opened)
        form = find_form(opened.page, having)
        assert form, f"{address} has no form with {having}."
        return browser.send(address, form, **filled)
