// The page's few manners: what a partial update says is read out, menus close with Esc,
// the error summary gets the focus. Every page works without this.
document.addEventListener("DOMContentLoaded", () => {
  const live = document.getElementById("live");
  document.body.addEventListener("announce", (event) => {
    if (live) live.textContent = event.detail?.value ?? "";
  });
  document.querySelector("[data-focus-first]")?.focus();
  const drops = () => document.querySelectorAll("details[data-drop][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const one of drops()) { one.open = false; one.querySelector("summary").focus(); }
  });
  document.addEventListener("click", (event) => {
    for (const one of drops()) if (!one.contains(event.target)) one.open = false;
  });
  // Tables that are a page's point are open on paper, in browsers whose styles cannot do it too.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll('details[data-print="table"]:not([open])')];
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
  for (const button of document.querySelectorAll("[data-print]:is(button)")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
});
