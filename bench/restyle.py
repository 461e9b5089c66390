"""How long a browser on a slow machine is at a change of a filter: with Designsystemet as we serve it, and with all of it.

    .venv/bin/python -m bench.restyle [--projects 1000] [--rounds 12]

One server, one page, both style sheets in turns, in a Chromium whose processor is four times slower. The
figures are medians. The longest event is that of the Event Timing API, from the click until something is painted.
Elements and passes are of the restyling; they are counted in a round of their own, since tracing takes time.
"""

import argparse
import os
import re
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

from bench.server import ROOT, make_database, serve
from fkj_portfolio import postgres
from tests import chromium

SLOWER = 4
SETTLED_MS = 1_500
(WHOLE,) = (ROOT / "static" / "vendor" / "designsystemet-css").glob("*/designsystemet.css")
SHEET = re.compile(r"/css/designsystemet[.][^/]*css$")
WATCH = """() => {
  window.longest = 0;
  const note = (list) => list.getEntries().forEach(({ duration }) => { longest = Math.max(longest, duration); });
  new PerformanceObserver(note).observe({ type: "event", durationThreshold: 16 });
}"""


def main() -> None:
    """Print the figures of both, and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m bench.restyle", description=__doc__)
    parser.add_argument("--projects", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=12)
    options = parser.parse_args()
    where = os.environ.get("DATABASE_URL") or postgres.start(ROOT, purpose="bench")
    database = make_database(where, options.projects, anew=False)
    sides = [None, WHOLE.read_text("utf-8")]
    taken: list[list[dict[str, float]]] = [[], []]
    with (
        tempfile.TemporaryDirectory() as bodies,
        serve(database, Path(bodies)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium.find(sys.executable), args=["--no-sandbox", "--disable-gpu"]
        )
        address = f"http://localhost:{server.port}/"
        restyled = [change_filter(browser, address, side, is_traced=True) for side in sides]
        for _round in range(options.rounds):
            for side, times in zip(sides, taken, strict=True):
                times.append(change_filter(browser, address, side, is_traced=False))
    print("| | as served | all of it | ratio |\n|---|---|---|---|")
    for name in taken[0][0]:
        made, whole = (statistics.median(each[name] for each in times) for times in taken)
        print(f"| {name} | {made:.0f} | {whole:.0f} | {made / whole:.2f} |")
    for name in ("elements restyled", "passes"):
        made, whole = (each[name] for each in restyled)
        print(f"| {name} | {made:.0f} | {whole:.0f} | {made / whole:.2f} |")


def change_filter(
    browser: Browser, address: str, sheet: str | None, *, is_traced: bool
) -> dict[str, float]:
    """Choose something in a panel of the overview, and return what that took in milliseconds, or what was restyled."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    page = context.new_page()
    if sheet:
        page.route(SHEET, answer_with(sheet))
    page.goto(address, wait_until="networkidle")
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Performance.enable")
    page.locator("#panel-risiko summary").click()
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    found = _traced(page, session) if is_traced else _timed(page, session)
    context.close()
    return found


def answer_with(style: str) -> Any:
    """Return what answers a request with a style sheet."""

    def answer(route: Route) -> None:
        route.fulfill(body=style, content_type="text/css")

    return answer


def _choose(page: Page) -> None:
    page.locator("#panel-risiko .choices__one").first.click()
    page.wait_for_url("**risiko=**")
    page.wait_for_timeout(SETTLED_MS)


def _timed(page: Page, session: CDPSession) -> dict[str, float]:
    before = _metrics(session)
    _choose(page)
    after = _metrics(session)
    return {
        "longest event, ms": page.evaluate("longest"),
        "main thread, ms": 1000 * (after["TaskDuration"] - before["TaskDuration"]),
        "of it styles, ms": 1000 * (after["RecalcStyleDuration"] - before["RecalcStyleDuration"]),
    }


def _metrics(session: CDPSession) -> dict[str, float]:
    told = session.send("Performance.getMetrics")["metrics"]
    return {each["name"]: each["value"] for each in told}


def _traced(page: Page, session: CDPSession) -> dict[str, float]:
    events: list[dict[str, Any]] = []
    ended: list[object] = []
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    session.on("Tracing.tracingComplete", lambda told: ended.append(told))
    session.send(
        "Tracing.start", {"categories": "devtools.timeline", "transferMode": "ReportEvents"}
    )
    _choose(page)
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(50)
    passes = [
        each["args"]["elementCount"]
        for each in events
        if each["name"] == "UpdateLayoutTree" and "elementCount" in each.get("args", {})
    ]
    return {"elements restyled": sum(passes), "passes": len(passes)}


if __name__ == "__main__":
    main()
