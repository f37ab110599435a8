// Asks how far a job has come, every other second, only while the page is looked at.
"use strict";
setInterval(() => {
  if (document.hidden) return;
  for (const part of document.querySelectorAll("[data-progress]")) {
    if (part.getAttribute("aria-busy") !== "true") htmx.trigger(part, "progress");
  }
}, 2000);
