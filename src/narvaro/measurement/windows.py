"""Which days a window holds, where terms and school days differ from school to school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from narvaro.ledger import Snapshot
from narvaro.ledger.standing import calendars, key_of
from narvaro.timetable import At, KnownSchoolDays, Period, SchoolDays, Window

_BY_CALENDAR = ("term", "school-days")


@dataclass(frozen=True)
class WindowPeriods:
    """The days of one window at every school; `whole` periods are not cut at the asked day."""

    snapshot: Snapshot
    window: Window
    at: At | None
    known_at: datetime
    whole: bool = True

    def distinct(self) -> list[Period]:
        """Every period the window has at some school, earliest first."""
        return sorted({self._general, *self._by_school.values()})

    def widest(self) -> Period:
        """From the first to the last day that the window has at any school."""
        every = self.distinct()
        return Period(every[0].from_on, max(period.to_on for period in every))

    def belongs(self, school: int | None, period: Period) -> bool:
        """Whether the window of this school (None: of no school) is this period."""
        return self.of(school) == period

    def of(self, school: int | None) -> Period:
        """The days of the window at a school."""
        return self._by_school.get(school or 0, self._general)

    @cached_property
    def _general(self) -> Period:
        return self._period(self._lesson_days(None) if self._needs_days else None)

    @property
    def _needs_days(self) -> bool:
        return self.window.kind == "school-days"

    @cached_property
    def _by_school(self) -> dict[int, Period]:
        if self.window.kind not in _BY_CALENDAR:
            return {}
        known = calendars(self.snapshot, self.known_at)
        found = {}
        for number, key in key_of(self.snapshot, "school").items():
            if known is not None:
                found[number] = self._period(known.of(key))
            elif number in self._schools_with_lessons:
                found[number] = self._period(self._lesson_days(number))
        return found

    def _period(self, days: SchoolDays | None) -> Period:
        period = self.window.period(self.at, days)
        if self.whole or self.at is None:
            return period
        return Period(period.from_on, min(period.to_on, self.at.day))

    @cached_property
    def _days_with_lessons(self) -> list[tuple[int, date]]:
        rows = self.snapshot.engine.query(
            "SELECT school, date FROM lesson_rows WHERE recorded_at <= $known_at "
            "GROUP BY school, date HAVING sum(lessons) > 0",
            tables=self.snapshot.tables("lesson_rows"),
            parameters={"known_at": self.known_at},
        )
        return [(row[0], row[1]) for row in rows]

    @cached_property
    def _schools_with_lessons(self) -> frozenset[int]:
        return frozenset(school for school, _ in self._days_with_lessons)

    def _lesson_days(self, school: int | None) -> SchoolDays:
        days = [day for place, day in self._days_with_lessons if school in (None, place)]
        return KnownSchoolDays(days)
