"""School days of a school, for deadlines: breaks and staff days do not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from narvaro.timetable import Calendar, Period
from narvaro.web.accounts.models import Unit
from narvaro.web.figures.facts import facts_at

JULY = 7


@dataclass(frozen=True)
class WithoutJuly(Calendar):
    """A calendar in which July has school days only where a term says so.

    A school year starts in August and ends in June (Skolförordningen, 2011:185, 3 kap. 3 §), so
    that no last day falls in July while the terms of the autumn are not delivered.
    """

    def is_school_day(self, day: date) -> bool:
        """Whether the day counts."""
        if day.month == JULY and not self.speaks_of(day):
            return False
        return super().is_school_day(day)


def calendar_of(school: Unit, now: datetime) -> Calendar:
    """A school's calendar as known at a moment; Monday to Friday while none was delivered."""
    facts = facts_at(now)
    known = Calendar() if facts is None else facts.calendar(school.key)
    return WithoutJuly(known.terms, known.days_off)


def school_days_late(due_on: date, today: date, calendar: Calendar) -> int:
    """How many school days have passed since the last day of a deadline; 0 when none has."""
    if today <= due_on:
        return 0
    return sum(1 for _ in calendar.school_days(Period(due_on, today))) - (
        1 if calendar.is_school_day(due_on) else 0
    )


def school_days_left(due_on: date, today: date, calendar: Calendar) -> int:
    """How many school days are left after today, the last day included."""
    if due_on <= today:
        return 0
    return sum(1 for _ in calendar.school_days(Period(today, due_on))) - (
        1 if calendar.is_school_day(today) else 0
    )
