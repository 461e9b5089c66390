// What the pages gain from a script; all of them work without it.
(() => {
  "use strict";

  const clone = (selector) => document.querySelector(selector).content.firstElementChild.cloneNode(true);

  // A form that was refused: what is wrong takes focus, also where the browser ignores autofocus.
  const focusErrors = (root) => root.querySelector(".ds-error-summary")?.focus();

  // The colour scheme.
  const root = document.documentElement;
  const choice = document.querySelector("[data-scheme-choice]");

  function showScheme() {
    for (const button of choice.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === root.dataset.colorScheme));
    }
  }

  function chooseScheme(event) {
    const button = event.target.closest("button");
    if (!button) return;
    root.dataset.colorScheme = button.value;
    try {
      localStorage.setItem("color-scheme", button.value);
    } catch {
      // Storage is blocked: the choice holds for this page.
    }
    showScheme();
  }

  // Only a form that somebody submits changes anything. Markup that got onto the page by a fault could make htmx send
  // something by itself, and find a token to send with it.
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, verb, triggeringEvent } = event.detail;
    const isSubmitted = triggeringEvent?.isTrusted && triggeringEvent.type === "submit" && triggeringEvent.target === elt;
    if (verb !== "get" && !isSubmitted) event.preventDefault();
  });

  // A request in place that failed: say so, and leave the page as it is.
  const failure = document.getElementById("failure");

  function showFailure(kind) {
    failure.replaceChildren(clone(`[data-failure="${kind}"]`));
  }

  function failureOf(xhr) {
    if (xhr.getResponseHeader("Log-In-Again")) return "login";
    if ([403, 404, 503].includes(xhr.status)) return xhr.status;
    return xhr.status === 0 ? "network" : 500;
  }

  // Texts that are not saved: <form data-keep-text> warns before the page is left, and offers the text again
  // when the session had expired or the network was gone. Kept in this tab only, and forgotten at logout.
  const PREFIX = "kept-text:";
  const unsaved = new Set();
  const keyOf = (form) => `${PREFIX}${location.pathname}#${form.id}`;

  const BOX = "input:is([type=radio], [type=checkbox])";
  const TYPED = `textarea, select, ${BOX}, input:is([type=text], [type=email], [type=url], [type=tel], [type=number])`;
  const texts = (form) => [...form.elements].filter((field) => field.name && field.matches(TYPED));

  // Boxes share a name: each is kept under its value too, as ticked or not.
  const isBox = (field) => field.matches(BOX);
  const slot = (field) => (isBox(field) ? `${field.name}=${field.value}` : field.name);
  const contentOf = (field) => (isBox(field) ? field.checked : field.value);

  // What the form was opened with goes with it, so that a colleague's change since is not undone; the keys are the page's own.
  const OPENED_WITH = "input[type=hidden]:not([name=csrfmiddlewaretoken], [name=form-key])";
  const openedWith = (form) => [...form.querySelectorAll(OPENED_WITH)].map(({ name, value }) => ({ name, value }));

  const read = (key) => JSON.parse(sessionStorage.getItem(key));

  function keep(form, sent) {
    const values = Object.fromEntries(texts(form).map((field) => [slot(field), contentOf(field)]));
    const hidden = openedWith(form);
    const { openedBy } = form.dataset;
    const place = openedBy && form.parentElement.id;
    sessionStorage.setItem(keyOf(form), JSON.stringify({ values, hidden, sent, openedBy, place }));
  }

  function restore(form, fields, { values, hidden = openedWith(form) }) {
    for (const field of fields) field[isBox(field) ? "checked" : "value"] = values[slot(field)];
    form.querySelectorAll(OPENED_WITH).forEach((field) => field.remove());
    form.append(...hidden.map((field) => Object.assign(document.createElement("input"), field, { type: "hidden" })));
    unsaved.add(form);
  }

  function offer(form) {
    // What was refused, or was kept for us while we logged in, stands in the form and nowhere else.
    if (form.querySelector(".ds-error-summary") || document.querySelector("[data-kept-form]")) {
      unsaved.add(form);
      keep(form, false);
      return;
    }
    const kept = read(keyOf(form));
    const values = kept?.values;
    const differs = (field) => values[slot(field)] !== undefined && values[slot(field)] !== contentOf(field);
    const changed = values ? texts(form).filter(differs) : [];
    if (!changed.length) {
      // The forms of a row share a place: only what this one kept has nothing to say any more.
      if (kept?.openedBy === form.dataset.openedBy) sessionStorage.removeItem(keyOf(form));
      return;
    }
    const notice = clone("#kept-text");
    notice.addEventListener("click", ({ target }) => {
      if (target.matches("[data-restore]")) restore(form, changed, kept);
      else if (target.matches("[data-discard]")) sessionStorage.removeItem(keyOf(form));
      else return;
      notice.remove();
      (changed.find(contentOf) ?? changed[0]).focus();
    });
    form.prepend(notice);
  }

  const offerIn = (root) => root.querySelectorAll("form[data-keep-text]").forEach(offer);

  // What was sent and did not come back in a form has been saved; but not when we were sent to log in.
  // Of a form opened in place its answer tells.
  function forgetSaved() {
    if (document.querySelector("main input[type=password]")) return;
    const here = [...document.querySelectorAll("form[data-keep-text]")].map(keyOf);
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(PREFIX) || here.includes(key)) continue;
      const { sent, openedBy } = read(key);
      if (sent && !openedBy) sessionStorage.removeItem(key);
    }
  }

  // A text that waits for a form which is opened in place: say so there, and open it. What opened it may have
  // become something else meanwhile, such as the way to take back what has been done.
  function announceWaiting() {
    for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(`${PREFIX}${location.pathname}#`))) {
      const { openedBy, place } = read(key);
      const opener = openedBy && document.getElementById(openedBy);
      if (opener?.matches("a[hx-get]")) document.getElementById(place)?.replaceChildren(waiting(key, opener));
    }
  }

  function waiting(key, opener) {
    const notice = clone("#waiting-text");
    notice.addEventListener("click", ({ target }) => {
      if (target.matches("[data-open]")) {
        opener.closest("details")?.setAttribute("open", "");
        opener.click();
      } else if (target.matches("[data-discard]")) {
        sessionStorage.removeItem(key);
        notice.remove();
        opener.closest("details")?.setAttribute("open", "");
        opener.focus();
      }
    });
    return notice;
  }

  function discardHere() {
    unsaved.clear();
    for (const form of document.querySelectorAll("form[data-keep-text]")) sessionStorage.removeItem(keyOf(form));
  }

  function forgetSavedInPlace({ requestConfig, xhr }) {
    const { elt } = requestConfig;
    if (xhr.status === 200 && !xhr.getResponseHeader("HX-Redirect") && elt.matches("[data-opened-by]")) {
      sessionStorage.removeItem(keyOf(elt));
    }
  }

  // A form opened in place closes, and focus goes back to what opened it. Escape keeps what was typed, Cancel forgets it.
  function close(form) {
    unsaved.delete(form);
    form.remove();
    document.getElementById(form.dataset.openedBy)?.focus();
  }

  document.addEventListener("keydown", ({ key, target }) => {
    const form = key === "Escape" && target.closest("form[data-opened-by]");
    if (form) close(form);
  });

  document.addEventListener("click", (event) => {
    const form = event.target.closest("form[data-opened-by] [data-close]")?.closest("form");
    if (!form) return;
    event.preventDefault();
    sessionStorage.removeItem(keyOf(form));
    close(form);
  });

  // Panels: <details data-panel> closes at Escape, at a click outside, and when focus goes on; so does the menu.
  // One that is part of an answer in place, with an id, stays open with focus where it was.
  let held = { panels: [] };
  const panels = () => [...document.querySelectorAll("details[data-panel][open]")];

  // Words pressed in a panel or a menu give focus to what stands around it, such as main: focus has not gone on.
  // What is hidden while it is being pressed makes Chromium 156 give up the whole page.
  const hasGoneOn = (part, focused) => !part.contains(focused) && !focused.contains(part);

  // A press that began in a panel belongs to it, also when a text is selected and the finger let go outside.
  let pressed = [];

  function closeUnpressed(path) {
    if (document.querySelector(":modal")) return;
    for (const panel of panels()) panel.open = path.includes(panel) || pressed.includes(panel);
    pressed = [];
  }

  function closeLeft(focused) {
    if (document.querySelector(":modal")) return;
    for (const panel of panels()) panel.open = !hasGoneOn(panel, focused);
  }

  function closePanel() {
    const focused = document.activeElement;
    const panel = panels().findLast((open) => open.contains(focused)) ?? panels().at(-1);
    if (!panel || document.querySelector(":modal")) return;
    if (panel.contains(focused)) panel.querySelector("summary").focus();
    panel.open = false;
  }

  function closeMenu(focused) {
    for (const menu of document.querySelectorAll(":popover-open")) {
      if (hasGoneOn(menu, focused) && focused.popoverTargetElement !== menu) menu.hidePopover();
    }
  }

  function holdPanels() {
    const focused = document.activeElement;
    held = {
      panels: panels()
        .filter(({ id }) => id)
        .map((panel) => ({ id: panel.id, scrolled: panel.lastElementChild.scrollTop })),
      focus: focused.id,
      within: focused.closest("details[data-panel]")?.id,
    };
  }

  function reopenPanels() {
    for (const { id, scrolled } of held.panels) {
      const panel = document.getElementById(id);
      if (!panel) continue;
      panel.open = true;
      panel.lastElementChild.scrollTop = scrolled;
    }
    if (document.activeElement !== document.body) return;
    const back = document.getElementById(held.focus) ?? document.querySelector(`#${held.within} > summary`);
    back?.focus({ preventScroll: true });
  }

  document.addEventListener("pointerdown", (event) => {
    pressed = event.composedPath();
  });
  document.addEventListener("click", (event) => closeUnpressed(event.composedPath()));
  document.addEventListener("focusin", ({ target }) => {
    closeLeft(target);
    closeMenu(target);
  });
  document.addEventListener("keydown", ({ key, defaultPrevented }) => {
    if (key === "Escape" && !defaultPrevented) closePanel();
  });
  document.addEventListener("htmx:beforeSwap", holdPanels);
  document.addEventListener("htmx:afterSwap", reopenPanels);

  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form?.matches("[data-keep-text]")) return;
    unsaved.add(form);
    keep(form, false);
  });

  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-keep-text]")) keep(target, true);
    if (target.matches("[data-forget-texts]")) sessionStorage.clear();
    if (target.matches("[data-discard-kept]")) discardHere();
    unsaved.delete(target);
  });

  window.addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => forgetSavedInPlace(detail));
  document.addEventListener("htmx:sendError", () => showFailure("network"));
  document.addEventListener("htmx:timeout", () => showFailure("network"));
  document.addEventListener("htmx:responseError", ({ detail }) => showFailure(failureOf(detail.xhr)));
  document.addEventListener("htmx:beforeSwap", () => failure.replaceChildren());
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    offerIn(detail.elt);
    focusErrors(detail.elt);
  });

  choice.hidden = false;
  choice.addEventListener("click", chooseScheme);
  showScheme();
  forgetSaved();
  announceWaiting();
  offerIn(document);
  focusErrors(document);
})();
