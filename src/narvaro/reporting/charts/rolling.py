"""A pupil's share over time against the rule's limit, with what is still uncertain hatched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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
from narvaro.reporting.content import Limit, Share
from narvaro.reporting.markup import Markup
from narvaro.reporting.site_content import FlagMark, RollingPoint
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import percent_sign, short_month, show_percent, show_share
from narvaro.timetable import Period

_LEFT, _TOP, _BOTTOM, _HEIGHT = 44, 20, 214, 250


@dataclass(frozen=True, slots=True)
class _Frame:
    limit: Limit
    voice: Voice
    right: float
    scale: Scale
    period: Period

    def x(self, day: date) -> float:
        days = (self.period.to_on - self.period.from_on).days or 1
        return _LEFT + (self.right - _LEFT) * (day - self.period.from_on).days / days

    def y(self, share: Share) -> float:
        exact = share.exact
        return self.scale.y(0 if exact is None else percent(exact))

    def text(self, share: Share) -> str:
        return show_share(
            share.numerator,
            share.denominator,
            limit=self.limit.percent,
            lang=self.voice.lang,
        )


def rolling_line(
    points: Sequence[RollingPoint],
    flags: Sequence[FlagMark],
    *,
    limit: Limit,
    voice: Voice,
    title: str,
    width: int,
) -> Markup:
    """Nothing is drawn where the share has no denominator. `points` are in order of day."""
    highest = [
        percent(s) for p in points if (s := p.high.exact) is not None and p.share.denominator
    ]
    scale = Scale.over([*highest, float(limit.percent) * 1.3], top=_TOP, bottom=_BOTTOM)
    right = width - (64 if width > 500 else 12)
    frame = _Frame(limit, voice, right, scale, Period(points[0].on, points[-1].on))
    return picture(
        title,
        *gridlines(scale, _LEFT, right, percent_sign(voice.lang)),
        *_too_few(frame, points),
        *_open_range(frame, points),
        *_line(frame, points),
        *_limit(frame),
        *_flags(frame, flags),
        _end(frame, points[-1], width),
        *_months(frame),
        width=width,
        height=_HEIGHT,
    )


def _known(points: Sequence[RollingPoint]) -> list[bool]:
    return [point.share.denominator > 0 for point in points]


def _open_range(frame: _Frame, points: Sequence[RollingPoint]) -> Iterable[Markup]:
    for run in runs(_known(points)):
        here = [points[n] for n in run]
        upper = [(frame.x(p.on), frame.y(p.high)) for p in here]
        lower = [(frame.x(p.on), frame.y(p.low)) for p in reversed(here)]
        yield path([*upper, *lower], "hatch", closed=True)


def _line(frame: _Frame, points: Sequence[RollingPoint]) -> Iterable[Markup]:
    for run in runs(_known(points)):
        yield path([(frame.x(points[n].on), frame.y(points[n].share)) for n in run], "line-a")


def _too_few(frame: _Frame, points: Sequence[RollingPoint]) -> Iterable[Markup]:
    for run in runs([not known for known in _known(points)]):
        start, end = frame.x(points[run.start].on), frame.x(points[run.stop - 1].on)
        if end - start < 4:
            continue
        yield box(start, _TOP, end - start, _BOTTOM - _TOP, "shade")
        if end - start > 90:
            text = frame.voice.say("rolling.too_few")
            yield label(start + 6, _BOTTOM - 8, text, class_="ink2")


def _limit(frame: _Frame) -> Iterable[Markup]:
    y = frame.scale.y(float(frame.limit.percent))
    yield path([(_LEFT, y), (frame.right, y)], "limit")
    text = frame.voice.say(
        "rolling.limit", limit=show_percent(frame.limit.percent, frame.voice.lang)
    )
    yield label(_LEFT + 4, y - 6, text, class_="strong halo")


def _flags(frame: _Frame, flags: Sequence[FlagMark]) -> Iterable[Markup]:
    for flag in flags:
        if not frame.period.holds(flag.on):
            continue
        x, y = frame.x(flag.on), frame.y(flag.share)
        yield box(x - 5.5, y - 5.5, 11, 11, "flag", round_=1)
        if frame.right - x > 60:
            yield label(x, y + 22, frame.text(flag.share), class_="strong halo", anchor="middle")


def _end(frame: _Frame, last: RollingPoint, width: int) -> Markup | None:
    if not last.share.denominator:
        return None
    x, y = frame.x(last.on), frame.y(last.share)
    if width > 500:
        return label(x + 10, y + 4, frame.text(last.share), class_="strong")
    return label(x, y - 12, frame.text(last.share), class_="strong halo", anchor="end")


def _months(frame: _Frame) -> Iterable[Markup]:
    months = [m for m in frame.period.months() if frame.period.holds(m.first_day)]
    every = 1 if (frame.right - _LEFT) / max(1, len(months)) > 34 else 2
    for month in months[::every]:
        x = frame.x(month.first_day)
        if x > frame.right - 12:
            continue
        yield path([(x, _BOTTOM), (x, _BOTTOM + 5)], "axis")
        yield label(x + 2, _BOTTOM + 22, short_month(month, frame.voice.lang), class_="ink2")
