"""One pupil's absence over a window: whole minutes, and shares as pairs of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from narvaro.shares import Share, share_of, share_record

__all__ = ["SUMMED", "AbsenceRow", "Share", "share_record"]

SUMMED = (
    "lessons",
    "acknowledged_lessons",
    "scheduled_minutes",
    "acknowledged_minutes",
    "valid_minutes",
    "invalid_minutes",
    "unclassified_minutes",
    "other_minutes",
    "leave_minutes",
    "full_timetable_minutes",
)

SHARES = ("share", "low", "high", "coverage", "attended_of_full_low", "attended_of_full_high")


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Absence of one pupil over a window, at all schools or at one.

    All minutes are whole. `scheduled_minutes` and `acknowledged_minutes` count ended lessons that
    were not cancelled; the buckets count acknowledged ones only. `leave_minutes` is the part of
    `valid_minutes` that was granted leave; `full_timetable_minutes` what a full timetable would
    have scheduled, so that an adjusted timetable hides no absence from the full one.
    `from_summaries` minutes came as period summaries (`is_rounded`: not exactly); `straddled` says
    that a summary reaches over the window's edge: the minutes lack it, and no rule can be decided
    on them.
    Source of the formulas: measurement of absence, docs/explanation/how-absence-is-counted.md.
    """

    pupil: str
    school: str | None
    from_on: date
    to_on: date
    lessons: int = 0
    acknowledged_lessons: int = 0
    scheduled_minutes: int = 0
    acknowledged_minutes: int = 0
    valid_minutes: int = 0
    invalid_minutes: int = 0
    unclassified_minutes: int = 0
    other_minutes: int = 0
    leave_minutes: int = 0
    full_timetable_minutes: int = 0
    from_summaries: int = 0
    is_rounded: bool = False
    straddled: bool = False
    number: int = field(default=0, compare=False)

    @property
    def absent_minutes(self) -> int:
        """Valid, invalid and unclassified absence together: all of it counts."""
        return self.valid_minutes + self.invalid_minutes + self.unclassified_minutes

    @property
    def share(self) -> Share | None:
        """Absent of acknowledged minutes; None when nothing was acknowledged."""
        return share_of(self.absent_minutes, self.acknowledged_minutes)

    @property
    def low(self) -> Share | None:
        """The share if everybody was present in every lesson not acknowledged."""
        return share_of(self.absent_minutes, self.scheduled_minutes)

    @property
    def high(self) -> Share | None:
        """The share if the pupil was absent from every lesson not acknowledged."""
        missing = self.scheduled_minutes - self.acknowledged_minutes
        return share_of(self.absent_minutes + missing, self.scheduled_minutes)

    @property
    def coverage(self) -> Share | None:
        """Acknowledged of scheduled minutes."""
        return share_of(self.acknowledged_minutes, self.scheduled_minutes)

    @property
    def attended_of_full_low(self) -> Share | None:
        """Attended minutes of a full timetable's, as far as acknowledged: what is certain."""
        attended = self.acknowledged_minutes - self.absent_minutes
        return share_of(attended, self.full_timetable_minutes)

    @property
    def attended_of_full_high(self) -> Share | None:
        """The same, if the pupil was present in every lesson not acknowledged."""
        attended = self.scheduled_minutes - self.absent_minutes
        return share_of(attended, self.full_timetable_minutes)

    def as_record(self) -> dict[str, Any]:
        """The row as the command line's JSON contract has it (docs/reference/command-line.md)."""
        record: dict[str, Any] = {"pupil": self.pupil}
        if self.school is not None:
            record["school"] = self.school
        record |= {"from": self.from_on.isoformat(), "to": self.to_on.isoformat()}
        record |= {name: getattr(self, name) for name in SUMMED}
        record["absent_minutes"] = self.absent_minutes
        for name in SHARES:
            record[name] = share_record(getattr(self, name))
        record["from_summaries_minutes"] = self.from_summaries
        record["precision"] = "rounded" if self.is_rounded else "exact"
        record["cannot_tell"] = self.straddled
        return record
