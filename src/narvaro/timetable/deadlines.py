"""Deadlines counted in school days, and meetings that return every so many days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from narvaro.errors import BadRequest
from narvaro.timetable.calendars import Calendar
from narvaro.timetable.periods import ONE_DAY


def school_days_after(start: date, days: int, calendar: Calendar) -> date:
    """The school day that lies `days` school days after `start`; 0 is the next one from `start`.

    Raises BadRequest when days is negative or the calendar holds no more school days.
    """
    if days < 0:
        raise BadRequest("A deadline cannot lie before the day it is counted from.")
    day = calendar.next_school_day(start) if days == 0 else start
    for _ in range(days):
        day = calendar.next_school_day(day + ONE_DAY)
    return day


class Occasion(NamedTuple):
    """A recurring meeting: the day the rhythm gives, and the school day it is held on."""

    planned_on: date
    held_on: date


def every_days(days: int, *, first: date, calendar: Calendar) -> Iterator[Occasion]:
    """Occasions every `days` days, without end, counted from the planned and not the moved date.

    Staffanstorp's evaluation "every third week" is `every_days(21, ...)`. An occasion on a day
    without school is held on the next school day. Raises BadRequest when days is below 1.
    """
    if days < 1:
        raise BadRequest("A rhythm needs at least one day between its occasions.")
    for number in count():
        planned = first + timedelta(days=days * number)
        yield Occasion(planned, calendar.next_school_day(planned))
