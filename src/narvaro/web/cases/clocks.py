"""When a step is due, from the routine's words and the school's calendar."""

from __future__ import annotations

from datetime import date, timedelta

from narvaro.errors import BadRequest
from narvaro.programmes import Step
from narvaro.timetable import Calendar, school_days_after

PROMPTLY = 10
"""School days after which something the law wants done promptly is shown as late: ours, no source."""


def due_on(step: Step, began_on: date, calendar: Calendar) -> date | None:
    """The last day of a step that began on a day; None when only a meeting or a plan can say.

    Days that are no school days are passed over, at Christmas and in summer as well. A calendar
    that ends too early gives None: the page says that the clock waits for it.
    """
    if step.deadline is None:
        return None
    word, count = step.deadline.kind, step.deadline.number
    if word in ("same-day", "at-once", "at-the-run"):
        return began_on
    if word == "days":
        return began_on + timedelta(days=count)
    if word == "school-days":
        return _after(began_on, count, calendar)
    if word == "promptly":
        return _after(began_on, PROMPTLY, calendar)
    return None


def _after(began_on: date, days: int, calendar: Calendar) -> date | None:
    try:
        return school_days_after(began_on, days, calendar)
    except BadRequest:
        return None
