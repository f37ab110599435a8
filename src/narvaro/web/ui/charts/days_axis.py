"""An axis of days: where a day stands, where its months begin, which stretches are shaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from narvaro.timetable import Period
from narvaro.web.ui.charts.canvas import Box, Text
from narvaro.web.ui.charts.words import short_month


@dataclass(frozen=True, slots=True)
class Pause:
    """Days without school, and what they are called."""

    days: Period
    name: str


@dataclass(frozen=True, slots=True)
class DaysAxis:
    """Days from left to right; both ends of `period` are drawn."""

    period: Period
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day stands."""
        part = (day - self.period.from_on).days / max(1, self.period.day_count() - 1)
        return round(self.left + (self.right - self.left) * part, 1)

    @property
    def months(self) -> Sequence[tuple[float, str]]:
        """Where each month begins, and its name; every second where it is narrow."""
        every = self.period.months()
        firsts = [m.first_day for m in every if self.period.holds(m.first_day)]
        room = (self.right - self.left) / max(1, len(every))
        step = 1 if room > 36 else 2 if room > 18 else 3
        return [
            (self.x(first), short_month(first))
            for first in firsts[::step]
            if self.x(first) < self.right - 14
        ]

    def shades(
        self, pauses: Sequence[Pause], *, top: float, bottom: float
    ) -> Sequence[tuple[Box, Text | None]]:
        """The pauses as boxes, and their names where they have room."""
        inside = [(one, shared) for one in pauses if (shared := one.days.shared_with(self.period))]
        return [self._shade(one.name, days, top, bottom) for one, days in inside]

    def _shade(self, name: str, days: Period, top: float, bottom: float) -> tuple[Box, Text | None]:
        x, end = self.x(days.from_on), self.x(days.to_on)
        box = Box(x, top, round(max(2.0, end - x), 1), bottom - top)
        short = name.lower() if end - x > 6.5 * len(name) else "lov" if end - x > 18 else ""
        return box, Text(round((x + end) / 2, 1), top + 13, short, "middle") if short else None
