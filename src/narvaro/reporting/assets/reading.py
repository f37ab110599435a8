"""Style sheets and typefaces, read from beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

_FONT = "source-sans-3-latin-wght-normal.woff2"


@cache
def style_sheet() -> str:
    """Colours, charts and pages in one sheet."""
    return "\n".join(_text(name) for name in ("colours.css", "charts.css", "pages.css"))


@cache
def font() -> bytes:
    """The variable typeface, Latin subset, as WOFF2."""
    return files(__package__).joinpath("fonts", _FONT).read_bytes()


@cache
def icon() -> str:
    """The sign for the browser's tab, in its own colours."""
    return _text("sign.svg")


def fonts_folder() -> Path:
    """Where the typefaces for print lie."""
    return Path(str(files(__package__).joinpath("fonts")))


@cache
def print_chart_style() -> str:
    """The charts' sheet with the light colours written in, for programs without variables."""
    light = _text("colours.css").split("@media", 1)[0]
    colours = dict(line.split(":", 1) for line in _declarations(light) if line.startswith("--"))
    sheet = _text("charts.css")
    for name in sorted(colours, key=len, reverse=True):
        sheet = sheet.replace(f"var({name})", colours[name].strip())
    return sheet


def _declarations(sheet: str) -> list[str]:
    body = sheet.split("{", 1)[1].rsplit("}", 1)[0]
    return [part.strip() for part in body.split(";")]


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
