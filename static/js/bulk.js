// Choosing projects of the overview to change together: all on the page at once, and how many are chosen.
(() => {
  "use strict";

  const form = () => document.getElementById("several");
  const boxes = () => [...form().elements].filter((box) => box.name === "prosjekt");

  // What is chosen by the filters needs no rows to be chosen too.
  function show() {
    const { all, count, chooseAll } = parts();
    const rows = boxes();
    for (const box of rows) box.disabled = all?.checked ?? false;
    const chosen = all?.checked ? Number(all.dataset.count) : rows.filter((box) => box.checked).length;
    const { none, one, many } = count.dataset;
    count.textContent = chosen === 0 ? none : chosen === 1 ? one : many.replace("#", chosen);
    chooseAll.hidden = all?.checked ?? false;
    chooseAll.setAttribute("aria-pressed", String(chosen > 0 && rows.every((box) => box.checked)));
  }

  // Said only after somebody has chosen, not when the page or its results are new.
  function say() {
    show();
    document.getElementById("live-region").textContent = parts().count.textContent;
  }

  function parts() {
    const find = (name) => form().querySelector(`[data-several="${name}"]`);
    return { all: find("all"), count: find("count"), chooseAll: find("choose-all") };
  }

  function chooseAll() {
    const rows = boxes();
    const checked = !rows.every((box) => box.checked);
    for (const box of rows) box.checked = checked;
    say();
  }

  const showIfThere = () => form() && show();

  document.addEventListener("change", ({ target }) => target.form && target.form === form() && say());
  document.addEventListener("click", ({ target }) => target.closest('[data-several="choose-all"]') && chooseAll());
  // Also when the browser has put the ticks back, and when the filters have found other projects.
  addEventListener("pageshow", showIfThere);
  document.addEventListener("htmx:afterSettle", showIfThere);
})();
