"""A calendar's squares: what each says and how it is filled, and their paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narvaro.web.ui.charts.canvas import Box


@dataclass(frozen=True, slots=True)
class Square:
    """A school day with lessons: what it says where it can be pointed at, and how it is filled."""

    x: int
    y: int
    says: str
    parts: Sequence[Box]
    letter: str = ""
    is_sum: bool = False


FILLS = (
    ("c-band4", ""),
    ("c-band3", ""),
    ("c-striped", "chart-stripes"),
    ("c-hatched", "chart-hatch"),
)
"""The kinds of fill, in the order they are painted: one path each, so that a page is small."""


def outline(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a path."""
    return f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z"


def outline_of(part: Box) -> str:
    """A part of a square as a path."""
    return outline(part.x, part.y, part.width, part.height)
