"""The school year as squares: weeks are columns, Monday to Friday are rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from narvaro.reporting.charts.canvas import box, label, path, picture
from narvaro.reporting.markup import Markup, el
from narvaro.reporting.site_content import CalendarDay
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import WEEKDAYS, short_day, short_month
from narvaro.timetable import Month

SQUARE, _PITCH = 20, 24
_LEFT, _TOP = 44, 26
_LEAST = 3.0


@dataclass(frozen=True, slots=True)
class _Grid:
    first_monday: date
    voice: Voice
    today: date

    def corner(self, day: date) -> tuple[float, float]:
        week = (day - self.first_monday).days // 7
        return _LEFT + week * _PITCH, _TOP + day.weekday() * _PITCH


def year_calendar(days: Sequence[CalendarDay], *, today: date, voice: Voice, title: str) -> Markup:
    """A square fills from below with the share missed; weekends are left out."""
    school_week = [day for day in days if day.on.weekday() < 5]
    first = school_week[0].on
    grid = _Grid(first - timedelta(days=first.weekday()), voice, today)
    weeks = (school_week[-1].on - grid.first_monday).days // 7 + 1
    return picture(
        title,
        *_weekdays(voice),
        *_months(grid, school_week),
        *_week_numbers(grid, weeks),
        *_names_of_breaks(grid, school_week, weeks),
        *(mark for day in school_week for mark in _square(grid, day)),
        width=_LEFT + weeks * _PITCH + 8,
        height=_TOP + 5 * _PITCH + 24,
    )


def _weekdays(voice: Voice) -> Iterable[Markup]:
    for row, name in enumerate(WEEKDAYS[voice.lang][:5]):
        y = _TOP + row * _PITCH + 15
        yield label(0, y, name[:4] if name == "torsdag" else name[:3], class_="ink2")


def _months(grid: _Grid, days: Sequence[CalendarDay]) -> Iterable[Markup]:
    seen: dict[Month, date] = {}
    for day in days:
        seen.setdefault(Month.holding(day.on), day.on)
    room = -100.0
    for month, first in seen.items():
        x, _ = grid.corner(first)
        if x - room >= 34:
            yield label(x, 16, short_month(month, grid.voice.lang), class_="strong")
            room = x


def _week_numbers(grid: _Grid, weeks: int) -> Iterable[Markup]:
    for week in range(0, weeks, 5):
        monday = grid.first_monday + timedelta(weeks=week)
        text = grid.voice.say("calendar.week", n=monday.isocalendar().week)
        yield label(_LEFT + week * _PITCH, _TOP + 5 * _PITCH + 16, text, class_="ink2")


def _names_of_breaks(grid: _Grid, days: Sequence[CalendarDay], weeks: int) -> Iterable[Markup]:
    """The name of a break of a whole week, upright in its own column."""
    by_week: dict[int, list[CalendarDay]] = {}
    for day in days:
        by_week.setdefault((day.on - grid.first_monday).days // 7, []).append(day)
    written = ""
    for week in range(weeks):
        names = {d.name if d.kind == "break" else "" for d in by_week.get(week, [])}
        name = names.pop() if len(names) == 1 else ""
        if name and name != written:
            x, y = _LEFT + week * _PITCH + 14, _TOP + 2.5 * _PITCH
            yield el(
                "text",
                name,
                x=x,
                y=y,
                class_="t ink2",
                text_anchor="middle",
                transform=f"rotate(-90 {x} {y})",
            )
        written = name


def _square(grid: _Grid, day: CalendarDay) -> Iterable[Markup]:
    x, y = grid.corner(day.on)
    ring = day.on == grid.today
    if day.kind == "lessons" and day.scheduled:
        yield el("g", el("title", _title(grid, day)), *_fill(day, x, y))
    elif day.kind in ("lessons", "no_lessons") and day.on >= grid.today:
        yield el("circle", cx=x + SQUARE / 2, cy=y + SQUARE / 2, r=1.5, class_="dot-ahead")
    elif day.kind in ("staff_day", "closed"):
        yield el(
            "g",
            el("title", day.name or ""),
            path([(x + 6, y + SQUARE / 2), (x + SQUARE - 6, y + SQUARE / 2)], "axis"),
        )
    if ring:
        yield box(x - 2, y - 2, SQUARE + 4, SQUARE + 4, "today", round_=4)


def _title(grid: _Grid, day: CalendarDay) -> str:
    return grid.voice.say(
        "calendar.square",
        day=short_day(day.on, grid.voice.lang),
        missed=day.valid + day.invalid + day.unclassified,
        scheduled=day.scheduled,
        waiting=day.scheduled - day.acknowledged,
    )


def _fill(day: CalendarDay, x: float, y: float) -> Iterable[Markup]:
    yield box(x, y, SQUARE, SQUARE, "day", round_=3)
    base = y + SQUARE
    for minutes, class_ in _absences(day):
        height = max(_LEAST, SQUARE * minutes / day.scheduled)
        top = max(y, base - height)
        yield box(x, top, SQUARE, base - top, class_, round_=2)
        base = top
    waiting = day.scheduled - day.acknowledged
    if waiting > 0 and base > y:
        height = min(base - y, max(_LEAST, SQUARE * waiting / day.scheduled))
        yield box(x, y, SQUARE, height, "hatch", round_=2)
    if day.leave:
        yield label(x + SQUARE / 2, y + 15, "L", class_="strong small on-band4", anchor="middle")


def _absences(day: CalendarDay) -> Iterable[tuple[int, str]]:
    kinds: Mapping[str, int] = {
        "band4": day.valid,
        "stripes": day.invalid,
        "band3": day.unclassified,
    }
    return ((minutes, class_) for class_, minutes in kinds.items() if minutes)
