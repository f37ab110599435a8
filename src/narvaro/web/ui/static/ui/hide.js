// "Dölj skärmen": hides at once without asking the server; also Esc twice. Back by Esc or the button.
// After ten minutes one signs in again. What is hidden stays hidden when the page is loaded anew.
(() => {
  const root = document.documentElement, KEY = "narvaro-hidden-since", LIMIT = 10 * 60 * 1000;
  let lastEscape = -Infinity, timer = 0, focused = null;
  const since = () => Number(sessionStorage.getItem(KEY) || 0);
  const signOut = () => document.getElementById("sign-out-when-hidden")?.submit();
  const isLate = () => since() && Date.now() - since() > LIMIT;
  const wait = () => { timer = setTimeout(signOut, Math.max(0, since() + LIMIT - Date.now())); };
  const hide = () => {
    focused = document.activeElement;
    sessionStorage.setItem(KEY, String(Date.now()));
    root.dataset.hidden = "";
    document.getElementById("show-again")?.focus();
    wait();
  };
  const show = () => {
    clearTimeout(timer);
    if (isLate()) { signOut(); return; }
    sessionStorage.removeItem(KEY);
    delete root.dataset.hidden;
    focused?.focus?.();
  };
  if (since()) root.dataset.hidden = "";
  document.addEventListener("DOMContentLoaded", () => {
    if (!document.getElementById("show-again")) { // nobody is signed in: nothing to hide
      sessionStorage.removeItem(KEY);
      delete root.dataset.hidden;
      return;
    }
    if (since()) { document.getElementById("show-again").focus(); if (isLate()) signOut(); else wait(); }
    document.getElementById("show-again").addEventListener("click", show);
    for (const form of document.querySelectorAll("form[data-hide]")) {
      form.addEventListener("submit", (event) => { event.preventDefault(); hide(); });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !document.getElementById("show-again")) return;
    if ("hidden" in root.dataset) { show(); lastEscape = -Infinity; return; }
    if (event.timeStamp - lastEscape < 600) hide();
    lastEscape = event.timeStamp;
  });
})();
