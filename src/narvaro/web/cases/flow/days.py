"""School days between two days, counted once for a school and looked up after that."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from statistics import median

from narvaro.timetable import Calendar, Period


class DayCounts:
    """School days of schools within a period; days outside it count as its ends."""

    def __init__(self, calendar_of: Callable[[str], Calendar], period: Period) -> None:
        self._calendar_of, self._period = calendar_of, period
        self._known: dict[str, list[date]] = {}

    def between(self, school: str, first: date, last: date) -> int:
        """School days after the first day, the last one included; 0 when it is not later."""
        days = self._days(school)
        return max(0, bisect_right(days, last) - bisect_right(days, first))

    def calendar(self, school: str) -> Calendar:
        """The school's calendar."""
        return self._calendar_of(school)

    def _days(self, school: str) -> list[date]:
        if school not in self._known:
            self._known[school] = list(self.calendar(school).school_days(self._period))
        return self._known[school]


def middle(days: Iterable[int]) -> float | None:
    """The median: half are shorter, half are longer; None of nothing."""
    found = sorted(days)
    return float(median(found)) if found else None
