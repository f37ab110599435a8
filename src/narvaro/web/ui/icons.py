"""Line drawings on a grid of 24, as SVG that takes the colour of the text."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "hide": "M3 3l18 18M10.6 6.2A9 9 0 0 1 12 6c5 0 8.5 4.5 9 6-.2.7-1.1 2.1-2.6 3.4"
    "M6.4 7.7C4.4 9.1 3.3 11 3 12c.5 1.5 4 6 9 6 1.6 0 3-.4 4.2-1.1M9.9 10a3 3 0 0 0 4.1 4.2",
    "show": "M3 12c.5-1.5 4-6 9-6s8.5 4.5 9 6c-.5 1.5-4 6-9 6s-8.5-4.5-9-6z"
    "M9.2 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "lock": "M6.5 11h11v8.5h-11zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "print": "M7 9V4h10v5M7 17H4.5V9.5h15V17H17M7 14h10v6H7z",
    "no": "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M8 12h8",
    "back": "M9 6l-5 5 5 5M4 11h10a5 5 0 0 1 0 10h-2",
    "half": "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 4v16",
    "offline": "M3 3l18 18M7 17.5A4.5 4.5 0 0 1 7.3 9M11 6.2A6 6 0 0 1 17.5 11 3.5 3.5 0 0 1 19.5 17",
    "left": "M14.5 5.5L8 12l6.5 6.5",
}


def svg(name: str) -> SafeString:
    """A drawing by its name, hidden from screen readers: words stand beside it."""
    drawn = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
    return format_html(drawn, mark_safe(PATHS[name]))  # noqa: S308
