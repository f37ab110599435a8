"""The share at the limit or beyond, month by month, with how much was acknowledged under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from narvaro.reporting.charts.canvas import (
    Scale,
    box,
    gridlines,
    label,
    path,
    percent,
    picture,
    runs,
)
from narvaro.reporting.content import Share, TrendPoint
from narvaro.reporting.markup import Markup, el
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import percent_sign, short_month

_LEFT, _TOP, _BOTTOM, _HEIGHT = 44, 22, 172, 256


@dataclass(frozen=True, slots=True)
class _Frame:
    points: Sequence[TrendPoint]
    goal_percent: int
    voice: Voice
    width: int
    right: float
    scale: Scale

    def x(self, place: int) -> float:
        return _LEFT + self.step * (place + 0.5)

    @property
    def step(self) -> float:
        return (self.right - _LEFT) / len(self.points)

    def y(self, place: int) -> float:
        return self.scale.y(_percent(self.points[place]) or 0)


def trend_line(
    points: Sequence[TrendPoint],
    *,
    goal_percent: int,
    voice: Voice,
    title: str,
    width: int,
    end_label: str,
) -> Markup:
    """Filled points where the goal of acknowledged time was met; nothing where nothing is known.

    On a narrow page only the last months that have room are drawn.
    """
    points = points[-max(2, (width - _LEFT - 12) // 24) :]
    shares = [share for point in points if (share := _percent(point)) is not None]
    right = width - (96 if width > 500 else 12)
    scale = Scale.over(shares, top=_TOP, bottom=_BOTTOM)
    frame = _Frame(points, goal_percent, voice, width, right, scale)
    return picture(
        title,
        *gridlines(scale, _LEFT, right, percent_sign(voice.lang)),
        *_empty_months(frame),
        *_line(frame),
        _end(frame, end_label),
        *_coverage_row(frame),
        *_months(frame),
        width=width,
        height=_HEIGHT,
    )


def _percent(point: TrendPoint) -> float | None:
    if point.at_or_above is None or not point.assessed:
        return None
    exact = Share(point.at_or_above, point.assessed).exact
    return None if exact is None else percent(exact)


def _empty_months(frame: _Frame) -> Iterable[Markup]:
    """Months without a lesson are shaded and said to be so."""
    for run in runs([not point.coverage.denominator for point in frame.points]):
        x, wide = _LEFT + frame.step * run.start, frame.step * len(run)
        yield box(x, _TOP, wide, _BOTTOM - _TOP, "shade")
        if wide > 74:
            text = frame.voice.say("trend.no_lessons")
            yield label(x + wide / 2, (_TOP + _BOTTOM) / 2, text, class_="ink2", anchor="middle")


def _line(frame: _Frame) -> Iterable[Markup]:
    for run in runs([_percent(point) is not None for point in frame.points]):
        yield path([(frame.x(n), frame.y(n)) for n in run], "line-a")
        for n in run:
            yield el("circle", cx=frame.x(n), cy=frame.y(n), r=4.5, class_=_mark(frame, n))


def _mark(frame: _Frame, place: int) -> str:
    return "point-a" if _reaches(frame.points[place].coverage, frame.goal_percent) else "point-open"


def _reaches(share: Share, goal_percent: int) -> bool:
    return share.denominator > 0 and share.numerator * 100 >= goal_percent * share.denominator


def _end(frame: _Frame, text: str) -> Markup | None:
    last = len(frame.points) - 1
    if _percent(frame.points[last]) is None:
        return None
    if frame.width > 500:
        return label(frame.x(last) + 12, frame.y(last) + 4, text, class_="strong")
    return label(frame.x(last) + 6, frame.y(last) - 10, text, class_="strong halo", anchor="end")


def _coverage_row(frame: _Frame) -> Iterable[Markup]:
    half = min(17.0, frame.step / 2 - 1)
    for n, point in enumerate(frame.points):
        if not point.coverage.denominator:
            continue
        good = _reaches(point.coverage, frame.goal_percent)
        x = frame.x(n)
        yield box(x - half, 186, half * 2, 22, "band2" if good else "hatch framed", round_=3)
        if not good:
            yield box(x - 9, 189, 18, 16, "plate")
        whole = str(point.coverage.numerator * 100 // point.coverage.denominator)
        class_ = "strong small on-band2" if good else "strong small"
        yield label(x, 201, whole, class_=class_, anchor="middle")
    if frame.width > 500:
        first, second = frame.voice.say("trend.coverage_row").split(", ", 1)
        yield label(frame.right + 4, 195, f"{first},", class_="ink2")
        yield label(frame.right + 4, 210, second, class_="ink2")


def _months(frame: _Frame) -> Iterable[Markup]:
    every = 1 if frame.step >= 30 else 2
    last = len(frame.points) - 1
    for n, point in enumerate(frame.points):
        if (last - n) % every:
            continue
        x, month = frame.x(n), point.month
        yield label(x, 228, short_month(month, frame.voice.lang), class_="ink2", anchor="middle")
        first_shown = n < every
        if first_shown or month.first_day.month <= every:
            year = str(month.first_day.year)
            yield label(x, 244, year, class_="ink2 strong", anchor="middle")
