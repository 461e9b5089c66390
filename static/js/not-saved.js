// On a page that says that something went wrong: what was sent has not been saved, and is offered again.
(() => {
  "use strict";

  const PREFIX = "kept-text:";
  const read = (key) => JSON.parse(sessionStorage.getItem(key));
  const sent = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX) && read(key).sent);

  function mark(isSent) {
    for (const key of sent) sessionStorage.setItem(key, JSON.stringify({ ...read(key), sent: isSent }));
  }

  mark(false);
  // The page may send it once more.
  document.addEventListener("submit", () => mark(true));
})();
