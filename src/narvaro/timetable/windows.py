"""The windows a measure can be asked over, by their names on the command line and in programmes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from narvaro.errors import BadRequest
from narvaro.timetable.calendars import Calendar, KnownSchoolDays, SchoolDays
from narvaro.timetable.moments import At, read_day
from narvaro.timetable.periods import Month, Period, Week
from narvaro.timetable.school_years import SchoolYear

Kind = Literal["rolling-months", "month", "term", "school-year", "school-days", "week", "dates"]
NAMED = ("month", "term", "school-year", "week")
COUNTED = {"rolling-months": 60, "school-days": 400}
"""Windows with a count, and the highest count allowed."""

ALLOWED = (
    "Windows are rolling-months:3 (1 to 60), month, term, school-year, school-days:20 (1 to 400), "
    "week, or two dates as 2017-09-01..2017-11-30."
)


@dataclass(frozen=True, slots=True)
class Window:
    """A window by its name; `period` says which days it holds when asked at a day.

    `count` is the number of months or school days; `dates` is set for FROM..TO alone.
    """

    kind: Kind
    count: int = 0
    dates: Period | None = None

    @property
    def text(self) -> str:
        """The window as it is written: `rolling-months:3`, `term`, `2017-09-01..2017-11-30`."""
        if self.dates:
            return str(self.dates)
        return f"{self.kind}:{self.count}" if self.count else self.kind

    def __str__(self) -> str:
        return self.text

    @property
    def has_own_dates(self) -> bool:
        """FROM..TO needs no day to be asked at."""
        return self.dates is not None

    def period(
        self, at: At | date | None = None, calendar: SchoolDays | Iterable[date] | None = None
    ) -> Period:
        """The days of the window when asked at a day (both ends included).

        `month`, `week`, `term` and `school-year` are the whole calendar period that holds the day;
        `rolling-months:N` is N whole calendar months ending with the day's own; `school-days:N`
        runs from the Nth last school day to the last one, up to and including the day. `calendar`
        (a Calendar, or the list of school days) is needed by `school-days`, and gives `term` its
        dates. Raises BadRequest.
        """
        if self.dates:
            return self.dates
        if at is None:
            raise BadRequest(
                f"The window {self.text} needs a day.",
                remedy="Add --at 2017-12 (a month's last day) or --at 2017-12-15.",
            )
        day = at.day if isinstance(at, At) else at
        return self._holding(day, calendar)

    def _holding(self, day: date, calendar: SchoolDays | Iterable[date] | None) -> Period:
        match self.kind:
            case "month":
                return Month.holding(day).period
            case "week":
                return Week.holding(day).period
            case "school-year":
                return SchoolYear.holding(day).period
            case "term":
                return (_school_days(calendar) or Calendar()).term(day)
            case "rolling-months":
                first = Month.holding(day).plus(1 - self.count)
                return Period(first.first_day, Month.holding(day).last_day)
            case _:
                return self._last_school_days(day, _school_days(calendar))

    def _last_school_days(self, day: date, calendar: SchoolDays | None) -> Period:
        found = calendar.last_school_days(self.count, until=day) if calendar else []
        if not found:
            raise BadRequest(
                f"No school day is known up to {day}, so the window {self.text} holds none.",
                remedy="Deliver the calendar table, or ask for a window of months.",
            )
        return Period(found[0], found[-1])


def _school_days(calendar: SchoolDays | Iterable[date] | None) -> SchoolDays | None:
    return KnownSchoolDays(calendar) if isinstance(calendar, Iterable) else calendar


def parse_window(text: str) -> Window:
    """A window from its text. Raises BadRequest that names the windows there are."""
    if text in NAMED:
        return Window(_kind(text))
    name, _, count = text.partition(":")
    if name in COUNTED and re.fullmatch(r"[1-9]\d{0,2}", count, re.ASCII):
        if int(count) <= COUNTED[name]:
            return Window(_kind(name), int(count))
        raise BadRequest(f"{name} goes to {COUNTED[name]}.", remedy=ALLOWED)
    first, dots, last = text.partition("..")
    if dots:
        return Window("dates", dates=_dates(read_day(first), read_day(last)))
    raise BadRequest("That is not a window.", remedy=ALLOWED)


def _kind(text: str) -> Kind:
    return next(kind for kind in get_args(Kind) if kind == text)


def _dates(first: date | None, last: date | None) -> Period:
    if first is None or last is None:
        raise BadRequest("Those are not two dates.", remedy=ALLOWED)
    return Period(first, last)
