"""How much is acknowledged: always 0 to 100, the rest hatched, the goal marked."""

from __future__ import annotations

from narvaro.reporting.charts.canvas import percent
from narvaro.reporting.content import Share
from narvaro.reporting.markup import Markup, el


def coverage_bar(share: Share, *, goal_percent: int, title: str, height: int = 14) -> Markup:
    """As wide as its place; per cent as positions, so that nothing is stretched."""
    exact = share.exact
    filled = percent(exact) if exact is not None else 0.0
    return el(
        "svg",
        el("title", title),
        _bar(0, 100, height, "bar-ground"),
        _bar(filled, 100 - filled, height, "hatch"),
        _bar(0, filled, height, "bar-fill") if filled else None,
        _goal(goal_percent, height),
        xmlns="http://www.w3.org/2000/svg",
        width="100%",
        height=height + 4,
        role="img",
        class_="coverage-bar",
    )


def _bar(start: float, width: float, height: int, class_: str) -> Markup:
    return el("rect", x=f"{start:.2f}%", width=f"{width:.2f}%", y=2, height=height, class_=class_)


def _goal(percent_: int, height: int) -> Markup:
    edge = el("rect", x=f"{percent_}%", y=0, width=5, height=height + 4, class_="goal-edge")
    return Markup(
        edge + el("rect", x=f"{percent_}%", y=0, width=3, height=height + 4, class_="goal")
    )
