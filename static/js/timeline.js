// The timeline by keyboard: Tab stops once at the deliveries of a row, and the arrows go on from there.
(() => {
  "use strict";

  const marksIn = (row) => [...row.querySelectorAll("svg a")];
  const middle = (mark) => {
    const { left, width } = mark.querySelector("svg > use").getBoundingClientRect();
    return left + width / 2;
  };

  function makeStop(mark, marks) {
    for (const each of marks) each.setAttribute("tabindex", each === mark ? "0" : "-1");
  }

  function prepare() {
    for (const timeline of document.querySelectorAll("[data-timeline]:not([data-ready])")) {
      for (const row of timeline.querySelectorAll("[data-row]")) {
        const marks = marksIn(row);
        makeStop(marks[0], marks);
      }
      timeline.querySelector("[data-timeline-keys]").hidden = false;
      timeline.dataset.ready = "";
    }
  }

  // The nearest in time of the next row that has any.
  function across(mark, by) {
    const rows = [...mark.closest("[data-timeline]").querySelectorAll("[data-row]:has(svg a)")];
    const row = rows[rows.indexOf(mark.closest("[data-row]")) + by];
    const distance = (other) => Math.abs(middle(other) - middle(mark));
    return row && marksIn(row).reduce((best, other) => (distance(other) < distance(best) ? other : best));
  }

  function target(mark, key) {
    const marks = marksIn(mark.closest("[data-row]"));
    const here = marks.indexOf(mark);
    return {
      ArrowRight: () => marks[here + 1],
      ArrowLeft: () => marks[here - 1] ?? mark.closest("[data-row]").querySelector("a"),
      ArrowDown: () => across(mark, 1),
      ArrowUp: () => across(mark, -1),
      Home: () => marks[0],
      End: () => marks.at(-1),
    }[key]?.();
  }

  function press(event) {
    const mark = event.target.closest?.("[data-timeline] svg a");
    if (!mark || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") hide();
    const next = target(mark, event.key);
    if (!/^(Arrow|Home|End)/.test(event.key)) return;
    event.preventDefault();
    next?.focus();
  }

  // What a delivery is, below it while it has focus; a mouse sees its title.
  let told = null;

  function hide() {
    told?.remove();
    told = null;
  }

  function tell(mark) {
    hide();
    const timeline = mark.closest("[data-timeline]");
    const frame = timeline.getBoundingClientRect();
    told = document.createElement("div");
    told.className = "plan__told";
    told.setAttribute("aria-hidden", "true");
    told.textContent = mark.querySelector("title").textContent;
    timeline.append(told);
    const left = middle(mark) - frame.left - told.offsetWidth / 2;
    told.style.left = `${Math.max(0, Math.min(left, frame.width - told.offsetWidth))}px`;
    const { top, bottom } = mark.querySelector("svg > use").getBoundingClientRect();
    const isBelow = bottom + 4 + told.offsetHeight < innerHeight;
    told.style.top = `${(isBelow ? bottom + 4 : top - 4 - told.offsetHeight) - frame.top}px`;
  }

  function arrive({ target: mark }) {
    if (!mark.closest?.("[data-timeline] svg a")) return hide();
    makeStop(mark, marksIn(mark.closest("[data-row]")));
    if (mark.matches(":focus-visible")) tell(mark);
  }

  document.addEventListener("keydown", press);
  document.addEventListener("focusin", arrive);
  document.addEventListener("focusout", hide);
  document.addEventListener("htmx:afterSettle", prepare);
  prepare();
})();
