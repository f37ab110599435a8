"""What the pages about the authority and about one pupil say, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from narvaro.reporting.content import (
    Bands,
    Certainty,
    Coverage,
    HowCounted,
    MonthStatus,
    Share,
    Verdict,
)
from narvaro.timetable import Month, Period

DayKind = Literal["lessons", "no_lessons", "break", "staff_day", "closed", "outside"]
Outcome = Literal["flagged", "not_flagged", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school on the overview. `bands` and `flagged` are None where nothing was measured."""

    key: str
    name: str
    coverage: Coverage
    verdict: Verdict
    bands: Bands | None
    flagged: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All schools of an authority at one month's end."""

    authority: str
    month: Month
    data_until: datetime
    coverage: Coverage
    status: MonthStatus
    schools: tuple[SchoolRow, ...]
    how: HowCounted


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One weekday of the school year. Minutes of ended lessons; absence in acknowledged ones.

    `outside` is before the enrolment or after it. `valid` holds `leave`.
    """

    on: date
    kind: DayKind
    name: str = ""
    scheduled: int = 0
    acknowledged: int = 0
    valid: int = 0
    invalid: int = 0
    unclassified: int = 0
    leave: int = 0


@dataclass(frozen=True, slots=True)
class RollingPoint:
    """The window that ends on a day: the share, and what it could be at least and at most.

    `share` without a denominator means too few school days, or nothing acknowledged.
    """

    on: date
    share: Share
    low: Share
    high: Share


@dataclass(frozen=True, slots=True)
class FlagMark:
    on: date
    share: Share


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson of the window with missed or unacknowledged minutes. Times are the school's own."""

    starts_at: datetime
    ends_at: datetime
    subject: str
    minutes: int
    is_acknowledged: bool
    valid: int = 0
    invalid: int = 0
    unclassified: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a pupil is flagged, is not, or cannot be judged. `how.minutes` are the pupil's own."""

    outcome: Outcome
    certainty: Certainty | None
    lessons: int
    unacknowledged_lessons: int
    coverage_floor_percent: Fraction
    corrections_since: int
    how: HowCounted


@dataclass(frozen=True, slots=True)
class PupilPage:
    """One pupil key: what happened, and what is known of it."""

    authority: str
    school: str
    school_key: str
    pupil: str
    group: str
    data_until: datetime
    today: date
    coverage: Coverage
    school_year: Period
    days: tuple[CalendarDay, ...]
    rolling: tuple[RollingPoint, ...]
    flags: tuple[FlagMark, ...]
    flags_in_year: int
    lessons: tuple[LessonRow, ...]
    explanation: Explanation
    status: MonthStatus
