// The page made for paper asks for the printer when it is there.
window.addEventListener("load", () => window.print());
