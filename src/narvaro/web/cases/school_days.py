"""School days of a school, for deadlines: breaks and staff days do not count."""

from __future__ import annotations

from datetime import date, datetime

from narvaro.timetable import Calendar, Period
from narvaro.web.accounts.models import Unit
from narvaro.web.figures.facts import facts_at


def calendar_of(school: Unit, now: datetime) -> Calendar:
    """A school's calendar as known at a moment; Monday to Friday while none was delivered."""
    facts = facts_at(now)
    return Calendar() if facts is None else facts.calendar(school.key)


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
