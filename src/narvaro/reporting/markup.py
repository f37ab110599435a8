"""HTML and SVG as values. Text is always escaped; only what was built here counts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_VOID = frozenset({"meta", "link", "br", "hr", "img"})
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
    "|[\ud800-\udfff]"
)


class Markup(str):
    """Text that is HTML or SVG already."""

    __slots__ = ()


Child = str | int | Iterable["Child"] | None


def clean(text: str) -> str:
    """Text without control characters and without marks that turn the reading direction."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def el(tag: str, *children: Child, **attributes: str | int | float | bool | None) -> Markup:
    """An element: el("p", "Text", class_="lead") -> <p class="lead">Text</p>.

    `class_` and `for_` lose their underscore, others become hyphens (aria_label, stroke_width).
    None and False leave an attribute out, True writes it bare.
    """
    opening = f"<{tag}{''.join(_attribute(n, v) for n, v in attributes.items())}>"
    if tag in _VOID:
        return Markup(opening)
    return Markup(f"{opening}{many(children)}</{tag}>")


def many(children: Iterable[Child]) -> Markup:
    """Children one after the other; None is nothing."""
    return Markup("".join(_child(child) for child in children))


def _child(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return str(child)
    if isinstance(child, str | int):
        return escape(clean(str(child)), quote=False)
    return many(child)


def _attribute(name: str, value: str | int | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    plain = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {plain}"
    shown = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f' {plain}="{escape(clean(shown))}"'
