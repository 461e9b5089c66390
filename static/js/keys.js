// Single keys for those who want them; "?" lists them. Whatever they do can be done without them.
(() => {
  "use strict";

  const STORED = "single-keys";
  const ROW = "main [data-row]";
  const REACHED = "summary, a[href], button, select, textarea, input:not([type=hidden])";
  const TYPED_IN = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";

  const list = document.getElementById("keys");
  const choice = list.querySelector("[data-use-keys]");
  const opener = document.querySelector("[data-open-keys]");

  const place = (name, within = document) => within?.querySelector(`[data-keys="${name}"]`);
  const currentRow = () => document.activeElement.closest(ROW);
  const nameOf = (row) => row.querySelector("[data-row-name]") ?? row.querySelector("a[href]");

  // Opens what an element is hidden in: the menu of a small screen, the commands behind "More".
  function reveal(element) {
    if (element.checkVisibility()) return;
    for (let around = element.parentElement; around; around = around.parentElement) {
      if (around.matches("details")) around.open = true;
      if (around.matches("[popover]:not(:popover-open)")) openMenu(around);
    }
  }

  // Escape gives focus back to what had it; where nothing had, to the menu's button.
  function openMenu(menu) {
    const button = document.querySelector(`[popovertarget="${menu.id}"]`);
    if (document.activeElement === document.body) button?.focus();
    menu.showPopover({ source: button ?? undefined });
  }

  function goTo(name) {
    const there = place(name);
    const target = there?.matches(REACHED) ? there : there?.querySelector(REACHED);
    if (!target) return false;
    reveal(target);
    target.focus();
    if (target.matches("input")) target.select();
    return true;
  }

  function follow(element) {
    if (!element) return false;
    reveal(element);
    element.focus();
    element.click();
    return true;
  }

  // What is written in a form must not be lost to the command beside it.
  function command(name) {
    return !document.activeElement.closest("form[data-opened-by]") && follow(place(name, currentRow()));
  }

  // The row after the one that has focus, or after whatever has focus.
  function step(by) {
    const rows = [...document.querySelectorAll(ROW)].filter((row) => row.checkVisibility() && nameOf(row));
    const follows = (row) =>
      document.activeElement.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING;
    const current = rows.indexOf(currentRow());
    const next = rows.findIndex(follows);
    const before = next < 0 ? rows.length - 1 : next - 1;
    const row = rows[current < 0 ? (by > 0 ? next : before) : current + by];
    if (!row) return false;
    nameOf(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest", behavior: "instant" });
    return true;
  }

  // Focus stays on the project, so that Enter still opens it; what happened to the box is said.
  function choose() {
    const row = currentRow();
    const box = row?.querySelector("input[type=checkbox]:enabled");
    if (!box) return false;
    const live = document.getElementById("live-region");
    const said = live.textContent;
    box.click();
    if (box !== document.activeElement && live.textContent === said) {
      live.textContent = `${box.checked ? list.dataset.chosen : list.dataset.notChosen}: ${nameOf(row).textContent.trim()}`;
    }
    return true;
  }

  function open() {
    list.showModal();
    return true;
  }

  const KEYS = {
    "?": open,
    "/": () => goTo("search"),
    j: () => step(1),
    k: () => step(-1),
    x: choose,
    f: () => goTo("filters"),
    v: () => goTo("views"),
    1: () => follow(place("way-1")),
    2: () => follow(place("way-2")),
    3: () => follow(place("way-3")),
    l: () => command("deliver"),
    m: () => command("move"),
    u: () => command("withdraw"),
    r: () => command("edit"),
  };

  const isForSomethingElse = (event) =>
    event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey ||
    (event.repeat && !"jk".includes(event.key)) ||
    event.target.closest(TYPED_IN) || document.querySelector(":modal");

  // What the key writes, not where it sits: "?" and "/" lie elsewhere on a Norwegian keyboard.
  function press(event) {
    if (choice.checked && !isForSomethingElse(event) && KEYS[event.key]?.()) event.preventDefault();
  }

  function store() {
    try {
      localStorage.setItem(STORED, choice.checked ? "on" : "off");
    } catch {
      // Storage is blocked: the choice holds for this page.
    }
  }

  try {
    choice.checked = localStorage.getItem(STORED) !== "off";
  } catch {
    choice.checked = true;
  }
  choice.addEventListener("change", store);
  document.addEventListener("keydown", press);
  opener.addEventListener("click", open);
  opener.hidden = false;
})();
