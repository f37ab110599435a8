"""When somebody is asked for a lesson that is not acknowledged. When in doubt, nobody is.

An alarm that is false teaches people to close their eyes to the true ones. Each rule here is a
sentence with a test of its own; none of them changes a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from narvaro.timetable import ZONE, Calendar, Week
from narvaro.web.figures.models import Reason

if TYPE_CHECKING:
    from narvaro.web.figures.registration.evidence import Evidence
from narvaro.web.figures.registration.open_lessons import OpenLesson

DAY_IS_TOLD_AT = time(18)
"""A school's day is told of when something became known after six in the evening of it."""
NOTHING_TO_ACKNOWLEDGE = frozenset({Reason.CANCELLED, Reason.OUTING, Reason.NO_TIMETABLE})


@dataclass(frozen=True, slots=True)
class SchoolNow:
    """What is known of a school today: its days, until when it is told of, when it began."""

    calendar: Calendar
    today: date
    told_until: datetime | None
    first_acknowledged_on: date | None

    @property
    def is_open(self) -> bool:
        """There is a school day in this week. In a break nobody is asked for anything."""
        return any(
            self.calendar.is_school_day(day) for day in Week.holding(self.today).period.days()
        )


def school_now(evidence: Evidence, school: str) -> SchoolNow:
    """A school as the ledger tells of it today."""
    return SchoolNow(
        evidence.calendar(school),
        evidence.today,
        evidence.told_until(school),
        evidence.onboarding(school).first_acknowledged_on,
    )


def may_be_asked_for(lesson: OpenLesson, school: SchoolNow) -> bool:
    """Whether a lesson may be asked for: every rule says yes."""
    return (
        is_over(lesson, school)
        and is_of_this_term(lesson, school)
        and is_on_a_school_day(lesson, school)
        and is_told_of(lesson.day, school)
        and has_begun(lesson, school)
    )


def is_over(lesson: OpenLesson, school: SchoolNow) -> bool:
    """The lesson's day is over: nobody is asked for a lesson of today."""
    return lesson.day < school.today


def is_of_this_term(lesson: OpenLesson, school: SchoolNow) -> bool:
    """The lesson is of the term that is; last term's gaps are left in peace."""
    return school.calendar.term(school.today).holds(lesson.day)


def is_on_a_school_day(lesson: OpenLesson, school: SchoolNow) -> bool:
    """The school was open: no break, no staff day, no weekend."""
    return school.calendar.is_school_day(lesson.day)


def is_told_of(day: date, school: SchoolNow) -> bool:
    """Something became known after the day: else the acknowledgement may be on its way."""
    told = datetime.combine(day, DAY_IS_TOLD_AT, ZONE)
    return school.told_until is not None and school.told_until >= told


def has_begun(lesson: OpenLesson, school: SchoolNow) -> bool:
    """The school had begun to register: what was before is a matter of its start, not of a teacher."""
    began = school.first_acknowledged_on
    return began is not None and began <= lesson.day


def is_explained(reason: str | None, noted_on: date | None, school: SchoolNow) -> bool:
    """What was noted speaks for the lesson, so that its teacher is not asked.

    "It is acknowledged now" speaks until the day it was noted is told of, and no longer.
    """
    if reason is None or noted_on is None:
        return False
    if reason == Reason.DONE_AT_SOURCE:
        return not is_told_of(noted_on, school)
    return True
