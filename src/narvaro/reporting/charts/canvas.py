"""What all charts share: the picture element, text, hatch patterns and a scale of shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from narvaro.reporting.markup import Child, Markup, el

WIDTHS = (1120, 720, 350, 254)
"""Panel widths of a wide page, a narrow one, a large telephone and one of 320 pixels."""


def picture(title: str, *children: Child, width: int, height: int) -> Markup:
    """A chart for the screen reader: one picture whose name says the result."""
    return el(
        "svg",
        el("title", title),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        class_="chart",
    )


def patterns() -> Markup:
    """Hatch and stripes, once per page in a picture of no size that is always rendered."""
    return el(
        "svg",
        pattern_definitions(),
        xmlns="http://www.w3.org/2000/svg",
        width=0,
        height=0,
        aria_hidden="true",
        focusable="false",
        class_="patterns",
    )


def pattern_definitions() -> Markup:
    """Not acknowledged: lines at 45 degrees. Invalid absence: level stripes."""
    return el(
        "defs",
        _pattern("hatch", el("path", d="M0 0V6", class_="hatch-line"), turn="rotate(45)", size=6),
        _pattern("stripes", el("path", d="M0 2H6", class_="stripe-line"), turn=None, size=4),
    )


def _pattern(name: str, line: Markup, *, turn: str | None, size: int) -> Markup:
    attributes = {"patternUnits": "userSpaceOnUse", "patternTransform": turn}
    return el("pattern", line, id=name, width=size, height=size, **attributes)


def label(x: float, y: float, *text: Child, class_: str = "", anchor: str = "start") -> Markup:
    return el("text", *text, x=x, y=y, class_=f"t {class_}".strip(), text_anchor=anchor)


def box(
    x: float, y: float, width: float, height: float, class_: str, *, round_: float = 0
) -> Markup:
    return el("rect", x=x, y=y, width=width, height=height, class_=class_, rx=round_ or None)


def path(points: Sequence[tuple[float, float]], class_: str, *, closed: bool = False) -> Markup:
    steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return el("polygon" if closed else "polyline", points=steps, class_=class_)


def percent(share: Fraction) -> float:
    """A share for drawing only."""
    return float(share * 100)


@dataclass(frozen=True, slots=True)
class Scale:
    """Per cent from 0 at `bottom` to `top_percent` at `top`, with a line at every `step`."""

    top_percent: int
    step: int
    top: float
    bottom: float

    @classmethod
    def over(cls, shares: Iterable[float], *, top: float, bottom: float) -> Scale:
        """A scale that starts at 0 and holds every share, with three to six lines."""
        highest = max([*shares, 1.0])
        step = next((s for s in (1, 2, 5, 10, 20) if highest <= s * 5), 25)
        lines = max(1, -int(-highest // step))
        return cls(step * lines, step, top, bottom)

    def y(self, share: float) -> float:
        return self.bottom - (self.bottom - self.top) * share / self.top_percent

    def lines(self) -> range:
        return range(0, self.top_percent + 1, self.step)


def gridlines(scale: Scale, left: float, right: float, sign: str) -> Iterable[Markup]:
    """Level hairlines with their numbers; the highest carries the per cent sign."""
    for share in scale.lines():
        y = scale.y(share)
        yield path([(left, y), (right, y)], "gridline")
        text = f"{share}{sign if share == scale.top_percent else ''}"
        yield label(left - 8, y + 4, text, class_="ink2", anchor="end")


def runs(present: Sequence[bool]) -> Iterable[range]:
    """Unbroken stretches of what is there, as ranges of positions."""
    start: int | None = None
    for place, here in enumerate([*present, False]):
        if here and start is None:
            start = place
        elif not here and start is not None:
            yield range(start, place)
            start = None
