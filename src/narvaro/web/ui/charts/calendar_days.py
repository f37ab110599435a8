"""The days of a calendar: what each is, and its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from narvaro.shares import Share


class DayKind(StrEnum):
    """What a day is."""

    LESSONS = "lessons"
    NO_LESSONS = "no_lessons"
    SUM = "sum"
    OFF = "off"
    AHEAD = "ahead"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day in whole minutes. `leave` is the part of `valid` that was granted leave.

    `name` is what a day off is called, or the sum that a day is part of; `note` what
    is said of a day with lessons when it is pointed at.
    """

    on: date
    kind: DayKind
    name: str = ""
    lessons: int = 0
    scheduled: int = 0
    acknowledged: int = 0
    valid: int = 0
    leave: int = 0
    invalid: int = 0
    unclassified: int = 0
    note: str = ""

    @property
    def absent(self) -> int:
        """All of it counts."""
        return self.valid + self.invalid + self.unclassified

    @property
    def missing(self) -> int:
        """Minutes nobody acknowledged."""
        return self.scheduled - self.acknowledged

    @property
    def share(self) -> Share | None:
        """Absent of acknowledged minutes."""
        return (self.absent, self.acknowledged) if self.acknowledged else None


@dataclass(frozen=True, slots=True)
class CalendarSum:
    """Minutes of several days at once: what a source told of a period, or the whole year.

    `missing` and `share` as of a day; a `share` of None cannot be told. `lessons` and `leave`
    are None where the source does not say.
    """

    name: str
    last: date
    valid: int
    invalid: int
    unclassified: int
    missing: int
    share: Share | None
    lessons: int | None = None
    leave: int | None = None
