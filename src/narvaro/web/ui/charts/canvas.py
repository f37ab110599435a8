"""What the charts share: the widths they are drawn in, a scale of shares, unbroken stretches.

Numbers here are for drawing only; what is said of a share is said by `ui.charts.words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from narvaro.shares import Share

WIDE, NARROW, SMALLEST = 720, 350, 250
"""Inner widths of a panel on a wide page, on a telephone, and on one of 320 pixels."""

LEFT = 44
"""Room for the numbers of the level lines."""


@dataclass(frozen=True, slots=True)
class Size:
    """One drawing of a chart; `name` is the class that a style sheet shows or hides it by."""

    name: str
    width: int

    @property
    def is_wide(self) -> bool:
        """There is room for text at a line's end."""
        return self.width > NARROW


SIZES = (Size("wide", WIDE), Size("narrow", NARROW), Size("smallest", SMALLEST))


@dataclass(frozen=True, slots=True)
class Scale:
    """Per cent from 0 at `bottom` to `top_percent` at `top`, with a line at every `step`."""

    top_percent: int
    step: int
    top: float
    bottom: float

    @classmethod
    def over(cls, percents: Iterable[float], *, top: float, bottom: float) -> Scale:
        """A scale that starts at 0 and holds every share, with three to six lines."""
        highest = max([*percents, 1.0])
        step = next((s for s in (1, 2, 5, 10, 20) if highest <= s * 5), 25)
        lines = max(1, -int(-highest // step))
        return cls(step * lines, step, top, bottom)

    def y(self, percent: float) -> float:
        """Where a share stands."""
        part = (self.bottom - self.top) * percent / self.top_percent
        return round(self.bottom - part, 1)

    @property
    def lines(self) -> Sequence[tuple[float, str]]:
        """The level lines and their numbers; the highest carries the per cent sign."""
        return [
            (self.y(at), f"{at}\N{NO-BREAK SPACE}%" if at == self.top_percent else str(at))
            for at in range(0, self.top_percent + 1, self.step)
        ]


@dataclass(frozen=True, slots=True)
class Text:
    """Something written: `anchor` is start, middle or end; `kind` names classes of its own."""

    x: float
    y: float
    says: str
    anchor: str = "start"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `kind` names its class, `fill` a pattern instead."""

    x: float
    y: float
    width: float
    height: float
    kind: str = ""
    fill: str = ""


def percent(share: Share | None) -> float | None:
    """A share as it is drawn; None when there is nothing to share."""
    return None if share is None else share[0] * 100 / share[1]


def reaches_percent(share: Share | None, goal: int) -> bool:
    """Whether a share is at least a whole per cent, exactly."""
    return share is not None and share[0] * 100 >= goal * share[1]


def stretches(present: Iterable[bool]) -> list[range]:
    """Unbroken stretches of what is there, as ranges of places."""
    found: list[range] = []
    start: int | None = None
    for place, here in enumerate([*present, False]):
        if here and start is None:
            start = place
        elif not here and start is not None:
            found.append(range(start, place))
            start = None
    return found


def points(places: Iterable[tuple[float, float]]) -> str:
    """Places as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def apart(first: float, second: float, *, least: float = 16) -> tuple[float, float]:
    """Two heights for text, moved so that neither covers the other; their order is kept."""
    lacking = least - abs(first - second)
    if lacking <= 0:
        return first, second
    up, down = (-lacking / 2, lacking / 2) if first <= second else (lacking / 2, -lacking / 2)
    return first + up, second + down
