// The school days of a calendar by the keyboard: one stop for Tab, then the arrow keys, Home and End.
// The day in focus, or under the pointer, is told in words under the calendar. Without this the
// table beside says the same.
document.addEventListener("DOMContentLoaded", () => {
  const place = (day) => {
    const square = day.querySelector("rect");
    return [Number(square.getAttribute("x")), Number(square.getAttribute("y"))];
  };
  const next = (days, from, key) => {
    const [x, y] = place(from);
    const where = {
      ArrowLeft: ([a, b]) => b === y && a < x, ArrowRight: ([a, b]) => b === y && a > x,
      ArrowUp: ([a, b]) => a === x && b < y, ArrowDown: ([a, b]) => a === x && b > y,
      Home: ([a, b]) => b === y && a < x, End: ([a, b]) => b === y && a > x,
    }[key];
    if (!where) return undefined;
    const far = ([a, b]) => Math.abs(a - x) + Math.abs(b - y);
    const found = days.filter((one) => where(place(one)));
    found.sort((one, other) => far(place(one)) - far(place(other)));
    return (key === "Home" || key === "End" ? found.at(-1) : found[0]) ?? from;
  };
  for (const calendar of document.querySelectorAll("[data-calendar]")) {
    const drawing = calendar.querySelector("svg");
    const days = [...calendar.querySelectorAll("[data-day]")];
    if (!days.length) continue;
    const told = document.createElement("p");
    told.className = "chart-told";
    told.setAttribute("aria-hidden", "true");
    calendar.after(told);
    const tell = (day) => { told.textContent = day ? day.getAttribute("aria-label") : ""; };
    const stop = (day) => {
      for (const one of days) one.setAttribute("tabindex", one === day ? "0" : "-1");
    };
    drawing.setAttribute("role", "grid");
    drawing.setAttribute("aria-label", drawing.querySelector("title").textContent);
    calendar.removeAttribute("tabindex");
    for (const row of calendar.querySelectorAll("[data-row]")) {
      if (!row.querySelector("[data-day]")) continue;
      row.setAttribute("role", "row");
      row.setAttribute("aria-label", row.dataset.row);
    }
    for (const day of days) {
      const title = day.querySelector("title");
      day.setAttribute("role", "gridcell");
      day.setAttribute("aria-label", title.textContent);
      title.remove();
      day.addEventListener("focus", () => { stop(day); tell(day); });
      day.addEventListener("pointerenter", () => tell(day));
      day.addEventListener("pointerleave", () => {
        tell(days.includes(document.activeElement) ? document.activeElement : null);
      });
    }
    calendar.addEventListener("focusout", () => tell(null));
    calendar.addEventListener("keydown", (event) => {
      const day = event.target.closest?.("[data-day]");
      const to = day && next(days, day, event.key);
      if (!to) return;
      event.preventDefault();
      to.focus();
    });
    stop(days.reduce((last, one) => (place(one)[0] >= place(last)[0] ? one : last)));
  }
});
