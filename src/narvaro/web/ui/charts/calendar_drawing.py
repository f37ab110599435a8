"""Where everything of a calendar stands: one square a school day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

from django.utils.translation import gettext as _

from narvaro.web.ui.charts.calendar_days import CalendarDay, DayKind
from narvaro.web.ui.charts.calendar_squares import FILLS, Square, outline, outline_of
from narvaro.web.ui.charts.calendar_words import said_of
from narvaro.web.ui.charts.canvas import Box, Size, Text
from narvaro.web.ui.charts.words import short_day, short_month, short_weekday

SCHOOL_WEEK = 5
_LEAST = 3.0
_TOP = 24
_WITH_SQUARE = (DayKind.LESSONS, DayKind.SUM)


class Titled(Protocol):
    """The calendar that is drawn."""

    @property
    def title(self) -> str: ...

    @property
    def today(self) -> date: ...


@dataclass(frozen=True)
class CalendarDrawing:
    """Where everything of a calendar stands in one width."""

    chart: Titled
    size: Size
    days: Sequence[CalendarDay]
    pitch: int

    @property
    def left(self) -> int:
        return 44 if self.pitch > 20 else 36

    @property
    def side(self) -> int:
        """A square's side."""
        return self.pitch - (3 if self.pitch > 20 else 2)

    @cached_property
    def _first_monday(self) -> date:
        first = self.days[0].on
        return first - timedelta(days=first.weekday())

    def _week(self, day: date) -> int:
        return (day - self._first_monday).days // 7

    @cached_property
    def _by_week(self) -> Mapping[int, Sequence[CalendarDay]]:
        found: defaultdict[int, list[CalendarDay]] = defaultdict(list)
        for day in self.days:
            found[self._week(day.on)].append(day)
        return found

    @cached_property
    def weeks(self) -> int:
        return self._week(self.days[-1].on) + 1

    @property
    def width(self) -> int:
        return self.left + self.weeks * self.pitch + 6

    @property
    def height(self) -> int:
        return _TOP + SCHOOL_WEEK * self.pitch + 22

    def _corner(self, day: date) -> tuple[int, int]:
        return self.left + self._week(day) * self.pitch, _TOP + day.weekday() * self.pitch

    @property
    def weekdays(self) -> Sequence[Text]:
        """The names of the rows; every second where they would not have room."""
        half = self.pitch / 2 + 4
        every = 1 if self.pitch >= 14 else 2
        rows = range(0, SCHOOL_WEEK, every)
        return [Text(0, _TOP + row * self.pitch + half - 2, short_weekday(row)) for row in rows]

    @property
    def months(self) -> Sequence[Text]:
        """A month's name over its first week."""
        found: list[Text] = []
        for day in self.days:
            x = self._corner(day.on)[0]
            is_new = not found or short_month(day.on) != found[-1].says
            if is_new and (not found or x - found[-1].x >= 32):
                found.append(Text(x, 14, short_month(day.on), kind="strong"))
        return found

    @property
    def week_numbers(self) -> Sequence[Text]:
        """Every fifth week's number."""
        y, every = _TOP + SCHOOL_WEEK * self.pitch + 15, 5 if self.pitch > 12 else 6
        return [
            Text(self.left + week * self.pitch, y, _("v. %(n)s") % {"n": self._number(week)})
            for week in range(0, self.weeks, every)
            if week + 1 < self.weeks
        ]

    def _number(self, week: int) -> int:
        return (self._first_monday + timedelta(weeks=week)).isocalendar().week

    @property
    def break_names(self) -> Sequence[Text]:
        """The name of a break of a whole week, upright in its first column."""
        found: list[Text] = []
        written = ""
        for week in range(self.weeks):
            here = self._by_week.get(week, [])
            names = {day.name if day.kind == DayKind.OFF else "" for day in here}
            name = names.pop() if len(names) == 1 and len(here) == SCHOOL_WEEK else ""
            if name and name != written:
                x = self.left + week * self.pitch + self.pitch / 2 + 3
                y = _TOP + SCHOOL_WEEK * self.pitch / 2
                found.append(Text(x, y, name.lower(), "middle"))
            written = name
        return found

    @cached_property
    def squares(self) -> Sequence[Square]:
        """Days with lessons, and those that a sum tells of."""
        return [self._square(day) for day in self.days if day.kind in _WITH_SQUARE]

    @property
    def rows(self) -> Sequence[tuple[str, Sequence[Square]]]:
        """The squares weekday by weekday, as the arrow keys walk through them."""
        named = [(n, short_weekday(n)) for n in range(SCHOOL_WEEK)]
        tops = {_TOP + n * self.pitch: name for n, name in named}
        return [(name, [one for one in self.squares if one.y == y]) for y, name in tops.items()]

    @property
    def can_be_pointed_at(self) -> bool:
        """Squares large enough for a mouse say what they hold; smaller ones are one path."""
        return self.pitch >= 14

    @property
    def grounds(self) -> str:
        """All squares of days with lessons as one path."""
        return self._path(one for one in self.squares if not one.is_sum)

    @property
    def sum_grounds(self) -> str:
        """All squares of days that only a sum tells of as one path."""
        return self._path(one for one in self.squares if one.is_sum)

    def _path(self, squares: Iterable[Square]) -> str:
        return "".join(outline(one.x, one.y, self.side, self.side) for one in squares)

    @property
    def fills(self) -> Sequence[tuple[str, str, str]]:
        """Class, pattern and path of each kind of fill that is there."""
        parts = [part for one in self.squares for part in one.parts]
        found = [
            (kind, fill, "".join(outline_of(part) for part in parts if part.kind == kind))
            for kind, fill in FILLS
        ]
        return [one for one in found if one[2]]

    @property
    def letters(self) -> Sequence[tuple[float, float, str]]:
        """The letters on days of leave."""
        return [
            (one.x + self.side / 2, one.y + self.side / 2 + 4.5, one.letter)
            for one in self.squares
            if one.letter
        ]

    @property
    def dots(self) -> str:
        """Days to come, as one path of points."""
        half = self.side / 2
        ahead = [self._corner(day.on) for day in self.days if day.kind == DayKind.AHEAD]
        return "".join(f"M{x + half:g} {y + half:g}h0" for x, y in ahead)

    @property
    def days_off(self) -> Sequence[tuple[float, float, str]]:
        """Single days off: a dash each, and what it is called."""
        half = self.side / 2
        named = (day for day in self.days if day.kind == DayKind.OFF and not self._is_in_week(day))
        return [
            (x + half, y + half, f"{short_day(day.on)}: {day.name}")
            for day in named
            for x, y in [self._corner(day.on)]
        ]

    def _is_in_week(self, day: CalendarDay) -> bool:
        """The whole week is off, so its name stands in it."""
        here = self._by_week[self._week(day.on)]
        return all(one.kind == DayKind.OFF and one.name == day.name for one in here)

    @property
    def today(self) -> tuple[int, int] | None:
        """Where the ring is."""
        if not any(day.on == self.chart.today for day in self.days):
            return None
        return self._corner(self.chart.today)

    def _square(self, day: CalendarDay) -> Square:
        x, y = self._corner(day.on)
        letter = "L" if day.leave * 2 >= day.scheduled > 0 and self.pitch >= 14 else ""
        says = said_of(day) if self.can_be_pointed_at else ""
        is_sum = day.kind == DayKind.SUM
        return Square(x, y, says, tuple(self._parts(day, x, y)), letter, is_sum)

    def _parts(self, day: CalendarDay, x: float, y: float) -> Iterable[Box]:
        side = self.side
        bottom = y + side
        stacked = (
            (day.valid - day.leave, "c-band4", ""),
            (day.leave, "c-band4", ""),
            (day.unclassified, "c-band3", ""),
            (day.invalid, "c-striped", "chart-stripes"),
        )
        for minutes, kind, fill in stacked:
            if not minutes:
                continue
            height = min(bottom - y, max(_LEAST, round(side * minutes / day.scheduled, 1)))
            bottom = round(bottom - height, 1)
            yield Box(x, bottom, side, height, kind, fill)
        if day.missing and bottom > y:
            height = min(bottom - y, max(_LEAST, round(side * day.missing / day.scheduled, 1)))
            yield Box(x, y, side, round(height, 1), "c-hatched", "chart-hatch")
