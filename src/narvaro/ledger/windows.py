"""Which days a window holds, where terms and school days differ from school to school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from narvaro.ledger.snapshot import Snapshot
from narvaro.ledger.standing import calendars, key_of
from narvaro.timetable import At, Calendar, Period, SchoolDays, Window

_BY_CALENDAR = ("term", "school-days")


@dataclass(frozen=True)
class WindowPeriods:
    """The days of one window at every school; periods that are not `whole` are cut at the asked day.

    One that begins after the asked day is then that day alone.
    Terms and school days are those of the school's calendar; where none was ever delivered, every
    Monday to Friday is a school day and a half-year is a term.
    """

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

    @property
    def differ(self) -> bool:
        """Whether the window may be other days at one school than at another."""
        return bool(self._by_school)

    def belongs(self, school: int | None, period: Period) -> bool:
        """Whether the window of this school (None: of no school) is this period."""
        return self.of(school) == period

    def of(self, school: int | None) -> Period:
        """The days of the window at a school."""
        return self._by_school.get(school or 0, self._general)

    @cached_property
    def _general(self) -> Period:
        return self._period(Calendar())

    @cached_property
    def _by_school(self) -> dict[int, Period]:
        if self.window.kind not in _BY_CALENDAR:
            return {}
        known = calendars(self.snapshot, self.known_at)
        if known is None:
            return {}
        schools = key_of(self.snapshot, "school")
        return {number: self._period(known.of(key)) for number, key in schools.items()}

    def _period(self, days: SchoolDays) -> Period:
        period = self.window.period(self.at, days)
        if self.whole or self.at is None:
            return period
        return Period(min(period.from_on, self.at.day), min(period.to_on, self.at.day))
