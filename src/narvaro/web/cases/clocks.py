"""When a step is due, and who sees that it is late: the routine's words on the school's calendar."""

from __future__ import annotations

from datetime import date

from narvaro.errors import BadRequest
from narvaro.programmes import OWNER, Programme, Step, silent_to
from narvaro.programmes import due_on as due_by_the_routine
from narvaro.timetable import Calendar


def due_on(
    step: Step, began_on: date, calendar: Calendar, *, next_meeting: date | None = None
) -> date | None:
    """The last day of a step that began on a day; None when nothing can say it yet.

    Days that are no school days are passed over, at Christmas and in summer as well. A calendar
    that ends too early gives None: the page says that the clock waits for it.
    """
    try:
        return due_by_the_routine(step, began_on, calendar, next_meeting=next_meeting)
    except BadRequest:
        return None


def seen_by(programme: Programme, due: date | None, today: date, calendar: Calendar) -> str | None:
    """The highest role that sees a step's silence on a day: nobody's silence is seen by nobody.

    None while it is in time. Where the calendar ends the owner still sees it.
    """
    if due is None or today <= due:
        return None
    try:
        return silent_to(programme, due, today, calendar)
    except BadRequest:
        return OWNER
