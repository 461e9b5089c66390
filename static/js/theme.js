// Sets the chosen colour scheme before anything is painted. Loaded in <head>, not deferred.
try {
  const chosen = localStorage.getItem("color-scheme");
  if (chosen) document.documentElement.dataset.colorScheme = chosen;
} catch {
  // Storage is blocked: the page follows the system.
}
